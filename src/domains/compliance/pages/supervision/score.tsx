import type { Child } from "hono/jsx";
import { formatNumber, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { Facts } from "../../../../pages/fields.tsx";
import type { FormulaName } from "../../standing/formulas.ts";
import type { Finding } from "../../standing/model.ts";
import type { ShownScore } from "../../supervision/rpc.ts";

/** Formulas and the names of their numbers: from left to right in every language. */
export const Code = ({ children }: { children?: Child }) => <bdi dir="ltr"><code>{children}</code></bdi>;

/** A score with its band, or that there is no data. */
export function scoreWords(locale: Locale, { score, band }: Pick<ShownScore, "score" | "band">): string {
  const t = translator(locale);
  return score === null || band === null ? t("compliance.no-data") : t("compliance.of-100", { score: formatNumber(locale, score), band: t(`band.${band}`) });
}

/** Rounded down: nothing is said to rest on more than it does. */
export const partWords = (locale: Locale, { part, leastPart }: ShownScore): string =>
  translator(locale)("compliance.part", { part: Math.floor(part * 100 + 1e-9), least: Math.ceil(leastPart * 100 - 1e-9) });

/** Each figure with its value, folded around all that it rests on. */
export function Findings({ locale, findings }: { locale: Locale; findings: readonly Finding[] }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("compliance.findings")}</h2>
      {findings.map((finding) => <FindingPart locale={locale} finding={finding} />)}
    </section>
  );
}

const valueWords = (locale: Locale, value: number | null): string =>
  value === null ? translator(locale)("compliance.no-data") : formatNumber(locale, Math.floor(value * 1_000 + 1e-9) / 1_000);

function FindingPart({ locale, finding: { name, version, weight, code, inputs, loss, value } }: { locale: Locale; finding: Finding }) {
  const t = translator(locale);
  const numbers = Object.entries(inputs);
  return (
    <details>
      <summary>{t(`finding.${name as FormulaName}-title`)}: <b>{valueWords(locale, value)}</b></summary>
      <p>{t(`finding.${name as FormulaName}-text`)}</p>
      <Facts rows={[
        [t("compliance.formula", { version }), <Code>{code}</Code>],
        [t("compliance.inputs"), <ul class="plain">{numbers.map(([input, number]) => <li><Code>{input}</Code>: {number === null ? t("compliance.no-data") : formatNumber(locale, number)}</li>)}</ul>],
        [t("compliance.weight"), formatNumber(locale, weight)],
      ]} />
      {loss && <p class="hint">{lossWords(locale, loss)}</p>}
    </details>
  );
}

function lossWords(locale: Locale, { batchesLost, answersDropped, daysUnknown }: NonNullable<Finding["loss"]>): string {
  const t = translator(locale);
  if (batchesLost === null || answersDropped === null) return t("compliance.loss-unknown");
  return t("compliance.loss", { batches: formatNumber(locale, batchesLost), answers: formatNumber(locale, answersDropped), days: formatNumber(locale, daysUnknown) });
}
