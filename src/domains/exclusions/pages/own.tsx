import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import type { CitizenRefusal } from "../citizen-rpc.ts";
import { isPolicyCode } from "../policies.ts";
import { OwnCodePage } from "./code.tsx";
import { door, ownPage, shut } from "./door.tsx";
import { type CitizenForm, typedCode } from "./form.ts";
import { forgetGrant, grantOf, keepGrant } from "../../../pages/grant.ts";
import { OverviewPage, PhonePage } from "./mine.tsx";
import { type Answer, begin, type CitizenPortal, lacks, leadingTo, lacksPolicy, sendCode, shown, step } from "./portal.ts";
import { ReceiptPage } from "./receipt.tsx";
import { explain, statusOf } from "./wording.ts";

/** One's own page: what is in force, extending it, and the receipts. Everything is read with the holder's grant. */
export function ownPages(portal: CitizenPortal) {
  const { citizens, clock, newId, helpLines } = portal;

  const showPhone = (c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200) =>
    page(c, <PhonePage {...shown(c, form, wrong)} />, status);
  const showCode = (c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200, again = false) =>
    page(c, <OwnCodePage {...shown(c, form, wrong)} again={again} />, status);

  /** The overview with a grant; without a good one, the door again. */
  async function showOverview(c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200) {
    const grant = await grantOf(c, portal);
    if (grant === null) return showPhone(c, form, wrong, status);
    const own = await citizens.exclusions(grant);
    if (!own.ok) return refused(c, form, own);
    return page(c, <OverviewPage {...shown(c, form, wrong)} phone={own.phone} receipts={own.receipts} now={clock()} keepId={newId()} />, status);
  }

  function refused(c: PageContext, form: CitizenForm, refusal: CitizenRefusal): Answer {
    const wrong = [explain(c.var.locale, refusal)];
    const status = statusOf(refusal);
    if (refusal.refusal === "form-reused") return problemPage(c, "form-reused");
    if (refusal.refusal === "grant-invalid") {
      forgetGrant(c);
      return showPhone(c, form, wrong, status);
    }
    if (refusal.field === "code") return showCode(c, form, wrong, status);
    return refusal.field === "phone" ? showPhone(c, form, wrong, status) : showOverview(c, form, wrong, status);
  }

  return {
    overview: (c: PageContext) => showOverview(c, begin(c, portal)),

    code: step(async (c, form) => {
      if (onlySwitches(c)) return form.sentTo === "" ? showPhone(c, form) : showCode(c, form);
      if (form.phone === "") return showPhone(c, form, lacks(c, "phone", "error.phone-missing"), 400);
      const sent = await sendCode(c, portal, form, null);
      return sent.ok ? showCode(c, { ...form, sentTo: sent.phone, code: "" }, [], 200, c.var.form.has("again")) : refused(c, form, sent);
    }),

    enter: step(async (c, form) => {
      const code = typedCode(form);
      if (onlySwitches(c)) return showCode(c, form);
      if (form.phone === "") return showPhone(c, form, lacks(c, "phone", "error.phone-missing"), 400);
      if (code === "") return showCode(c, form, lacks(c, "code", "error.code-missing"), 400);
      const entered = await citizens.enter({ formId: form.formId, phone: form.phone, code });
      if (!entered.ok) return refused(c, form, entered);
      await keepGrant(c, entered.grant, portal);
      return c.redirect(ownPage(form.wanted), 303);
    }),

    extend: step(async (c, form) => {
      if (onlySwitches(c)) return showOverview(c, form);
      const grant = await grantOf(c, portal);
      if (grant === null) return refused(c, form, { refusal: "grant-invalid", field: null });
      if (!isPolicyCode(form.policy)) return showOverview(c, form, lacksPolicy(c, form), 400);
      const done = await citizens.extend({ grant, formId: form.formId, policy: form.policy });
      return done.ok ? c.redirect(`/my/receipts/${done.receipt.reference}`, 303) : refused(c, form, done);
    }),

    receipt: async (c: PageContext) => {
      const reference = readReference(REFERENCES.exclusion, c.req.param("reference") ?? "");
      if (reference === null) return problemPage(c, "not-found");
      const wanted = `receipts/${reference}`;
      const grant = await grantOf(c, portal);
      if (grant === null) return door(c, portal, wanted);
      const own = await citizens.receipt({ grant, reference });
      if (!own.ok) return own.refusal === "reference-unknown" ? problemPage(c, "not-found") : shut(c, portal, wanted, own);
      const { origin } = new URL(c.req.url);
      const ids = { form: leadingTo(portal, ""), keepId: newId() };
      return page(c, <ReceiptPage locale={c.var.locale} {...own} now={clock()} {...ids} origin={origin} helpLines={helpLines} />);
    },
  };
}
