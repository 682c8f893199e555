import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { isDue, leadOn } from "../../../pages/due.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import type { SessionRefusal } from "../sessions/model.ts";
import { OwnPasswordDonePage, OwnPasswordPage, OwnPhoneCodePage, OwnPhoneDonePage, OwnPhonePage, PASSWORD, PHONE } from "./own-steps.tsx";
import {
  type Answer, asking, begin, type CodeFields, explain, lacks, type PasswordsPortal, statusOf, step, typedPassword, type Worded,
} from "./password-portal.ts";

type Refused = Worded | SessionRefusal | { refusal: "form-reused" };

/** One's own password and phone, for whoever is signed in and showed a factor lately. */
export function ownAccountPages(portal: PasswordsPortal) {
  const { passwords } = portal;

  /** Whoever may not be here yet is led on; who may sees the page. */
  async function visit(c: PageContext, at: string, show: (phone: string | null) => Answer): Promise<Response> {
    const own = await passwords.ownPhone(visitorOf(c));
    return own.ok ? show(own.phone) : leadOn(c, own, at);
  }

  function refused(c: PageContext, at: string, refusal: Refused, again: (problems: FieldProblem[], status: Status) => Answer): Answer {
    if (isDue(refusal)) return leadOn(c, refusal, at);
    if (refusal.refusal === "form-reused") return problemPage(c, "form-reused");
    return again(explain(c.var.locale, refusal), statusOf(refusal));
  }

  const showPassword = (c: PageContext, problems: FieldProblem[] = [], status: Status = 200) =>
    page(c, <OwnPasswordPage locale={c.var.locale} problems={problems} />, status);
  const showPhone = (c: PageContext, form: CodeFields, problems: FieldProblem[] = [], status: Status = 200) =>
    visit(c, PHONE, (now) => page(c, <OwnPhonePage locale={c.var.locale} form={form} problems={problems} now={now} />, status));
  const showCode = (c: PageContext, form: CodeFields, problems: FieldProblem[] = [], status: Status = 200, again = false) =>
    page(c, <OwnPhoneCodePage locale={c.var.locale} form={form} problems={problems} again={again} />, status);

  return {
    password: (c: PageContext) => visit(c, PASSWORD, () => showPassword(c)),

    changePassword: async (c: PageContext) => {
      const [current, password] = [typedPassword(c, "current"), typedPassword(c)];
      const empty = current === "" ? lacks(c, "current") : password === "" ? lacks(c, "password") : null;
      if (empty) return showPassword(c, empty, 400);
      const done = await passwords.changePassword({ ...asking(c), current, password });
      return done.ok ? c.redirect(`${PASSWORD}/done`, 303) : refused(c, PASSWORD, done, (...wrong) => showPassword(c, ...wrong));
    },

    passwordDone: (c: PageContext) => page(c, <OwnPasswordDonePage locale={c.var.locale} />),

    phone: (c: PageContext) => showPhone(c, begin(c, portal)),

    code: step(async (c, form) => {
      if (onlySwitches(c)) return form.sentTo === "" ? showPhone(c, form) : showCode(c, form);
      const { formId, phone } = form;
      if (phone === "") return showPhone(c, form, lacks(c, "phone"), 400);
      const again = c.var.form.has("again");
      const sent = await passwords.startPhoneChange({ ...asking(c), formId, phone, again });
      if (sent.ok) return showCode(c, { ...form, sentTo: sent.phone, code: "" }, [], 200, again);
      return refused(c, PHONE, sent, (...wrong) => showPhone(c, form, ...wrong));
    }),

    changePhone: step(async (c, form) => {
      const { formId, phone, code } = form;
      if (onlySwitches(c)) return showCode(c, form);
      if (phone === "") return showPhone(c, form, lacks(c, "phone"), 400);
      if (code === "") return showCode(c, form, lacks(c, "code"), 400);
      const done = await passwords.changePhone({ ...asking(c), formId, phone, code });
      if (done.ok) return c.redirect(`${PHONE}/done`, 303);
      return refused(c, PHONE, done, (...wrong) => (done.field === "phone" ? showPhone : showCode)(c, form, ...wrong));
    }),

    phoneDone: (c: PageContext) => page(c, <OwnPhoneDonePage locale={c.var.locale} />),
  };
}
