import { text } from "../../../i18n/index.ts";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import { APPLICATION_FIELDS, type ApplicationForm, type OperatorApplicationRpc } from "../applications/rpc.ts";
import { ApplyPage, ReceivedPage } from "./application-form.tsx";

/** What the page for who applies needs from outside. */
export interface ApplyPortal {
  operatorApplications: OperatorApplicationRpc;
  newId: () => string;
}

/** A form as it was typed; a fresh one has an id of its own. */
function formIn(c: PageContext, newId: () => string): ApplicationForm {
  const fields = c.var.form;
  const texts = Object.fromEntries(APPLICATION_FIELDS.map((name) => [name, fields.get(name) ?? ""]));
  return { ...(texts as Omit<ApplicationForm, "kinds" | "formId">), formId: fields.get("formId") || newId(), kinds: fields.getAll("kinds") };
}

/** A company applies: one form, without an account and without script. */
export function applyPages({ operatorApplications, newId }: ApplyPortal) {
  return {
    form: (c: PageContext) => page(c, <ApplyPage locale={c.var.locale} form={formIn(c, newId)} problems={[]} />),

    send: async (c: PageContext): Promise<Response> => {
      const { locale } = c.var;
      const form = formIn(c, newId);
      if (onlySwitches(c)) return page(c, <ApplyPage locale={locale} form={form} problems={[]} />);
      const done = await operatorApplications.apply({ form, visitor: visitorOf(c), locale });
      if (done.ok) return page(c, <ReceivedPage locale={locale} reference={done.reference} />);
      if (done.refusal !== "fields-unfit") return problemPage(c, done.refusal);
      const problems = done.fields.map((field) => ({ field, message: text(locale, "apply.unfit", { field: text(locale, `apply.${field}`) }) }));
      return page(c, <ApplyPage locale={locale} form={form} problems={problems} />, 422);
    },
  };
}
