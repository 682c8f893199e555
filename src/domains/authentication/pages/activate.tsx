import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { ActivateCodePage, ActivatedPage, ActivatePage } from "./activate-steps.tsx";
import {
  type Answer, asking, begin, type CodeFields, explain, lacks, type PasswordsPortal, statusOf, step, typedPassword, type Worded,
} from "./password-portal.ts";

/** A first password, or a way back, for whoever was given an activation. They type it: it stands in no address, and so in no log. */
export function activatePages(portal: PasswordsPortal) {
  const { passwords } = portal;

  const showStart = (c: PageContext, form: CodeFields, problems: FieldProblem[] = [], status: Status = 200) =>
    page(c, <ActivatePage locale={c.var.locale} form={form} problems={problems} />, status);
  const showCode = (c: PageContext, form: CodeFields, problems: FieldProblem[] = [], status: Status = 200, again = false) =>
    page(c, <ActivateCodePage locale={c.var.locale} form={form} problems={problems} again={again} />, status);

  function refused(c: PageContext, form: CodeFields, refusal: Worded | { refusal: "form-reused" }): Answer {
    if (refusal.refusal === "form-reused") return problemPage(c, "form-reused");
    const isOfStart = refusal.field === "link" || refusal.field === "phone";
    return (isOfStart ? showStart : showCode)(c, form, explain(c.var.locale, refusal), statusOf(refusal));
  }

  return {
    start: (c: PageContext) => showStart(c, begin(c, portal)),

    code: step(async (c, form) => {
      if (onlySwitches(c)) return form.sentTo === "" ? showStart(c, form) : showCode(c, form);
      const { formId, phone, link } = form;
      if (phone === "") return showStart(c, form, lacks(c, "phone"), 400);
      const again = c.var.form.has("again");
      const sent = await passwords.startActivation({ ...asking(c), formId, phone, link, again });
      return sent.ok ? showCode(c, { ...form, sentTo: sent.phone, code: "" }, [], 200, again) : refused(c, form, sent);
    }),

    confirm: step(async (c, form) => {
      const { formId, phone, code, link } = form;
      const password = typedPassword(c);
      if (onlySwitches(c)) return showCode(c, form);
      if (phone === "") return showStart(c, form, lacks(c, "phone"), 400);
      if (code === "") return showCode(c, form, lacks(c, "code"), 400);
      if (password === "") return showCode(c, form, lacks(c, "password"), 400);
      const done = await passwords.activate({ ...asking(c), formId, phone, code, link, password });
      return done.ok ? c.redirect("/activate/done", 303) : refused(c, form, done);
    }),

    done: (c: PageContext) => page(c, <ActivatedPage locale={c.var.locale} />),
  };
}
