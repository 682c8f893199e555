import type { Child } from "hono/jsx";
import { translator } from "../i18n/index.ts";
import type { Locale } from "../i18n/locales.ts";
import { STEP_FORM } from "./layout.tsx";

/** What is wrong, in the reader's words, and the id of the field it stands beside; null concerns the whole page. */
export interface FieldProblem {
  field: string | null;
  message: string;
}

export const messageAt = (problems: readonly FieldProblem[], field: string): string | undefined =>
  problems.find((problem) => problem.field === field)?.message;

/** The form of a step. Wrong input is answered by us, in the page's language, not by the browser. */
export const StepForm = ({ action, children }: { action: string; children?: Child }) => (
  <form id={STEP_FORM} method="post" action={action} novalidate>
    {children}
  </form>
);

/** What earlier steps were told, carried along in the page; never in an address. */
export const Carried = ({ values }: { values: Readonly<Record<string, string>> }) => (
  <>
    {Object.entries(values).map(([name, value]) => value && <input type="hidden" name={name} value={value} />)}
  </>
);

/** Each problem on top of the page, leading to its field. */
export function ErrorSummary({ locale, problems }: { locale: Locale; problems: readonly FieldProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div class="summary" role="alert" tabindex={-1} autofocus>
      <h2>{translator(locale)("error.summary")}</h2>
      <ul>
        {problems.map(({ field, message }) => (
          <li>{field === null ? message : <a href={`#${field}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

export const ErrorLine = ({ field, message }: { field: string; message: string | undefined }) =>
  message ? <p class="wrong" id={`${field}-wrong`}>{message}</p> : null;

/** What describes a field to a screen reader: its hint and what is wrong with it. */
const describedBy = (field: string, hint: boolean, wrong: boolean): string | undefined =>
  [hint && `${field}-hint`, wrong && `${field}-wrong`].filter(Boolean).join(" ") || undefined;

interface TextFieldProps {
  name: string;
  label: string;
  hint?: string;
  value: string;
  problems: readonly FieldProblem[];
  type?: "text" | "tel" | "password" | "date";
  inputmode?: "text" | "tel" | "numeric";
  autocomplete: string;
  required?: boolean;
  /** Names may be written in either direction. */
  dir?: "ltr" | "auto";
  maxlength?: number;
}

/** One line to type; numbers and codes are written from left to right in every language. */
export function TextField(props: TextFieldProps) {
  const { name, label, hint, value, problems, type = "text", inputmode = "text", autocomplete, required, dir = "ltr", maxlength = 40 } = props;
  const message = messageAt(problems, name);
  return (
    <div class={message ? "field is-wrong" : "field"}>
      <label for={name}>{label}</label>
      {hint && <p class="hint" id={`${name}-hint`}>{hint}</p>}
      <ErrorLine field={name} message={message} />
      <input
        id={name} name={name} type={type} inputmode={inputmode} dir={dir} value={value} maxlength={maxlength}
        autocomplete={autocomplete} required={required} aria-invalid={message ? "true" : undefined}
        aria-describedby={describedBy(name, hint !== undefined, message !== undefined)}
      />
    </div>
  );
}

interface SelectFieldProps {
  name: string;
  /** Where several forms of a page have a field of this name. */
  id?: string;
  label: string;
  hint?: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  problems: readonly FieldProblem[];
}

/** One choice of a list. */
export function SelectField({ name, id = name, label, hint, value, options, problems }: SelectFieldProps) {
  const message = messageAt(problems, id);
  return (
    <div class={message ? "field is-wrong" : "field"}>
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      <ErrorLine field={id} message={message} />
      <select
        id={id} name={name} aria-invalid={message ? "true" : undefined} aria-describedby={describedBy(id, hint !== undefined, message !== undefined)}
      >
        {options.map(([option, words]) => <option value={option} selected={option === value}>{words}</option>)}
      </select>
    </div>
  );
}

/** Facts as a list of names and values. */
export const Facts = ({ rows }: { rows: readonly (readonly [name: string, value: Child])[] }) => (
  <dl class="facts">
    {rows.map(([name, value]) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
