import { translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { ErrorSummary, type FieldProblem } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import type { CaseLook } from "../../cases/staff-cases-rpc.ts";
import { CaseFacts, Decisions, Parties, Steps } from "./case-facts.tsx";
import { Evidence, EvidenceForms } from "./case-evidence.tsx";
import { Proposed, StepForms } from "./case-steps.tsx";
import { Code } from "./words.tsx";

interface CasePageProps {
  locale: Locale;
  look: CaseLook;
  /** What was typed into a field before the page is shown again. */
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** One case: what it is, what happened, and what can be done with it now by whoever looks. It names nobody. */
export function CasePage({ locale, look, typed, problems }: CasePageProps) {
  const t = translator(locale);
  const { reference, kind, state } = look.case;
  const part = { locale, look, typed, problems };
  return (
    <Layout locale={locale} tab="tab.cases" languages={{ address: `/staff/cases/${reference}` }} wrong={problems.length > 0}>
      <h1>{t(`casework.kind-${kind}`)}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="reference"><Code>{reference}</Code></p>
      <p><span class={state === "closed" || state === "withdrawn" ? "hint" : "tag"}>{t(`casework.state-${state}`)}</span></p>
      <CaseFacts locale={locale} one={look.case} />
      <Proposed {...part} />
      <Parties locale={locale} parties={look.parties} />
      <Evidence {...part} />
      <Decisions locale={locale} decisions={look.decisions} />
      <Steps locale={locale} reference={reference} steps={look.steps} />
      <StepForms {...part} />
      <EvidenceForms {...part} />
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}
