import type { Child } from "hono/jsx";
import type { Locale } from "../../../../i18n/locales.ts";
import { ErrorLine, type FieldProblem, messageAt } from "../../../../pages/fields.tsx";
import { STATEMENT_MAX } from "../../cases/model.ts";
import { type Fields, valueOf } from "./form.ts";

/** A form of some kind as it is shown. */
export interface FilingProps {
  locale: Locale;
  fields: Fields;
  problems: readonly FieldProblem[];
  /** Companies by id, where one is chosen. */
  operators: Readonly<Record<string, string>>;
}

interface AskedProps {
  /** Where several forms of a page have a field of this name. */
  id?: string;
  name: string;
  label: string;
  hint: string;
  problems: readonly FieldProblem[];
  children?: Child;
}

const describedBy = (id: string, message: string | undefined): string => (message ? `${id}-hint ${id}-wrong` : `${id}-hint`);

/** What somebody says, in as many lines as they like. */
export function StatementField({ id, name, label, hint, problems, value }: AskedProps & { id: string; value: string }) {
  const message = messageAt(problems, id);
  return (
    <div class={message ? "field is-wrong" : "field"}>
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>{hint}</p>
      <ErrorLine field={id} message={message} />
      <textarea
        id={id} name={name} rows={6} dir="auto" maxlength={STATEMENT_MAX} aria-invalid={message ? "true" : undefined} aria-describedby={describedBy(id, message)}
      >
        {value}
      </textarea>
    </div>
  );
}

/** A file from the phone. */
export function FileField({ name, label, hint, problems }: AskedProps) {
  const message = messageAt(problems, name);
  return (
    <div class={message ? "field is-wrong" : "field"}>
      <label for={name}>{label}</label>
      <p class="hint" id={`${name}-hint`}>{hint}</p>
      <ErrorLine field={name} message={message} />
      <input
        id={name} name={name} type="file" accept=".pdf,.jpg,.jpeg,.png" aria-invalid={message ? "true" : undefined} aria-describedby={describedBy(name, message)}
      />
    </div>
  );
}

/** A box to tick. */
export const Box = ({ name, label, fields }: { name: string; label: string; fields: Fields }) => (
  <div class="choice">
    <input type="checkbox" id={name} name={name} value="yes" checked={valueOf(fields, name) !== ""} />
    <label for={name}>{label}</label>
  </div>
);
