import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { SHOWN_TEXTS } from "../../../i18n/texts.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import type { CitizenRefusal, TypedDocument } from "../citizen-rpc.ts";
import { type ChosenPolicy, isPolicyCode } from "../policies.ts";
import { CodePage } from "./code.tsx";
import { DetailsPage } from "./details.tsx";
import { asksForMore, type CitizenForm, typedCode, typedDocument } from "./form.ts";
import { keepGrant } from "../../../pages/grant.ts";
import { PeriodPage } from "./period.tsx";
import { type Answer, begin, type CitizenPortal, lacks, lacksPolicy, sendCode, shown, step } from "./portal.ts";
import { explain, statusOf } from "./wording.ts";

/** A form whose steps up to the code are complete. */
type Complete = CitizenForm & { policy: ChosenPolicy };

/** The steps of excluding oneself; each is the page, and what a citizen's form does there. */
export function excludeSteps(portal: CitizenPortal) {
  const { citizens, clock } = portal;

  /** Asks for the code where it stands complete, else shows the step that lacks something. */
  const complete = (handle: (c: PageContext, form: Complete, document: TypedDocument | null) => Answer) =>
    step((c, form) => {
      if (!isPolicyCode(form.policy)) return showPeriod(c, form, lacksPolicy(c, form), 400);
      if (form.phone === "") return showDetails(c, form, lacks(c, "phone", "error.phone-missing"), 400);
      const document = typedDocument(form);
      if (document === "unknown-kind") return showDetails(c, form, lacks(c, "document", "error.document-invalid"), 400);
      return handle(c, { ...form, policy: form.policy }, document);
    });

  const showPeriod = (c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200) =>
    page(c, <PeriodPage {...shown(c, form, wrong)} now={clock()} />, status);
  const showDetails = (c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200) =>
    page(c, <DetailsPage {...shown(c, form, wrong)} />, status);
  const showCode = (c: PageContext, form: Complete, wrong: FieldProblem[] = [], status: Status = 200, again = false) =>
    page(c, <CodePage {...shown(c, form, wrong)} policy={form.policy} now={clock()} again={again} />, status);

  function refused(c: PageContext, form: Complete, refusal: CitizenRefusal): Answer {
    if (refusal.field === null) return problemPage(c, "form-reused");
    const wrong = [explain(c.var.locale, refusal)];
    const status = statusOf(refusal);
    if (refusal.field === "policy") return showPeriod(c, form, wrong, status);
    return refusal.field === "code" ? showCode(c, form, wrong, status) : showDetails(c, form, wrong, status);
  }

  return {
    period: (c: PageContext) => showPeriod(c, begin(c, portal)),

    details: step((c, form) =>
      isPolicyCode(form.policy) ? showDetails(c, form) : showPeriod(c, form, lacksPolicy(c, form), 400)),

    code: complete(async (c, form, document) => {
      if (onlySwitches(c)) return form.sentTo === "" ? showDetails(c, form) : showCode(c, form);
      const sent = await sendCode(c, portal, form, document);
      return sent.ok ? showCode(c, { ...form, sentTo: sent.phone, code: "" }, [], 200, c.var.form.has("again")) : refused(c, form, sent);
    }),

    confirm: complete(async (c, form, document) => {
      if (onlySwitches(c)) return showCode(c, form);
      const code = typedCode(form);
      if (code === "") return showCode(c, form, lacks(c, "code", "error.code-missing"), 400);
      const { formId, phone, policy } = form;
      const county = asksForMore(form) ? form.county : "";
      const done = await citizens.register({ formId, policy, phone, document, code, locale: c.var.locale, shown: [...SHOWN_TEXTS], county });
      if (!done.ok) return refused(c, form, done);
      await keepGrant(c, done.grant, portal);
      return c.redirect(`/my/receipts/${done.receipt.reference}`, 303);
    }),
  };
}
