import type { ErrorHandler, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { setCookie } from "hono/cookie";
import { languageDetector } from "hono/language";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { EVIDENCE_MAX_BYTES } from "../domains/exclusions/cases/model.ts";
import { isLocale, LOCALES, type Locale } from "../i18n/locales.ts";
import type { Clock } from "../kernel/clock.ts";
import { logLine } from "../kernel/log-line.ts";
import { overTls, type PageContext, type PageEnv } from "./page.ts";
import { problemPage, unavailablePage } from "./problem.tsx";
import { heldSession } from "./session.ts";
import { SECURE } from "./secure.ts";
import { STYLE_HASH } from "./style.ts";

/** A statement of 2,000 Arabic letters as browsers send it, and little enough that a page that repeats it stays small. */
const FORM_BYTES = 16_384;

/** Where a file can come along, and what the largest one takes with its form around it. */
const UPLOADS = /^\/(?:my|staff)\/cases\/[A-Za-z0-9-]+\/evidence$/;
const UPLOAD_BYTES = EVIDENCE_MAX_BYTES + FORM_BYTES;

const LANGUAGE_COOKIE = "lang";
const POLICY = "Content-Security-Policy";

const YEAR_IN_SECONDS = 31_536_000;

/** One line per request, with the route's pattern and never what stood in it. By the id it is given here the audit names the request too. */
export const requestLog = (service: string, clock: Clock, newId: () => string, log: (line: string) => void): MiddlewareHandler<PageEnv> =>
  async (c, next) => {
    const startedAt = clock();
    c.set("requestId", newId());
    await next();
    const { status } = c.res;
    const facts = { service, requestId: c.var.requestId, method: c.req.method, route: routePath(c, -1), status, startedAt };
    const error = status >= 500 && c.error ? { error: described(c.error) } : {};
    log(logLine({ ...facts, durationMs: clock() - startedAt, ...error }));
  };

const described = ({ name, message, stack }: Error) => ({ type: name, message, ...(stack && { stack }) });

const OURSELVES = "'self'";

/** Browsers hold a form to its page's policy through every redirect of the answer, so the origin it leads on to is named. */
const leadingOn: MiddlewareHandler<PageEnv> = async (c, next) => {
  await next();
  const [policy, directive] = [c.res.headers.get("content-security-policy"), `form-action ${OURSELVES}`];
  if (c.var.leadsTo && policy) c.header("content-security-policy", policy.replace(directive, `${directive} ${c.var.leadsTo}`));
};

/**
 * No script but of a page that says it has one, nothing from elsewhere, no copy kept. The referrer policy is not `no-referrer`: that would make browsers
 * send `Origin: null` with our own forms, and they would be refused as foreign.
 */
export const headers: MiddlewareHandler<PageEnv>[] = [
  async (c, next) => {
    await next();
    if (c.var.scripts) c.header(POLICY, `${c.res.headers.get(POLICY)}; script-src ${c.var.scripts}`);
  },
  leadingOn,
  secureHeaders({
    ...SECURE,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [STYLE_HASH],
      imgSrc: ["data:"],
      formAction: [OURSELVES],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "same-origin",
  }),
  async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
  },
];

/** Whether the browser holds a session, so that the page leads to the account; whether it stands is asked there. */
export const session: MiddlewareHandler<PageEnv> = async (c, next) => {
  c.set("holdsSession", heldSession(c) !== null);
  await next();
};

const detect = languageDetector({
  supportedLanguages: Object.keys(LOCALES),
  fallbackLanguage: "en",
  lookupCookie: LANGUAGE_COOKIE,
  caches: false,
});

/** The language: as asked for in the address, else as remembered, else as the browser prefers, else English. */
export const language: MiddlewareHandler<PageEnv>[] = [
  detect,
  async (c, next) => {
    c.set("form", new URLSearchParams());
    c.set("locale", (c as unknown as { var: { language: Locale } }).var.language);
    remember(c, c.req.query("lang"));
    await next();
  },
];

function remember(c: PageContext, chosen: unknown): void {
  if (!isLocale(chosen)) return;
  c.set("locale", chosen);
  setCookie(c, LANGUAGE_COOKIE, chosen, { maxAge: YEAR_IN_SECONDS, sameSite: "Lax", httpOnly: true, secure: overTls(c) });
}

const tooLarge = (c: PageContext) => problemPage(c, "too-large");
const ofForm = bodyLimit({ maxSize: FORM_BYTES, onError: tooLarge as never });
const ofUpload = bodyLimit({ maxSize: UPLOAD_BYTES, onError: tooLarge as never });

/** Reads a posted form once, for whoever handles it; anything else than one of our forms gets a page that says so. */
export const forms: MiddlewareHandler<PageEnv>[] = [
  (c, next) => (UPLOADS.test(c.req.path) ? ofUpload : ofForm)(c, next),
  async (c, next) => {
    if (c.req.method !== "POST") return next();
    const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
    if (type === "application/x-www-form-urlencoded") c.set("form", new URLSearchParams(await c.req.text()));
    else if (type !== "multipart/form-data" || !UPLOADS.test(c.req.path) || !(await readUpload(c))) return problemPage(c, "unreadable");
    remember(c, c.var.form.get("lang"));
    await next();
  },
];

/** The fields as any form has them, and its one file beside; false when the body is not what it says it is. */
async function readUpload(c: PageContext): Promise<boolean> {
  const body = await c.req.formData().catch(() => null);
  const sent = [...(body?.entries() ?? [])];
  c.set("form", new URLSearchParams(sent.filter((one): one is [string, string] => typeof one[1] === "string")));
  const file = sent.map(([, value]) => value).find((value) => typeof value !== "string");
  if (file) c.set("file", file);
  return body !== null;
}

/** Whatever breaks keeps the form for another try. */
export const fault: ErrorHandler<PageEnv> = (_, c) => unavailablePage(c);
