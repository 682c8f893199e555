import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { isUuid } from "../../../../kernel/ids.ts";
import { Carried, ErrorSummary, type FieldProblem, StepForm } from "../../../../pages/fields.tsx";
import { grantOf, keepGrant } from "../../../../pages/grant.ts";
import { Layout } from "../../../../pages/layout.tsx";
import { onlySwitches, type PageContext, page } from "../../../../pages/page.ts";
import { problemPage } from "../../../../pages/problem.tsx";
import { ProofCodePage } from "../code.tsx";
import { PhoneField } from "../details.tsx";
import { readForm, typedCode } from "../form.ts";
import { type Answer, type CitizenPortal, lacks, sendCode, shown } from "../portal.ts";
import { explain, statusOf } from "../wording.ts";

/** What a form brings of the code; everything else waits in the page until the code came back. */
const OF_CODE = ["code", "sentTo", "again", "lang"];

const waiting = (c: PageContext, ...without: string[]): Record<string, string> =>
  Object.fromEntries([...c.var.form].filter(([name]) => !OF_CODE.includes(name) && !without.includes(name)));

interface Proving {
  /** Where the form is sent, over each step. */
  at: string;
  /** What the button says that carries it out. */
  submit: string;
  /** The form itself, when it asks for the phone and something is wrong with that. */
  showForm?: (wrong: FieldProblem[], status: Status) => Answer;
  /** What the form does; null when the code behind this grant is too old for it, or the grant is over. */
  act: (grant: string) => Promise<Response | null>;
}

/** Carries out a form with a code of the last minutes: without one, what was typed waits in the page while a code is sent and comes back. */
export const withProof = (portal: CitizenPortal) => async (c: PageContext, { at, submit, showForm = askPhone(c, at), act }: Proving): Promise<Response> => {
  const form = readForm(c.var.form);
  if (!isUuid(form.formId)) return problemPage(c, "start-again");
  const showCode = (wrong: FieldProblem[] = [], status: Status = 200) => {
    const code = { ...shown(c, { ...form, code: "" }, wrong), at, submit, carried: { ...waiting(c), sentTo: form.sentTo } };
    return page(c, <ProofCodePage {...code} again={c.var.form.has("again")} />, status);
  };

  async function send(): Promise<Response> {
    if (form.phone === "") return c.var.form.has("phone") ? showForm(lacks(c, "phone", "error.phone-missing"), 400) : showForm([], 403);
    const sent = await sendCode(c, portal, form, null);
    if (sent.ok) {
      form.sentTo = sent.phone;
      return showCode();
    }
    return (sent.field === "code" ? showCode : showForm)([explain(c.var.locale, sent)], statusOf(sent));
  }

  async function enter(): Promise<Response> {
    const code = typedCode(form);
    if (code === "") return showCode(lacks(c, "code", "error.code-missing"), 400);
    const entered = await portal.citizens.enter({ formId: form.formId, phone: form.phone, code });
    if (!entered.ok) return entered.refusal === "form-reused" ? problemPage(c, "form-reused") : showCode([explain(c.var.locale, entered)], statusOf(entered));
    await keepGrant(c, entered.grant, portal);
    return (await act(entered.grant)) ?? send();
  }

  if (c.req.query("edit") !== undefined) return showForm([], 200);
  if (onlySwitches(c)) return form.sentTo === "" ? showForm([], 200) : showCode();
  if (c.var.form.has("again")) return send();
  if (form.sentTo !== "") return enter();
  const grant = await grantOf(c, portal);
  return (grant !== null && (await act(grant))) || send();
};

const askPhone = (c: PageContext, at: string) => (wrong: FieldProblem[], status: Status) => {
  const { locale } = c.var;
  const lead = translator(locale)("cases.prove");
  return page(c, <PhoneStep locale={locale} at={at} again={{ repost: at }} lead={lead} carried={waiting(c, "phone")} phone={readForm(c.var.form).phone} problems={wrong} />, status);
};

interface PhoneStepProps {
  locale: Locale;
  at: string;
  again: { repost: string } | { address: string };
  lead: string;
  carried: Record<string, string>;
  phone: string;
  problems: readonly FieldProblem[];
}

/** Asks which phone a code goes to. */
export function PhoneStep({ locale, at, again, lead, carried, phone, problems }: PhoneStepProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.requests" languages={again} wrong={problems.length > 0}>
      <h1>{t("cases.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{lead}</p>
      <StepForm action={at}>
        <Carried values={carried} />
        <PhoneField locale={locale} phone={phone} problems={problems} />
        <button class="button">{t("details.send")}</button>
      </StepForm>
    </Layout>
  );
}
