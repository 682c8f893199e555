import type { Child } from "hono/jsx";
import { formatInstant, type Translate, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { nairobiDay } from "../../../../kernel/periods.ts";
import { Carried, Facts, type FieldProblem, SelectField, TextField } from "../../../../pages/fields.tsx";
import { FoldedPart } from "../../../../pages/part.tsx";
import { BY_ONE_OFFICER, isThirdParty } from "../../cases/model.ts";
import type { CaseLook } from "../../cases/staff-cases-rpc.ts";
import { Code } from "./words.tsx";

export interface CasePartProps {
  locale: Locale;
  look: CaseLook;
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** Whether something is wrong with one of a form's fields. */
export const isWrong = ({ problems }: Pick<CasePartProps, "problems">, ...fields: string[]): boolean =>
  problems.some(({ field }) => field !== null && fields.includes(field));

/** Why an officer does something: one line that names nobody. */
export const ReasonField = ({ t, name, typed, problems }: { t: Translate; name: string } & Pick<CasePartProps, "typed" | "problems">) => (
  <TextField
    name={name} label={t("casework.reason")} hint={t("people.read-hint")} value={typed(name)} problems={problems} autocomplete="off" required dir="auto" maxlength={500}
  />
);

/** What waits for another officer: whoever may second it can, and nobody else. */
export function Proposed({ locale, look: { case: { reference, proposal, version }, may }, typed, problems }: CasePartProps) {
  const t = translator(locale);
  if (!proposal) return null;
  const { act, reason, by, at, until } = proposal;
  const rows: [string, Child][] = [
    [t("casework.act"), <>{t(`casework.act-${act}`)}{until !== null && <small>{t("casework.until", { date: formatInstant(locale, until) })}</small>}</>],
    [t("casework.reason"), <bdi dir="auto">{reason}</bdi>],
    [t("casework.proposed-by"), <><Code>{by}</Code><small>{formatInstant(locale, at)}</small></>],
  ];
  return (
    <section class="card calm">
      <h2>{t("casework.proposal")}</h2>
      <Facts rows={rows} />
      {!may.second && <p class="note">{t("casework.another")}</p>}
      {(may.second || may.sendBack) && (
        <form method="post" action={`/staff/cases/${reference}/${may.second ? "second" : "send-back"}`} novalidate>
          <Carried values={{ version: String(version) }} />
          {may.second && <p class="hint">{t("casework.second-hint")}</p>}
          <ReasonField t={t} name="secondReason" typed={typed} problems={problems} />
          <div class="actions pair">
            {may.second && <button class="button">{t("casework.second")}</button>}
            {may.sendBack && <button class="button quiet" formaction={`/staff/cases/${reference}/send-back`}>{t("casework.send-back")}</button>}
          </div>
        </form>
      )}
    </section>
  );
}

/** What can be done with the case now by whoever looks. */
export function StepForms(props: CasePartProps) {
  const { locale, look: { case: { reference, state }, may } } = props;
  const t = translator(locale);
  const can = may.acts.length > 0 || may.second || may.sendBack || may.notify || may.withdraw || may.addEvidence || may.stop || may.read;
  if (!can) return state === "closed" || state === "withdrawn" ? null : <p class="note">{t("casework.nothing")}</p>;
  return (
    <>
      {may.notify && <OneStep {...props} step="notify" />}
      {may.acts.length > 0 && <ProposePart {...props} />}
      {may.stop && <OneStep {...props} step="stop" />}
      {may.withdraw && <OneStep {...props} step="withdraw" />}
      {may.read && (
        <FoldedPart
          heading={t("casework.open")} hint={t("casework.open-hint")} action={`/staff/cases/${reference}/open`} submit={t("casework.open")}
          isOpen={isWrong(props, "openReason")}
        >
          <ReasonField t={t} name="openReason" {...props} />
        </FoldedPart>
      )}
    </>
  );
}

/** A step that takes nothing but its reason. */
function OneStep({ step, locale, look: { case: { reference, version } }, typed, problems }: CasePartProps & { step: "notify" | "stop" | "withdraw" }) {
  const t = translator(locale);
  return (
    <FoldedPart
      heading={t(`casework.${step}`)} hint={t(`casework.${step}-hint`)} action={`/staff/cases/${reference}/${step}`} submit={t(`casework.${step}`)}
      isOpen={isWrong({ problems }, `${step}Reason`)}
    >
      <Carried values={{ version: String(version) }} />
      <ReasonField t={t} name={`${step}Reason`} typed={typed} problems={problems} />
    </FoldedPart>
  );
}

/** Proposes an act, or decides it where one officer may. */
function ProposePart({ locale, look: { case: { reference, kind, version, askedUntil }, may }, typed, problems }: CasePartProps) {
  const t = translator(locale);
  const verb = BY_ONE_OFFICER.includes(kind) ? "decide" : "propose";
  const takesEnd = may.acts.includes("measure") || (may.acts.includes("grant") && (isThirdParty(kind) || kind === "longer"));
  const usual = askedUntil === null ? "" : nairobiDay(askedUntil).date;
  return (
    <FoldedPart
      heading={t(`casework.${verb}`)} hint={`${t(`casework.${verb}-hint`)} ${t(`casework.grants-${kind}`)}`} action={`/staff/cases/${reference}/propose`}
      submit={t(`casework.${verb}`)} isOpen={isWrong({ problems }, "act", "until", "proposeReason")}
    >
      <Carried values={{ version: String(version) }} />
      <SelectField
        name="act" label={t("casework.act")} value={typed("act")} problems={problems}
        options={[["", t("casework.choose")], ...may.acts.map((act) => [act, t(`casework.act-${act}`)] as const)]}
      />
      {takesEnd && (
        <TextField
          name="until" label={t("casework.until-day")} hint={t("casework.until-hint")} value={typed("until") || usual} problems={problems} type="date" autocomplete="off"
        />
      )}
      <ReasonField t={t} name="proposeReason" typed={typed} problems={problems} />
    </FoldedPart>
  );
}
