import type { FC } from "hono/jsx";
import { translator } from "../../../../i18n/index.ts";
import { Carried, ErrorLine, Facts, messageAt, SelectField, TextField } from "../../../../pages/fields.tsx";
import { type CitizenKind, FAMILY_GROUNDS, RELATIONS } from "../../cases/model.ts";
import { DocumentFields, PersonFields } from "../details.tsx";
import { readForm } from "../form.ts";
import { Box, type FilingProps } from "./fields.tsx";
import { groundField, valueOf } from "./form.ts";
import { SubjectFields } from "./subject-fields.tsx";

/** Which exclusion it is about: one's own, of which there is one. */
function OwnExclusion({ locale, fields, problems }: FilingProps) {
  const reference = valueOf(fields, "exclusion");
  return (
    <div id="exclusion" class={messageAt(problems, "exclusion") ? "is-wrong" : undefined}>
      <ErrorLine field="exclusion" message={messageAt(problems, "exclusion")} />
      <Facts rows={[[translator(locale)("cases.exclusion"), <bdi dir="ltr">{reference}</bdi>]]} />
      <Carried values={{ exclusion: reference }} />
    </div>
  );
}

/** A day: by the calendar of a browser that has one. */
const DayField = ({ locale, fields, problems, name, label }: FilingProps & { name: "until" | "happenedOn"; label: string }) => (
  <TextField
    name={name} label={label} hint={translator(locale)("cases.day-hint")} value={valueOf(fields, name)} problems={problems} type="date" autocomplete="off"
  />
);

const Longer: FC<FilingProps> = (props) => (
  <>
    <OwnExclusion {...props} />
    <DayField {...props} name="until" label={translator(props.locale)("cases.until")} />
  </>
);

const Disputed: FC<FilingProps> = ({ locale, fields, problems }) => (
  <fieldset class="group">
    <legend>{translator(locale)("cases.document")}</legend>
    <DocumentFields locale={locale} form={readForm(fields)} problems={problems} />
    <PersonFields locale={locale} form={readForm(fields)} problems={problems} />
  </fieldset>
);

const Complaint: FC<FilingProps> = (props) => {
  const { locale, fields, problems, operators } = props;
  const t = translator(locale);
  const checks = valueOf(fields, "checks");
  const companies = [["", t("cases.choose-operator")], ...Object.entries(operators)] as const;
  return (
    <>
      <SelectField name="operator" label={t("cases.operator")} value={valueOf(fields, "operator")} options={companies} problems={problems} />
      <DayField {...props} name="happenedOn" label={t("cases.happened")} />
      {checks !== "" && <Carried values={{ checks }} />}
      {checks !== "" && <Box name="showChecks" label={t("cases.show-checks")} fields={fields} />}
    </>
  );
};

const Family: FC<FilingProps> = ({ locale, fields, problems }) => {
  const t = translator(locale);
  const relations = [["", t("cases.relation-choose")] as const, ...RELATIONS.map((relation) => [relation, t(`cases.relation.${relation}`)] as const)];
  const wrong = messageAt(problems, "grounds");
  return (
    <>
      <TextField name="name" label={t("cases.name")} value={valueOf(fields, "name")} problems={problems} autocomplete="name" dir="auto" maxlength={100} />
      <SubjectFields locale={locale} fields={fields} problems={problems} />
      <SelectField name="relation" label={t("cases.relation")} value={valueOf(fields, "relation")} options={relations} problems={problems} />
      <fieldset id="grounds" class={wrong ? "is-wrong" : undefined} aria-describedby={wrong && "grounds-wrong"}>
        <legend>{t("cases.grounds")}</legend>
        <ErrorLine field="grounds" message={wrong} />
        {FAMILY_GROUNDS.map((ground) => <Box name={groundField(ground)} label={t(`cases.ground.${ground}`)} fields={fields} />)}
      </fieldset>
    </>
  );
};

/** What only one kind asks. */
export const KIND_FIELDS: Readonly<Record<CitizenKind, FC<FilingProps>>> = {
  "not-me": OwnExclusion, "longer": Longer, "review": OwnExclusion, "disputed-document": Disputed, "complaint": Complaint, "family": Family,
};
