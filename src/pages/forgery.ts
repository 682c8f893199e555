import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { overTls, type PageContext, type PageEnv } from "./page.ts";
import { problemPage } from "./problem.tsx";

const COOKIE = "form";

/**
 * Has this browser remember the form it was given, for those that do not say where a form comes from: another site can
 * make such a browser send a form, but neither read nor set which one it was given.
 */
export function rememberForm(c: PageContext, formId: string): void {
  if (c.req.header("sec-fetch-site") === undefined) setCookie(c, COOKIE, formId, { path: "/", httpOnly: true, sameSite: "Lax", secure: overTls(c) });
}

/** Whether a posted form came from our own pages: as the browser says, by each header it sends, or else by the form itself. */
function isOurs(c: PageContext): boolean {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  if (site === undefined && origin === undefined) return c.var.form.has("formId") && c.var.form.get("formId") === getCookie(c, COOKIE);
  return (site ?? "same-origin") === "same-origin" && (origin ?? ourOrigin(c)) === ourOrigin(c);
}

const ourOrigin = (c: PageContext): string => new URL(c.req.url).origin;

/** Refuses a form that another site's page sent. Stands after the form is read and before anybody handles it. */
export const ownFormsOnly: MiddlewareHandler<PageEnv> = async (c, next) =>
  c.req.method !== "POST" || isOurs(c) ? next() : problemPage(c, "foreign");
