import type { Context } from "hono";
import { html } from "hono/html";
import { jsx } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Locale } from "../i18n/locales.ts";
import { HoldsSession } from "./layout.tsx";

/**
 * What the shell has found out about a request before a page is made: its language, its form (empty on a GET), the file that came
 * along, and whether it brings a session. A page that has scripts says which, as a policy names them; one whose form leads to another origin
 * says to which.
 */
export interface PageEnv {
  Variables: { locale: Locale; requestId: string; form: URLSearchParams; holdsSession: boolean; file?: File; scripts?: string; leadsTo?: string };
}

export type PageContext = Context<PageEnv>;

/** A whole page as an answer. */
export const page = (c: PageContext, content: JSX.Element, status: ContentfulStatusCode = 200): Response | Promise<Response> =>
  c.html(html`<!doctype html>${jsx(HoldsSession.Provider, { value: c.var.holdsSession }, content)}`, status);

/** The form came from the language switch: its step is shown again and nothing is done. */
export const onlySwitches = (c: PageContext): boolean => c.var.form.has("lang");

/** What a field of the form holds, as typed; empty where there is none. */
export const typed = (c: PageContext, name: string): string => c.var.form.get(name) ?? "";

/** Whether cookies can be kept from plain HTTP; on a laptop they cannot. */
export const overTls = (c: PageContext): boolean => new URL(c.req.url).protocol === "https:";
