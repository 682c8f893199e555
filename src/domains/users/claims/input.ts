import { z } from "zod";
import { canonicalize } from "../../../bst/canonical.ts";
import { KINDS } from "../../../bst/kinds.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import type { ClaimRefusal } from "../claims-rpc.ts";
import { readPerson } from "../vault/rules.ts";
import type { Claimant } from "./box.ts";

const kinds = KINDS.filter((kind) => kind !== "msisdn") as Exclude<(typeof KINDS)[number], "msisdn">[];
const locales = Object.keys(LOCALES) as Locale[];

const text = z.string().default("");
const Form = z.object({
  formId: z.string().refine(isUuid),
  phone: z.string(),
  document: z.object({ kind: z.enum(kinds), value: z.string(), name: text, dateOfBirth: text }).nullable(),
  code: z.string().max(100).catch(""),
  locale: z.enum(locales).catch("en"),
});

const REFUSALS: Record<string, ClaimRefusal> = {
  phone: { refusal: "phone-invalid", field: "phone" },
  document: { refusal: "document-invalid", field: "document" },
};

/** A claim as it can be judged, or what is wrong with the first field that is. */
export function readClaim(unread: unknown, now: Instant): Result<{ formId: string; code: string; claimant: Claimant }, ClaimRefusal> {
  const form = Form.safeParse(unread);
  if (!form.success) return { ok: false, ...(REFUSALS[String(form.error.issues[0]?.path[0])] ?? { refusal: "form-reused", field: null }) };
  const { formId, code, locale, document } = form.data;
  const phone = canonicalize("msisdn", form.data.phone);
  if (!phone.ok) return { ok: false, refusal: phone.refusal as "phone-invalid", field: "phone" };
  if (!document || document.value.trim() === "") return { ok: false, refusal: "document-missing", field: "document" };
  const number = canonicalize(document.kind, document.value);
  if (!number.ok) return { ok: false, refusal: "document-invalid", field: "document" };
  const person = readPerson(document, now);
  if (!person.ok) return person;
  const { name, dateOfBirth } = person;
  if (name === null) return { ok: false, refusal: "name-missing", field: "name" };
  if (dateOfBirth === null) return { ok: false, refusal: "birth-missing", field: "dateOfBirth" };
  return { ok: true, formId, code, claimant: { phone: phone.identifier.value, kind: document.kind, number: number.identifier.value, name, dateOfBirth, locale } };
}
