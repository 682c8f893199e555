import { formatInstant, translator } from "../../../../i18n/index.ts";
import { Facts, ErrorLine, messageAt, SelectField } from "../../../../pages/fields.tsx";
import { Part } from "../../../../pages/part.tsx";
import { EVIDENCE_TYPES, type EvidenceFile } from "../../cases/model.ts";
import { type CasePartProps, ReasonField } from "./case-steps.tsx";
import { Code } from "./words.tsx";

/** What a file is before it is opened. */
const look = (t: ReturnType<typeof translator>, { type, bytes }: EvidenceFile): string =>
  t("casework.file-size", { type: type.split("/")[1]!.toUpperCase(), kilobytes: Math.ceil(bytes / 1024) });

/** The files of a case; what they are called and show is opened with a reason. */
export function Evidence(props: CasePartProps) {
  const { locale, look: { case: { reference }, evidence, may }, typed, problems } = props;
  const t = translator(locale);
  return (
    <>
      <section class="card">
        <h2>{t("casework.evidence")}</h2>
        {evidence.length === 0 ? <p>{t("casework.no-evidence")}</p> : (
          <Facts rows={evidence.map((file) => [look(t, file), <>{formatInstant(locale, file.addedAt)}<small><Code>{file.addedBy}</Code></small></>] as const)} />
        )}
      </section>
      {may.read && evidence.length > 0 && (
        <Part heading={t("casework.read-file")} hint={t("casework.open-hint")} action={`/staff/cases/${reference}/file`} submit={t("casework.read-file")}>
          <SelectField
            name="file" label={t("casework.chosen-file")} value={typed("file")} problems={problems}
            options={evidence.map((file) => [file.id, `${look(t, file)}, ${formatInstant(locale, file.addedAt)}`] as const)}
          />
          <ReasonField t={t} name="fileReason" typed={typed} problems={problems} />
        </Part>
      )}
      {may.addEvidence && <AddPart {...props} />}
    </>
  );
}

function AddPart({ locale, look: { case: { reference } }, problems }: CasePartProps) {
  const t = translator(locale);
  const wrong = messageAt(problems, "evidence");
  return (
    <section class="card">
      <h2>{t("casework.add")}</h2>
      <form method="post" action={`/staff/cases/${reference}/evidence`} enctype="multipart/form-data" novalidate>
        <div class={wrong ? "field is-wrong" : "field"}>
          <label for="evidence">{t("casework.chosen-file")}</label>
          <p class="hint" id="evidence-hint">{t("casework.add-hint")}</p>
          <ErrorLine field="evidence" message={wrong} />
          <input
            id="evidence" name="evidence" type="file" accept={EVIDENCE_TYPES.join(",")} aria-invalid={wrong ? "true" : undefined}
            aria-describedby={wrong ? "evidence-hint evidence-wrong" : "evidence-hint"}
          />
        </div>
        <button class="button quiet">{t("casework.add")}</button>
      </form>
    </section>
  );
}
