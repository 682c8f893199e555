import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isUuid } from "../kernel/ids.ts";
import { overTls, type PageContext, type PageEnv } from "./page.ts";
import { problemPage } from "./problem.tsx";

/** The name of the token's cookie, and of the field it stands in. */
const TOKEN = "token";

const POSTING = /<form [^>]*method="post"[^>]*>/g;

/**
 * Refuses a form that another site's page sent, before anybody handles it. A browser says where a form comes from; one that
 * does not gets a token, in a cookie and in each form: another site can make it send a form, but neither read nor set what
 * its cookie holds. Stands after the form was read.
 */
export const ownForms = (newToken: () => string): MiddlewareHandler<PageEnv> => async (c, next) => {
  if (c.req.method === "POST" && !isOurs(c)) return problemPage(c, "foreign");
  c.var.form.delete(TOKEN);
  await next();
  if (c.req.header("sec-fetch-site") === undefined) await giveToken(c, newToken);
};

/** Each header the browser sends must say that the form is ours; where it sends none, the form itself. */
function isOurs(c: PageContext): boolean {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  if (site === undefined && origin === undefined) return c.var.form.get(TOKEN) === heldToken(c);
  const ourOrigin = new URL(c.req.url).origin;
  return (site ?? "same-origin") === "same-origin" && (origin ?? ourOrigin) === ourOrigin;
}

const heldToken = (c: PageContext): string | undefined => {
  const held = getCookie(c, TOKEN);
  return held !== undefined && isUuid(held) ? held : undefined;
};

/** Puts the token into each form of the page that was made; what people typed stands there escaped and opens no form. */
async function giveToken(c: PageContext, newToken: () => string): Promise<void> {
  const html = c.res.headers.get("content-type")?.startsWith("text/html") ? await c.res.text() : "";
  if (html === "") return;
  const token = heldToken(c) ?? newToken();
  const filled = html.replaceAll(POSTING, (form) => `${form}<input type="hidden" name="${TOKEN}" value="${token}">`);
  c.res = new Response(filled, c.res);
  if (filled !== html) setCookie(c, TOKEN, token, { path: "/", httpOnly: true, sameSite: "Lax", secure: overTls(c) });
}
