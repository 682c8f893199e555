import type { Context } from "hono";
import { html } from "hono/html";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Locale } from "../i18n/locales.ts";

/**
 * What the shell has found out about a request before a page is made: its language, and its form (empty on a GET). A page
 * whose form's answer leads to another origin says to which.
 */
export interface PageEnv {
  Variables: { locale: Locale; form: URLSearchParams; leadsTo?: string };
}

export type PageContext = Context<PageEnv>;

/** A whole page as an answer. */
export const page = (c: PageContext, content: JSX.Element, status: ContentfulStatusCode = 200): Response | Promise<Response> =>
  c.html(html`<!doctype html>${content}`, status);

/** The form came from the language switch: its step is shown again and nothing is done. */
export const onlySwitches = (c: PageContext): boolean => c.var.form.has("lang");

/** Whether cookies can be kept from plain HTTP; on a laptop they cannot. */
export const overTls = (c: PageContext): boolean => new URL(c.req.url).protocol === "https:";
