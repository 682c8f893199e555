import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { SHOWN_TEXTS } from "../../../i18n/texts.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { forgetGrant, grantOf, heldGrant, keepGrant } from "../../../pages/grant.ts";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import type { CitizenRefusal } from "../citizen-rpc.ts";
import type { Receipt } from "../model.ts";
import { isInForce } from "../rules.ts";
import { StopCodePage } from "./code.tsx";
import { choices } from "./extend.tsx";
import { type CitizenForm, typedCode } from "./form.ts";
import { type Answer, begin, type CitizenPortal, lacks, sendCode, shown, step } from "./portal.ts";
import { StoppedPage, StopPage } from "./stop.tsx";
import { explain, statusOf } from "./wording.ts";

/** 24 hours in two taps for whoever has shown who they are; else with a phone and a code, and nothing else asked. */
export function stopPages(portal: CitizenPortal) {
  const { citizens, clock, newId } = portal;

  const showAsking = (c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200) =>
    page(c, <StopPage {...shown(c, form, wrong)} now={clock()} phone={null} />, status);
  const showCode = (c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200, again = false) =>
    page(c, <StopCodePage {...shown(c, form, wrong)} again={again} />, status);

  /** Their own, when 24 hours would not make it longer. */
  const longerThanADay = (receipts: readonly Receipt[]): Receipt | undefined =>
    receipts.find((own) => own.origin === "self" && isInForce(own.state) && !choices(own, clock()).some(({ code }) => code === "24h"));

  async function show(c: PageContext): Promise<Response> {
    const form = begin(c, portal);
    const grant = await grantOf(c, portal);
    const own = grant === null ? null : await citizens.exclusions(grant);
    if (own && !own.ok) forgetGrant(c);
    if (!own?.ok) return showAsking(c, form);
    const longer = longerThanADay(own.receipts);
    if (longer) return page(c, <StoppedPage locale={c.var.locale} receipt={longer} now={clock()} formId={newId()} />);
    return page(c, <StopPage {...shown(c, form, [])} now={clock()} phone={own.phone} />);
  }

  function refused(c: PageContext, form: CitizenForm, refusal: CitizenRefusal): Answer {
    if (refusal.refusal === "form-reused") return problemPage(c, "form-reused");
    if (refusal.refusal === "grant-invalid") forgetGrant(c);
    const wrong = [explain(c.var.locale, refusal)];
    return refusal.field === "code" ? showCode(c, form, wrong, statusOf(refusal)) : showAsking(c, form, wrong, statusOf(refusal));
  }

  /** What was agreed to stands on the page. */
  const shownTexts = () => [...SHOWN_TEXTS];

  return {
    show,

    now: step(async (c, form) => {
      const grant = await grantOf(c, portal);
      if (grant === null) return refused(c, form, { refusal: "grant-invalid", field: null });
      const done = await citizens.stop({ grant, formId: form.formId, locale: c.var.locale, shown: shownTexts() });
      if (!done.ok) return refused(c, form, done);
      if (done.grant !== null && (await heldGrant(c, portal.cookieKey)) !== null) await keepGrant(c, done.grant, portal);
      return c.redirect(`/my/receipts/${done.receipt.reference}`, 303);
    }),

    code: step(async (c, form) => {
      if (onlySwitches(c)) return form.sentTo === "" ? showAsking(c, form) : showCode(c, form);
      if (form.phone === "") return showAsking(c, form, lacks(c, "phone", "error.phone-missing"), 400);
      const sent = await sendCode(c, portal, form, null);
      return sent.ok ? showCode(c, { ...form, sentTo: sent.phone, code: "" }, [], 200, c.var.form.has("again")) : refused(c, form, sent);
    }),

    confirm: step(async (c, form) => {
      if (onlySwitches(c)) return showCode(c, form);
      if (form.phone === "") return showAsking(c, form, lacks(c, "phone", "error.phone-missing"), 400);
      const code = typedCode(form);
      if (code === "") return showCode(c, form, lacks(c, "code", "error.code-missing"), 400);
      const { formId, phone } = form;
      const done = await citizens.register({ formId, policy: "24h", phone, document: null, code, locale: c.var.locale, shown: shownTexts() });
      if (!done.ok) return refused(c, form, done);
      await keepGrant(c, done.grant, portal);
      return c.redirect(`/my/receipts/${done.receipt.reference}`, 303);
    }),
  };
}
