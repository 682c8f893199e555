import type { Child } from "hono/jsx";
import { translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import type { CaseView } from "../../cases/cases-rpc.ts";
import { FileField, StatementField } from "./fields.tsx";

/** What a party says with words. */
export const ACTS = ["answer", "appeal", "object"] as const;
export type ActName = (typeof ACTS)[number];

/** What was said and by which form, while it has to be looked at again. */
export interface Said {
  act: ActName;
  statement: string;
}

/** The id of an act's field: there are several forms on the page. */
export const fieldOf = (act: ActName): string => `${act}-statement`;

interface FormProps {
  locale: Locale;
  one: CaseView;
  formId: string;
}

interface ActProps extends FormProps {
  problems: readonly FieldProblem[];
}

/** Answering, appealing or objecting, in one's own words. */
export function ActForm({ locale, one, act, formId, problems, said }: ActProps & { act: ActName; said: Said | null }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t(`cases.${act}`)}</h2>
      <p>{t(`cases.${act}-text`)}</p>
      <form method="post" action={`/my/cases/${one.reference}/${act}`} novalidate>
        <input type="hidden" name="formId" value={formId} />
        <StatementField
          id={fieldOf(act)} name="statement" label={t("cases.your-words")} hint={t("cases.statement-hint")} value={said?.act === act ? said.statement : ""} problems={problems}
        />
        <button class="button">{t(`cases.${act}`)}</button>
      </form>
    </section>
  );
}

/** A file that shows something. */
export function EvidenceForm({ locale, one, formId, problems }: ActProps) {
  const t = translator(locale);
  const isWrong = problems.some(({ field }) => field === "evidence");
  return (
    <Folded heading={t("cases.add-file")} open={isWrong}>
      <form method="post" action={`/my/cases/${one.reference}/evidence`} enctype="multipart/form-data" novalidate>
        <input type="hidden" name="formId" value={formId} />
        <FileField name="evidence" label={t("cases.file")} hint={t("cases.add-file-text")} problems={problems} />
        <button class="button quiet">{t("cases.add-file")}</button>
      </form>
    </Folded>
  );
}

/** Folded, so that it takes two taps. */
export function WithdrawForm({ locale, one, formId }: FormProps) {
  const t = translator(locale);
  return (
    <Folded heading={t("cases.withdraw")} open={false}>
      <form method="post" action={`/my/cases/${one.reference}/withdraw`}>
        <input type="hidden" name="formId" value={formId} />
        <p>{t("cases.withdraw-text")}</p>
        <button class="button quiet">{t("cases.withdraw")}</button>
      </form>
    </Folded>
  );
}

const Folded = ({ heading, open, children }: { heading: string; open: boolean; children?: Child }) => (
  <details class="card" open={open}>
    <summary><h2>{heading}</h2></summary>
    {children}
  </details>
);
