import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import {
  type Answer, asking, begin, type CodeFields, explain, lacks, type PasswordsPortal, readFields, statusOf, step, typedPassword, type Worded,
} from "./password-portal.ts";
import { ActivationDuePage, ResetCodePage, ResetDonePage, ResetPage, ResetPasswordPage } from "./reset-steps.tsx";

/** A new password for whoever proves the phone of their account. */
export function resetPages(portal: PasswordsPortal) {
  const { passwords } = portal;

  const showPhone = (c: PageContext, form: CodeFields, problems: FieldProblem[] = [], status: Status = 200) =>
    page(c, <ResetPage locale={c.var.locale} form={form} problems={problems} />, status);
  const showCode = (c: PageContext, form: CodeFields, problems: FieldProblem[] = [], status: Status = 200) =>
    page(c, <ResetCodePage locale={c.var.locale} form={form} problems={problems} />, status);
  const showPassword = (c: PageContext, link: string, problems: FieldProblem[] = [], status: Status = 200) =>
    page(c, <ResetPasswordPage locale={c.var.locale} link={link} problems={problems} />, status);

  function refused(c: PageContext, form: CodeFields, refusal: Worded | { refusal: "form-reused" } | { refusal: "activation-due" }): Answer {
    if (refusal.refusal === "form-reused") return problemPage(c, "form-reused");
    if (refusal.refusal === "activation-due") return page(c, <ActivationDuePage locale={c.var.locale} />, 403);
    return (refusal.field === "code" ? showCode : showPhone)(c, form, explain(c.var.locale, refusal), statusOf(refusal));
  }

  return {
    start: (c: PageContext) => showPhone(c, begin(c, portal)),

    code: step(async (c, form) => {
      if (onlySwitches(c)) return form.sentTo === "" ? showPhone(c, form) : showCode(c, form);
      const { formId, phone } = form;
      if (phone === "") return showPhone(c, form, lacks(c, "phone"), 400);
      const sent = await passwords.startReset({ ...asking(c), formId, phone, again: c.var.form.has("again") });
      return sent.ok ? showCode(c, { ...form, sentTo: sent.phone, code: "" }) : refused(c, form, sent);
    }),

    enter: step(async (c, form) => {
      const { formId, phone, code } = form;
      if (onlySwitches(c)) return showCode(c, form);
      if (phone === "") return showPhone(c, form, lacks(c, "phone"), 400);
      if (code === "") return showCode(c, form, lacks(c, "code"), 400);
      const proven = await passwords.finishReset({ ...asking(c), formId, phone, code });
      return proven.ok ? showPassword(c, proven.link) : refused(c, form, proven);
    }),

    set: async (c: PageContext) => {
      const { link } = readFields(c.var.form);
      const password = typedPassword(c);
      if (onlySwitches(c)) return showPassword(c, link);
      if (password === "") return showPassword(c, link, lacks(c, "password"), 400);
      const done = await passwords.setPassword({ ...asking(c), link, password });
      if (done.ok) return c.redirect("/reset/done", 303);
      if (done.refusal === "form-reused") return problemPage(c, "form-reused");
      if (done.refusal !== "link-over") return showPassword(c, link, explain(c.var.locale, done), statusOf(done));
      return showPhone(c, begin(c, portal), [{ field: null, message: text(c.var.locale, "error.reset-over") }], 409);
    },

    done: (c: PageContext) => page(c, <ResetDonePage locale={c.var.locale} />),
  };
}
