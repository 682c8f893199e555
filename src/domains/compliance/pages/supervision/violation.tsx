import type { Child } from "hono/jsx";
import { formatDate, formatInstant, type MessageKey, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { Carried, Facts, type FieldProblem, messageAt, SelectField, TextField } from "../../../../pages/fields.tsx";
import type { Said, ShownViolation } from "../../supervision/rpc.ts";
import { explain } from "../../violations/words.ts";
import { Code } from "./score.tsx";

export interface ViolationsProps {
  locale: Locale;
  violations: readonly ShownViolation[];
  /** Where a step is sent, and where the older ones are; null where there are none. */
  addressOf: (violation: ShownViolation) => string;
  older: string | null;
  /** What a field of a form holds, as typed. */
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** The fields of a violation's form: several may stand on one page. */
export const statementField = (violationId: string): string => `statement-${violationId}`;
export const stepField = (violationId: string): string => `step-${violationId}`;

/** Violations, each with what came of it and what can be done about it now. */
export function Violations({ locale, violations, older, ...rest }: ViolationsProps) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("compliance.violations")}</h2>
      {violations.length === 0 && <p>{t("compliance.no-violations")}</p>}
      <ul class="plain">{violations.map((violation) => <li><Violation locale={locale} violation={violation} {...rest} /></li>)}</ul>
      {older && <a class="button quiet" href={older}>{t("compliance.older")}</a>}
    </section>
  );
}

type OneProps = Omit<ViolationsProps, "violations" | "older"> & { violation: ShownViolation };

function Violation({ locale, violation, addressOf, typed, problems }: OneProps) {
  const t = translator(locale);
  return (
    <article class="group">
      <h3>{t(`violation.titled-${violation.rule}`)}</h3>
      <p><span class="tag">{t(`violation.state-${violation.state}`)}</span></p>
      <p><bdi>{explain(locale, violation)}</bdi></p>
      <Facts rows={facts(locale, violation)} />
      {violation.steps.length > 0 && <StepForm locale={locale} violation={violation} addressOf={addressOf} typed={typed} problems={problems} />}
    </article>
  );
}

function facts(locale: Locale, { operator, openedAt, accuser, respondUntil, response, decision, remedy, closing }: ShownViolation): (readonly [string, Child])[] {
  const t = translator(locale);
  const said = (key: MessageKey & `violation.${string}`, one: Said | null) =>
    one === null ? [] : [[t(key as "violation.responded"), <bdi>{t("violation.said", { date: formatDate(locale, one.at), words: one.words })}</bdi>] as const];
  return [
    [t("compliance.operator"), <bdi>{operator.name}</bdi>],
    [t("violation.opened"), formatInstant(locale, openedAt)],
    ...(accuser === null ? [] : [[t("violation.accuser"), <Code>{accuser}</Code>] as const]),
    ...(respondUntil === null ? [] : [[t("violation.respond-until"), formatInstant(locale, respondUntil)] as const]),
    ...said("violation.responded", response), ...said("violation.decided", decision), ...said("violation.remedied", remedy), ...said("violation.closed", closing),
  ];
}

function StepForm({ locale, violation, addressOf, typed, problems }: OneProps) {
  const t = translator(locale);
  const { id, operator, steps, version } = violation;
  const [statement, step] = [statementField(id), stepField(id)];
  const [only] = steps.length === 1 ? steps : [];
  const options = [["", t("compliance.choose")] as const, ...steps.map((one) => [one, t(`violation.step-${one}`)] as const)];
  return (
    <details open={messageAt(problems, statement) !== undefined || messageAt(problems, step) !== undefined}>
      <summary>{t(only ? `violation.step-${only}` : "violation.step")}</summary>
      <form method="post" action={addressOf(violation)} novalidate>
        <Carried values={{ operator: operator.id, version: String(version), ...(only && { [step]: only }) }} />
        {!only && <SelectField name={step} label={t("violation.step")} value={typed(step)} problems={problems} options={options} />}
        <TextField name={statement} label={t("violation.statement")} hint={t("violation.statement-hint")} value={typed(statement)} problems={problems} autocomplete="off" required dir="auto" maxlength={1_000} />
        <button class="button">{t(only ? `violation.step-${only}` : "violation.do")}</button>
      </form>
    </details>
  );
}
