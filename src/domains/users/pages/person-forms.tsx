import { type Translate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, type FieldProblem, SelectField, TextField } from "../../../pages/fields.tsx";
import { Part } from "../../../pages/part.tsx";
import { LOCK_REASONS } from "../accounts/rules.ts";
import { type AccountLook, DOCUMENTS, REASONS } from "../people/model.ts";

interface PartProps {
  locale: Locale;
  account: AccountLook;
  /** What was typed into a field before the page is shown again. */
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** A list to choose from, nothing chosen at first. */
const choices = <Value extends string>(t: Translate, values: readonly Value[], words: (value: Value) => string) =>
  [["", t("people.choose")] as const, ...values.map((value) => [value, words(value)] as const)];

/** Keeps the holder out, or lets them in again. A deleted account lets nobody in anyway. */
export function LockPart({ locale, account: { id, state, lockedUntil, deletedAt }, typed, problems }: PartProps) {
  if (deletedAt !== null) return null;
  const t = translator(locale);
  const isKeptOut = state === "suspended" || lockedUntil !== null;
  return (
    <>
      {isKeptOut && (
        <Part heading={t("people.unlock")} hint={t("people.unlock-hint")} action={`/staff/users/${id}/unlock`} submit={t("people.unlock")} />
      )}
      {state === "active" && (
        <Part heading={t("people.lock")} hint={t("people.lock-hint")} action={`/staff/users/${id}/lock`} submit={t("people.lock")}>
          <SelectField
            name="lockReason" label={t("people.reason")} value={typed("lockReason")} problems={problems}
            options={choices(t, LOCK_REASONS, (reason) => t(`people.lock-${reason}`))}
          />
        </Part>
      )}
    </>
  );
}

/** Notes that a document was seen, or takes that back. */
export function VerifyPart({ locale, account: { id, verification, deletedAt, isErased }, typed, problems, formId }: PartProps & { formId: string }) {
  if (deletedAt !== null || isErased) return null;
  const t = translator(locale);
  const revocable = REASONS.revoked.filter((reason) => reason !== "name-changed");
  return (
    <>
      <Part heading={t("people.verify")} hint={t("people.verify-hint")} action={`/staff/users/${id}/verify`} submit={t("people.verify")}>
        <Carried values={{ formId }} />
        <SelectField
          name="method" label={t("people.document")} value={typed("method")} problems={problems}
          options={choices(t, DOCUMENTS, (kind) => t(`kind.${kind}`))}
        />
        <SelectField
          name="verifyReason" label={t("people.seen")} value={typed("verifyReason")} problems={problems}
          options={choices(t, REASONS.verified, (reason) => t(`people.because-${reason}`))}
        />
      </Part>
      {verification && (
        <Part heading={t("people.revoke")} hint={t("people.revoke-hint")} action={`/staff/users/${id}/revoke`} submit={t("people.revoke")}>
          <Carried values={{ formId }} />
          <SelectField
            name="revokeReason" label={t("people.reason")} value={typed("revokeReason")} problems={problems}
            options={choices(t, revocable, (reason) => t(`people.because-${reason}`))}
          />
        </Part>
      )}
    </>
  );
}

/** Asks why somebody wants to know who the holder is. */
export function ShowPart({ locale, account: { id, isErased }, typed, problems }: PartProps) {
  if (isErased) return null;
  const t = translator(locale);
  return (
    <Part heading={t("people.show")} hint={t("people.show-hint")} action={`/staff/users/${id}/show`} submit={t("people.show")}>
      <TextField
        name="readReason" label={t("people.reason")} hint={t("people.read-hint")} value={typed("readReason")} problems={problems}
        autocomplete="off" dir="auto" maxlength={500}
      />
    </Part>
  );
}
