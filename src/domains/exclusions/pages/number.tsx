import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import type { ClaimOutcome, ClaimRefusal, PhoneClaimRpc } from "../../users/claims-rpc.ts";
import { NumberCodePage } from "./code.tsx";
import { DocumentFields, PersonFields, PhoneField } from "./details.tsx";
import { carry, type CitizenForm, typedCode, typedDocument } from "./form.ts";
import { type Answer, begin, type CitizenPortal, lacks, sendCode, shown, step } from "./portal.ts";
import { explain, statusOf } from "./wording.ts";

export interface NumberPortal {
  claims: PhoneClaimRpc;
}

/** What the claim cannot do without, and what is said where it is missing. */
const NEEDED = [
  ["phone", "error.phone-missing"], ["document", "error.document-missing"], ["name", "error.name-missing"], ["dateOfBirth", "error.birth-missing"],
] as const;

/** The steps of who has a number that was somebody else's before. */
export function numberPages(portal: CitizenPortal & NumberPortal) {
  const { claims } = portal;

  const showForm = (c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200) =>
    page(c, <NumberPage {...shown(c, form, wrong)} />, status);
  const showCode = (c: PageContext, form: CitizenForm, wrong: FieldProblem[] = [], status: Status = 200, again = false) =>
    page(c, <NumberCodePage {...shown(c, form, wrong)} again={again} />, status);

  function refused(c: PageContext, form: CitizenForm, refusal: ClaimRefusal): Answer {
    if (refusal.field === null) return problemPage(c, "form-reused");
    const wrong = [explain(c.var.locale, refusal)];
    return refusal.field === "code" ? showCode(c, form, wrong, statusOf(refusal)) : showForm(c, form, wrong, statusOf(refusal));
  }

  /** Goes on where everything needed was typed. */
  const complete = (handle: (c: PageContext, form: CitizenForm, document: Exclude<ReturnType<typeof typedDocument>, "unknown-kind">) => Answer) =>
    step((c, form) => {
      const missing = NEEDED.find(([field]) => form[field] === "");
      if (missing) return showForm(c, form, lacks(c, missing[0], missing[1]), 400);
      const document = typedDocument(form);
      return document === "unknown-kind" ? showForm(c, form, lacks(c, "document", "error.document-invalid"), 400) : handle(c, form, document);
    });

  return {
    form: (c: PageContext) => showForm(c, begin(c, portal)),

    code: complete(async (c, form, document) => {
      if (onlySwitches(c)) return form.sentTo === "" ? showForm(c, form) : showCode(c, form);
      const sent = await sendCode(c, portal, form, document);
      return sent.ok ? showCode(c, { ...form, sentTo: sent.phone, code: "" }, [], 200, c.var.form.has("again")) : refused(c, form, sent);
    }),

    confirm: complete(async (c, form, document) => {
      if (onlySwitches(c)) return showCode(c, form);
      const code = typedCode(form);
      if (code === "") return showCode(c, form, lacks(c, "code", "error.code-missing"), 400);
      const { formId, phone } = form;
      const done = await claims.claim({ formId, phone, document, code, locale: c.var.locale });
      if (!done.ok) return refused(c, form, done);
      if (done.outcome === "mismatch") return showForm(c, form, [{ field: "document", message: text(c.var.locale, "number.mismatch") }], 422);
      return page(c, <OutcomePage locale={c.var.locale} done={done} />);
    }),
  };
}

function NumberPage(props: { locale: Locale; form: CitizenForm; problems: readonly FieldProblem[] }) {
  const { locale, form, problems } = props;
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.number" languages={{ repost: "/number" }} wrong={problems.length > 0}>
      <h1>{t("number.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("number.lead")}</p>
      <StepForm action="/number/code">
        <Carried values={carry(form, "phone", "documentKind", "document", "name", "dateOfBirth", "sentTo", "code")} />
        <PhoneField locale={locale} phone={form.phone} problems={problems} />
        <fieldset class="group">
          <legend>{t("number.document")}</legend>
          <DocumentFields {...props} />
          <PersonFields {...props} />
        </fieldset>
        <p class="note">{t("number.only")}</p>
        <button class="button">{t("details.send")}</button>
      </StepForm>
    </Layout>
  );
}

function OutcomePage({ locale, done }: { locale: Locale; done: Exclude<ClaimOutcome, { outcome: "mismatch" }> }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.number" languages={{ address: "/number" }}>
      <h1>{t(`number.${done.outcome}`)}</h1>
      <section class="card">
        <p>{t(`number.${done.outcome}-text`)} {done.outcome === "officer" && <b><bdi dir="ltr">{done.reference}</bdi></b>}</p>
      </section>
      <div class="actions"><a class="button quiet" href="/">{t("nav.home")}</a></div>
    </Layout>
  );
}
