import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { toLatinDigits } from "../../../pages/digits.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import type { PageContext } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import type { SessionRefusal } from "../sessions/model.ts";
import type { PasswordsRefusal, PasswordsRpc } from "../passwords/rpc.ts";

/** What the pages of passwords, and of the phone they go with, need from outside. */
export interface PasswordsPortal {
  passwords: PasswordsRpc;
  /** A fresh UUID: a code is right for the form it was asked for by. */
  newId: () => string;
}

export type Answer = Response | Promise<Response>;

const FIELDS = ["formId", "phone", "sentTo", "code", "link"] as const;

/** A form as it travels from step to step inside the pages: what was typed, unchecked. A password never travels. */
export type CodeFields = Record<(typeof FIELDS)[number], string>;

/** A page's form and what is wrong with it. */
export interface Shown {
  locale: Locale;
  form: CodeFields;
  problems: readonly FieldProblem[];
}

export function readFields(fields: URLSearchParams): CodeFields {
  const typed = (name: string): string => (fields.get(name) ?? "").trim();
  const form = Object.fromEntries(FIELDS.map((name) => [name, typed(name)])) as CodeFields;
  const digits = { phone: toLatinDigits(form.phone), code: toLatinDigits(form.code).replaceAll(/[\s-]/g, "") };
  return { ...form, ...digits, link: form.link.replaceAll(/\s/g, "") };
}

/** As typed: a space is a character of it. */
export const typedPassword = (c: PageContext, field: "password" | "current" = "password"): string => c.var.form.get(field) ?? "";

/** Who asks, and in which language. */
export const asking = (c: PageContext) => ({ visitor: visitorOf(c), locale: c.var.locale });

/** The form as posted, or a fresh one: for the steps one can begin with. */
export function begin(c: PageContext, { newId }: PasswordsPortal): CodeFields {
  const form = readFields(c.var.form);
  return isUuid(form.formId) ? form : { ...form, formId: newId() };
}

/** A handler of a step in the middle: without a form id the beginning is missing, and the page says so. */
export const step = (handle: (c: PageContext, form: CodeFields) => Answer) => (c: PageContext): Answer => {
  const form = readFields(c.var.form);
  return isUuid(form.formId) ? handle(c, form) : problemPage(c, "start-again");
};

/** What the pages themselves find missing before they ask origin. */
export const lacks = (c: PageContext, field: "phone" | "code" | "password" | "current"): FieldProblem[] =>
  [{ field, message: text(c.var.locale, `error.${field === "current" ? "password" : field}-missing`) }];

/** What leads to another page and has no words on this one. */
type Leading = SessionRefusal["refusal"] | "form-reused" | "activation-due";

export type Worded = Exclude<PasswordsRefusal, { refusal: Leading }>;

/** What is wrong in words, and where it stands. */
export const explain = (locale: Locale, refusal: Worded): FieldProblem[] => [{ field: refusal.field, message: wording(locale, refusal) }];

function wording(locale: Locale, refusal: Worded): string {
  const t = translator(locale);
  if (refusal.refusal === "code-wrong") return t("error.code-wrong", { triesLeft: refusal.triesLeft });
  return "minutes" in refusal ? t(`error.${refusal.refusal}`, { minutes: refusal.minutes }) : t(`error.${refusal.refusal}`);
}

/** The status a page with this refusal has. */
export function statusOf({ refusal }: Worded): Status {
  if (refusal === "too-many-codes" || refusal === "password-locked") return 429;
  if (refusal === "sms-failed") return 503;
  return refusal === "changed-meanwhile" ? 409 : 422;
}
