import type { Child } from "hono/jsx";
import { formatDate, formatNumber, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { FoldedPart } from "../../../pages/part.tsx";
import { StaffNav } from "../../../pages/staff.tsx";
import type { ApplicationStep } from "../applications/model.ts";
import type { ShownApplication } from "../regulator/rpc.ts";
import { ConditionsField, EndField, isWrongIn, type PartProps, ReasonField } from "./step-fields.tsx";

interface ApplicationPageProps extends PartProps {
  look: { application: ShownApplication; ofCompany: number; steps: readonly ApplicationStep[] };
}

const placeOf = (reference: string): string => `/staff/operators/applications/${reference}`;

/** One application: what the company says, what was recommended and decided, and what can be done now by whoever looks. */
export function ApplicationPage(props: ApplicationPageProps) {
  const { locale, look: { application, ofCompany, steps }, problems } = props;
  const t = translator(locale);
  const { reference, name, state } = application;
  return (
    <Layout locale={locale} tab="tab.operators" languages={{ address: placeOf(reference) }} wrong={problems.length > 0}>
      <h1><bdi dir="auto">{name}</bdi></h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="reference"><bdi dir="ltr">{reference}</bdi></p>
      <p><span class="tag">{t(`operators.state-${state}`)}</span></p>
      <section class="card"><Facts rows={[...companyOf(locale, application), [t("operators.of-company"), formatNumber(locale, ofCompany)]]} /></section>
      <Recommended locale={locale} application={application} />
      {steps.map((step) => <StepPart {...props} step={step} />)}
      <FoldedPart
        heading={t("operators.contact")} hint={t("operators.contact-hint")} action={`${placeOf(reference)}/contact`} submit={t("operators.contact")}
        isOpen={isWrongIn(props, "contact")}
      >
        <ReasonField {...props} of="contact" />
      </FoldedPart>
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}

function companyOf(locale: Locale, { tradingName, registrationNumber, website, address, licenceType, kinds, declaredCustomers, receivedAt, operator }: ShownApplication): [string, Child][] {
  const t = translator(locale);
  return [
    ...(tradingName ? [[t("apply.tradingName"), <bdi dir="auto">{tradingName}</bdi>] as [string, Child]] : []),
    [t("apply.registrationNumber"), <bdi dir="ltr">{registrationNumber}</bdi>],
    ...(website ? [[t("apply.website"), <bdi dir="ltr">{website}</bdi>] as [string, Child]] : []),
    [t("apply.address"), <bdi dir="auto">{address}</bdi>],
    [t("apply.licenceType"), t(`licence.type-${licenceType}`)],
    [t("apply.kinds"), <ul class="plain">{kinds.map((kind) => <li>{t(`kind.${kind}`)}</li>)}</ul>],
    [t("apply.declaredCustomers"), formatNumber(locale, declaredCustomers)],
    [t("operators.state-received"), formatDate(locale, receivedAt)],
    ...(operator ? [[t("operators.operator"), <a href={`/staff/operators/licences/${operator}`}><bdi dir="ltr">{operator}</bdi></a>] as [string, Child]] : []),
  ];
}

/** What one officer recommends and another decided. */
function Recommended({ locale, application }: { locale: Locale; application: ShownApplication }) {
  const t = translator(locale);
  const { recommendation, recommendedBy, recommendedReason, proposedUntil, proposedConditions, decidedAt, decidedBy, decisionReason, state } = application;
  if (recommendation === null && decidedAt === null) return null;
  const advice: [string, Child][] = recommendation === null ? [] : [
    [t("operators.recommendation"), <>{t(`operators.advice-${recommendation}`)}<small><bdi dir="ltr">{recommendedBy}</bdi></small></>],
    [t("casework.reason"), <bdi dir="auto">{recommendedReason}</bdi>],
    ...(proposedUntil === null ? [] : [[t("operators.until"), formatDate(locale, proposedUntil)] as [string, Child]]),
    ...(proposedConditions?.length ? [[t("operators.conditions"), <ul class="plain">{proposedConditions.map((one) => <li><bdi dir="auto">{one}</bdi></li>)}</ul>] as [string, Child]] : []),
  ];
  const decision: [string, Child][] = decidedAt === null ? [] : [
    [t("operators.decision"), <>{t(`operators.state-${state}`)}<small>{formatDate(locale, decidedAt)} <bdi dir="ltr">{decidedBy}</bdi></small></>],
    [t("casework.reason"), <bdi dir="auto">{decisionReason}</bdi>],
  ];
  return <section class="card calm"><Facts rows={[...advice, ...decision]} /></section>;
}

/** One step as a form; where it was refused it is open again. */
function StepPart({ step, ...props }: ApplicationPageProps & { step: ApplicationStep }) {
  const { locale, look: { application: { reference, version } } } = props;
  const t = translator(locale);
  return (
    <FoldedPart
      heading={t(`operators.step-${step}`)} hint={t("operators.step-hint")} action={`${placeOf(reference)}/steps`} submit={t(`operators.step-${step}`)} isOpen={isWrongIn(props, step)}
    >
      <Carried values={{ version: String(version), step }} />
      {step === "recommend-approval" && <><EndField {...props} of={step} usual="" /><ConditionsField {...props} of={step} usual={[]} /></>}
      <ReasonField {...props} of={step} />
    </FoldedPart>
  );
}

export function ContactPage({ locale, reference, contact: { name, email, phone } }: { locale: Locale; reference: string; contact: { name: string; email: string; phone: string } }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.operators" languages={{ address: placeOf(reference) }}>
      <h1>{t("apply.contact")}</h1>
      <section class="card">
        <Facts rows={[[t("apply.contactName"), <bdi dir="auto">{name}</bdi>], [t("apply.email"), <bdi dir="ltr">{email}</bdi>], [t("apply.phone"), <bdi dir="ltr">{phone}</bdi>]]} />
      </section>
      <div class="actions"><a class="button quiet" href={placeOf(reference)}><bdi dir="ltr">{reference}</bdi></a></div>
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}
