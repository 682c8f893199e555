import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { ErrorLine, type FieldProblem, messageAt, TextField } from "../../../pages/fields.tsx";

export interface PartProps {
  locale: Locale;
  /** What was typed into a field before the page is shown again. */
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** The fields of one of a page's forms: each is named with what the form does. */
type FieldsProps = PartProps & { of: string };

/** Whether something is wrong in the form that does this. */
export const isWrongIn = ({ problems }: Pick<PartProps, "problems">, of: string): boolean => problems.some(({ field }) => field?.endsWith(`-${of}`));

/** Why an officer does something: one line that names nobody. */
export const ReasonField = ({ locale, typed, problems, of }: FieldsProps) => (
  <TextField
    name={`reason-${of}`} label={translator(locale)("casework.reason")} hint={translator(locale)("people.read-hint")} value={typed(`reason-${of}`)} problems={problems}
    autocomplete="off" required dir="auto" maxlength={500}
  />
);

/** A licence's end. */
export const EndField = ({ locale, typed, problems, of, usual }: FieldsProps & { usual: string }) => (
  <TextField
    name={`until-${of}`} label={translator(locale)("operators.until")} hint={translator(locale)("operators.until-hint")} value={typed(`until-${of}`) || usual} problems={problems}
    type="date" autocomplete="off"
  />
);

/** A licence's conditions, one a line. */
export function ConditionsField({ locale, typed, problems, of, usual }: FieldsProps & { usual: readonly string[] }) {
  const t = translator(locale);
  const name = `conditions-${of}`;
  const wrong = messageAt(problems, name);
  return (
    <div class={wrong ? "field is-wrong" : "field"}>
      <label for={name}>{t("operators.conditions")}</label>
      <p class="hint" id={`${name}-hint`}>{t("operators.conditions-hint")}</p>
      <ErrorLine field={name} message={wrong} />
      <textarea
        id={name} name={name} rows={5} dir="auto" maxlength={10_000} aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${name}-hint ${name}-wrong` : `${name}-hint`}
      >
        {typed(name) || usual.join("\n")}
      </textarea>
    </div>
  );
}
