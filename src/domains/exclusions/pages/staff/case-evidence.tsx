import { formatInstant, translator } from "../../../../i18n/index.ts";
import { Facts, ErrorLine, messageAt, SelectField } from "../../../../pages/fields.tsx";
import { FoldedPart } from "../../../../pages/part.tsx";
import { EVIDENCE_TYPES, type EvidenceFile } from "../../cases/model.ts";
import { type CasePartProps, isWrong, ReasonField } from "./case-steps.tsx";
import { Code } from "./words.tsx";

/** What a file is before it is opened. */
const look = (t: ReturnType<typeof translator>, { type, bytes }: EvidenceFile): string =>
  t("casework.file-size", { type: type.split("/")[1]!.toUpperCase(), kilobytes: Math.ceil(bytes / 1024) });

/** The files of a case; what they are called and show is opened with a reason. */
export function Evidence({ locale, look: { evidence } }: CasePartProps) {
  const t = translator(locale);
  const rows = evidence.map((file) => [look(t, file), <>{formatInstant(locale, file.addedAt)}<small><Code>{file.addedBy}</Code></small></>] as const);
  return (
    <section class="card">
      <h2>{t("casework.evidence")}</h2>
      {rows.length === 0 ? <p>{t("casework.no-evidence")}</p> : <Facts rows={rows} />}
    </section>
  );
}

/** Opens a file, and adds one. */
export function EvidenceForms(props: CasePartProps) {
  const { locale, look: { case: { reference }, evidence, may }, typed, problems } = props;
  const t = translator(locale);
  return (
    <>
      {may.read && evidence.length > 0 && (
        <FoldedPart
          heading={t("casework.read-file")} hint={t("casework.open-hint")} action={`/staff/cases/${reference}/file`} submit={t("casework.read-file")}
          isOpen={isWrong(props, "fileReason")}
        >
          <SelectField
            name="file" label={t("casework.chosen-file")} value={typed("file")} problems={problems}
            options={evidence.map((file) => [file.id, `${look(t, file)}, ${formatInstant(locale, file.addedAt)}`] as const)}
          />
          <ReasonField t={t} name="fileReason" typed={typed} problems={problems} />
        </FoldedPart>
      )}
      {may.addEvidence && <AddPart {...props} />}
    </>
  );
}

function AddPart({ locale, look: { case: { reference } }, problems }: CasePartProps) {
  const t = translator(locale);
  const wrong = messageAt(problems, "evidence");
  return (
    <FoldedPart
      heading={t("casework.add")} hint={t("casework.add-hint")} action={`/staff/cases/${reference}/evidence`} submit={t("casework.add")} enctype="multipart/form-data"
      isOpen={wrong !== undefined}
    >
      <div class={wrong ? "field is-wrong" : "field"}>
        <label for="evidence">{t("casework.chosen-file")}</label>
        <ErrorLine field="evidence" message={wrong} />
        <input
          id="evidence" name="evidence" type="file" accept={EVIDENCE_TYPES.join(",")} aria-invalid={wrong ? "true" : undefined} aria-describedby={wrong && "evidence-wrong"}
        />
      </div>
    </FoldedPart>
  );
}
