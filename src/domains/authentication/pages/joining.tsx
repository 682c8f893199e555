import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { isUuid } from "../../../kernel/ids.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import type { SignUpRefusal } from "../sign-in/rpc.ts";
import { letIn } from "./entering.tsx";
import { readPassword, readSignUp, type SignUpFields, typedCode } from "./form.ts";
import { type Answer, type EntrancePortal, explain, lacks, statusOf } from "./portal.ts";
import { SignUpCodePage, SignUpPage, TakenPage } from "./sign-up.tsx";

/** The steps to an account. */
export function signUpSteps({ entrance, newId }: EntrancePortal) {
  const show = (c: PageContext, form: SignUpFields, problems: FieldProblem[] = [], status: Status = 200) =>
    page(c, <SignUpPage locale={c.var.locale} form={form} problems={problems} />, status);
  const showCode = (c: PageContext, form: SignUpFields, problems: FieldProblem[] = [], status: Status = 200, again = false) =>
    page(c, <SignUpCodePage locale={c.var.locale} form={form} problems={problems} again={again} />, status);

  /** A handler of a step in the middle: without a form id the beginning is missing, and the page says so. */
  const step = (handle: (c: PageContext, form: SignUpFields) => Answer) => (c: PageContext): Answer => {
    const form = readSignUp(c.var.form);
    if (!isUuid(form.formId)) return problemPage(c, "start-again");
    return form.phone === "" ? show(c, form, lacks(c, "phone", "error.phone-missing"), 400) : handle(c, form);
  };

  function refused(c: PageContext, form: SignUpFields, refusal: SignUpRefusal): Answer {
    if (refusal.refusal === "has-account") return page(c, <TakenPage locale={c.var.locale} />, 409);
    if (refusal.field === null) return problemPage(c, "form-reused");
    const shown = refusal.field === "code" || refusal.field === "password" ? showCode : show;
    return shown(c, form, [explain(c.var.locale, refusal)], statusOf(refusal));
  }

  return {
    details: (c: PageContext) => {
      const form = readSignUp(c.var.form);
      return show(c, isUuid(form.formId) ? form : { ...form, formId: newId() });
    },

    code: step(async (c, form) => {
      if (onlySwitches(c)) return form.sentTo === "" ? show(c, form) : showCode(c, form);
      const again = c.var.form.has("again");
      const { formId, phone, name, dateOfBirth } = form;
      const sent = await entrance.sendCode({ visitor: visitorOf(c), locale: c.var.locale, formId, phone, name, dateOfBirth, again });
      return sent.ok ? showCode(c, { ...form, sentTo: sent.phone, code: "" }, [], 200, again) : refused(c, form, sent);
    }),

    confirm: step(async (c, form) => {
      if (onlySwitches(c)) return showCode(c, form);
      const [code, password] = [typedCode(form), readPassword(c.var.form)];
      if (code === "") return showCode(c, form, lacks(c, "code", "error.code-missing"), 400);
      if (password === "") return showCode(c, form, lacks(c, "password", "error.password-missing"), 400);
      const { formId, phone, name, dateOfBirth } = form;
      const done = await entrance.signUp({ visitor: visitorOf(c), locale: c.var.locale, formId, phone, name, dateOfBirth, code, password });
      return done.ok ? letIn(c, done.entered) : refused(c, form, done);
    }),
  };
}
