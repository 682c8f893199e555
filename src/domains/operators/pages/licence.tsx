import type { Child } from "hono/jsx";
import { formatDate, translator } from "../../../i18n/index.ts";
import { nairobiDay } from "../../../kernel/periods.ts";
import { Carried, ErrorSummary, Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { FoldedPart } from "../../../pages/part.tsx";
import { StaffNav } from "../../../pages/staff.tsx";
import type { LicenceAct } from "../licensing/model.ts";
import type { LicenceLook } from "../regulator/rpc.ts";
import { ConditionsField, EndField, isWrongIn, type PartProps, ReasonField } from "./step-fields.tsx";

interface LicencePageProps extends PartProps {
  look: LicenceLook;
}

const placeOf = (operator: string): string => `/staff/operators/licences/${operator}`;

/** An operator's licence: how it stands, what happened to it, and what can be done with it by whoever looks. */
export function LicencePage(props: LicencePageProps) {
  const { locale, look: { licence, acts }, problems } = props;
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.operators" languages={{ address: placeOf(licence.operator) }} wrong={problems.length > 0}>
      <h1>{t("operators.licence")} <bdi dir="ltr">{licence.number}</bdi></h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p><span class={licence.standing === "in-force" ? "tag" : "wrong"}>{t(`operators.standing-${licence.standing}`)}</span></p>
      <section class="card"><Facts rows={factsOf(props)} /></section>
      <Past {...props} />
      {acts.map((act) => <ActPart {...props} act={act} />)}
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}

function factsOf({ locale, look: { licence } }: LicencePageProps): [string, Child][] {
  const t = translator(locale);
  const { operator, type, conditions, requiredKinds, issuedAt, expiresAt } = licence;
  return [
    [t("operators.operator"), <bdi dir="ltr">{operator}</bdi>],
    [t("apply.licenceType"), t(`licence.type-${type}`)],
    [t("operators.until"), <>{formatDate(locale, expiresAt)}<small>{t("operators.issued", { date: formatDate(locale, issuedAt) })}</small></>],
    [t("apply.kinds"), <ul class="plain">{requiredKinds.map((kind) => <li>{t(`kind.${kind}`)}</li>)}</ul>],
    ...(conditions.length > 0 ? [[t("operators.conditions"), <ul class="plain">{conditions.map((one) => <li><bdi dir="auto">{one}</bdi></li>)}</ul>] as [string, Child]] : []),
  ];
}

function Past({ locale, look: { history, warnings } }: LicencePageProps) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("operators.history")}</h2>
      <ul class="plain">
        {history.map(({ event, at, reason, expiresAt }) => (
          <li class="group">
            <p>{t(`operators.event-${event}`)} · {formatDate(locale, at)} · {t("operators.ends", { date: formatDate(locale, expiresAt) })}</p>
            <p class="hint"><bdi dir="auto">{reason}</bdi></p>
          </li>
        ))}
        {warnings.map(({ days, at }) => <li class="hint">{t("operators.warned", { days, date: formatDate(locale, at) })}</li>)}
      </ul>
    </section>
  );
}

/** One act as a form; where it was refused it is open again. */
function ActPart({ act, ...props }: LicencePageProps & { act: LicenceAct }) {
  const { locale, look: { licence: { operator, version, expiresAt, conditions } } } = props;
  const t = translator(locale);
  return (
    <FoldedPart
      heading={t(`operators.act-${act}`)} hint={t("operators.act-hint")} action={`${placeOf(operator)}/steps`} submit={t(`operators.act-${act}`)} isOpen={isWrongIn(props, act)}
    >
      <Carried values={{ version: String(version), act }} />
      {act === "renew" && <EndField {...props} of={act} usual={nairobiDay(expiresAt).date} />}
      {(act === "renew" || act === "amend") && <ConditionsField {...props} of={act} usual={conditions} />}
      <ReasonField {...props} of={act} />
    </FoldedPart>
  );
}
