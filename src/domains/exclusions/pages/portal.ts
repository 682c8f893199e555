import { text } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import type { GrantSource } from "../../../pages/grant.ts";
import type { PageContext } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import type { CitizenRpc, TypedDocument } from "../citizen-rpc.ts";
import { type CitizenForm, readForm } from "./form.ts";
import type { HelpLine } from "./help.tsx";

/** What the citizen's pages need from outside. */
export interface CitizenPortal extends GrantSource {
  citizens: CitizenRpc;
  clock: Clock;
  /** A fresh UUID: each request gets one for the log, and each form, so that it is carried out once however often it is sent. */
  newId: () => string;
  helpLines: readonly HelpLine[];
}

type LackKey = `error.${"policy-missing" | "policy-unknown" | "phone-missing" | "code-missing" | "document-invalid" | "document-missing" | "name-missing" | "birth-missing"}`;

export type Answer = Response | Promise<Response>;

/** A form and what is wrong with it, on their way into a page. */
export interface Shown {
  locale: Locale;
  form: CitizenForm;
  problems: readonly FieldProblem[];
}

export const shown = (c: PageContext, form: CitizenForm, problems: readonly FieldProblem[]): Shown =>
  ({ locale: c.var.locale, form, problems });

/** What the portal itself finds wrong before it asks origin. */
export const lacks = (c: PageContext, field: keyof CitizenForm, key: LackKey): FieldProblem[] =>
  [{ field, message: text(c.var.locale, key) }];

export const lacksPolicy = (c: PageContext, { policy }: CitizenForm): FieldProblem[] =>
  lacks(c, "policy", policy === "" ? "error.policy-missing" : "error.policy-unknown");

/** A handler of a step in the middle: without a form id the beginning is missing, and the page says so. */
export const step = (handle: (c: PageContext, form: CitizenForm) => Answer) => (c: PageContext): Answer => {
  const form = readForm(c.var.form);
  return isUuid(form.formId) ? handle(c, form) : problemPage(c, "start-again");
};

/** The form as posted, or a fresh one: for the steps one can begin with. */
export function begin(c: PageContext, { newId }: CitizenPortal): CitizenForm {
  const form = readForm(c.var.form);
  return isUuid(form.formId) ? form : { ...form, formId: newId() };
}

/** A fresh form that leads on to one of one's own pages. */
export const leadingTo = ({ newId }: CitizenPortal, wanted: string): CitizenForm => ({ ...readForm(new URLSearchParams()), formId: newId(), wanted });

/** Asks origin to send a code to the phone of a form; another one only where that was pressed. */
export const sendCode = (c: PageContext, { citizens }: CitizenPortal, { formId, phone }: CitizenForm, document: TypedDocument | null) =>
  citizens.sendCode({ formId, phone, document, locale: c.var.locale, address: addressOf(c), again: c.var.form.has("again") });

/** The caller's address, for send limits only. Without one, such callers share a limit. */
const addressOf = (c: PageContext): string => c.req.header("cf-connecting-ip") ?? "unknown";
