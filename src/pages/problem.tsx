import { type MessageKey, translator } from "../i18n/index.ts";
import type { Locale } from "../i18n/locales.ts";
import { Carried, StepForm } from "./fields.tsx";
import { Layout } from "./layout.tsx";
import { type PageContext, page } from "./page.ts";

/** Each way a request can fail to reach its step: what the page says, and with which status. */
const PROBLEMS = {
  "start-again": { status: 400, heading: "problem.start-again", text: "problem.start-again-text" },
  "form-reused": { status: 409, heading: "problem.start-again", text: "error.form-reused" },
  "foreign": { status: 403, heading: "problem.foreign", text: "problem.foreign-text" },
  "not-found": { status: 404, heading: "problem.not-found", text: "problem.not-found-text" },
  "method": { status: 405, heading: "problem.start-again", text: "problem.start-again-text" },
  "too-many-calls": { status: 429, heading: "problem.too-many-calls", text: "problem.too-many-calls-text" },
  "too-large": { status: 413, heading: "problem.too-large", text: "problem.start-again-text" },
  "unreadable": { status: 415, heading: "problem.unreadable", text: "problem.start-again-text" },
} as const satisfies Record<string, { status: number; heading: MessageKey; text: MessageKey }>;

export type PageProblem = keyof typeof PROBLEMS;

/** A page that says what is the matter and where to begin anew. */
export function problemPage(c: PageContext, problem: PageProblem): Response | Promise<Response> {
  const { status, heading, text } = PROBLEMS[problem];
  const { locale } = c.var;
  const t = translator(locale);
  return page(
    c,
    <Layout locale={locale} tab="tab.problem" languages={{ address: "/" }}>
      <h1>{t(heading)}</h1>
      <p class="lead">{t(text)}</p>
      <div class="actions pair">
        {status !== 404 && <a class="button" href={beginning(c)}>{t("action.start-again")}</a>}
        <a class={status === 404 ? "button" : "button quiet"} href="/">{t("nav.home")}</a>
      </div>
    </Layout>,
    status,
  );
}

/** A flow's steps stand below the address it begins at. */
const beginning = (c: PageContext): string => `/${c.req.path.split("/", 2)[1]}`;

/**
 * The page when what stands behind the portal does not answer: it holds the same form, to be sent again under the same
 * form id, so that nothing is lost and nothing is done twice. A password is not shown in a page again: it is asked for anew.
 */
export function unavailablePage(c: PageContext): Response | Promise<Response> {
  const { locale, form } = c.var;
  const posted = c.req.method === "POST";
  const address = `${c.req.path}${new URL(c.req.url).search}`;
  const content = posted
    ? <Resend locale={locale} action={address} fields={Object.fromEntries(form)} />
    : <a class="button" href={address}>{translator(locale)("action.try-again")}</a>;
  return page(
    c,
    <Layout locale={locale} tab="tab.problem" languages={posted ? { repost: c.req.path } : { address: c.req.path }}>
      <h1>{translator(locale)("problem.unavailable")}</h1>
      <p class="lead">{translator(locale)("problem.unavailable-text")}</p>
      {content}
    </Layout>,
    503,
  );
}

/** A password is typed again: no page of ours holds one. */
function Resend({ locale, action, fields }: { locale: Locale; action: string; fields: Record<string, string> }) {
  return (
    <StepForm action={action}>
      <Carried values={{ ...fields, lang: "", password: "", current: "" }} />
      <button class="button">{translator(locale)("action.try-again")}</button>
    </StepForm>
  );
}
