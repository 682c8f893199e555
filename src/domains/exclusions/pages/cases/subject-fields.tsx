import { translator } from "../../../../i18n/index.ts";
import { SelectField, TextField } from "../../../../pages/fields.tsx";
import { DOCUMENT_KINDS } from "../form.ts";
import type { FilingProps } from "./fields.tsx";
import { valueOf } from "./form.ts";

/** Whom it is about, as somebody else knows them. */
export function SubjectFields({ locale, fields, problems }: Omit<FilingProps, "operators">) {
  const t = translator(locale);
  const kinds = DOCUMENT_KINDS.map((kind) => [kind, t(`kind.${kind}`)] as const);
  return (
    <fieldset class="group">
      <legend>{t("cases.subject")}</legend>
      <TextField
        name="subjectName" label={t("cases.subject-name")} value={valueOf(fields, "subjectName")} problems={problems} autocomplete="off" dir="auto" maxlength={100}
      />
      <TextField
        name="subjectPhone" label={t("cases.subject-phone")} value={valueOf(fields, "subjectPhone")} problems={problems} type="tel" inputmode="tel" autocomplete="off"
      />
      <SelectField name="documentKind" label={t("details.kind")} value={valueOf(fields, "documentKind")} options={kinds} problems={problems} />
      <TextField
        name="subjectDocument" label={t("cases.subject-document")} hint={t("cases.subject-document-hint")} value={valueOf(fields, "subjectDocument")}
        problems={problems} autocomplete="off"
      />
    </fieldset>
  );
}
