import { z } from "zod";
import { canonicalize, type IdentifierRefusal } from "../../../bst/canonical.ts";
import { type CanonicalIdentifier, KINDS } from "../../../bst/kinds.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { TEXT_NAMES } from "../../../i18n/texts.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { isUuid, readReference, REFERENCES } from "../../../kernel/ids.ts";
import { isCounty } from "../../../kernel/reference/counties.ts";
import { type Document, readPerson } from "../../users/index.ts";
import type { CitizenRefusal, CitizenResult, TypedDocument } from "../citizen-rpc.ts";
import { POLICY_CODES } from "../policies.ts";

const documentKinds = KINDS.filter((kind) => kind !== "msisdn") as TypedDocument["kind"][];
const locales = Object.keys(LOCALES) as Locale[];

// The fields of every form. What no form can send by mistake falls back; what a person can get wrong is refused.
const formId = z.string().refine(isUuid);
const phone = z.string();
const text = z.string().default("");
const document = z.object({ kind: z.enum(documentKinds), value: z.string(), name: text, dateOfBirth: text }).nullable();
const policy = z.enum(POLICY_CODES);
const code = z.string().max(100).catch("");
const grant = z.string().max(4_096);
const locale = z.enum(locales).catch("en");
const address = z.string().max(100).catch("unknown");
const shown = z.array(z.object({ text: z.enum(TEXT_NAMES), version: z.int().positive() })).max(TEXT_NAMES.length).catch([]);
const county = z.string().refine(isCounty).nullable().catch(null);
const reference = z.string().transform((text) => readReference(REFERENCES.exclusion, text)).pipe(z.string());
const again = z.boolean().catch(false);

export const CodeRequest = z.object({ formId, phone, document, locale, address, again });
export const Registration = z.object({ formId, policy, phone, document, code, locale, shown, county });
export const Stop = z.object({ grant, formId, locale, shown });
export const Entry = z.object({ formId, phone, code });
export const Extension = z.object({ grant, formId, policy });
export const Act = z.object({ grant, formId, reference });
export const Look = z.object({ grant, reference });
export const ProofQuestion = z.object({ grant, reference, entry: z.string().nullable() });
export const GrantText = grant;

const REFUSALS: Record<string, CitizenRefusal> = {
  phone: { refusal: "phone-invalid", field: "phone" },
  document: { refusal: "document-invalid", field: "document" },
  policy: { refusal: "policy-unknown", field: "policy" },
  grant: { refusal: "grant-invalid", field: null },
  reference: { refusal: "reference-unknown", field: null },
};

/** A form that cannot be told from others is begun again. */
const FORM_REFUSED: CitizenRefusal = { refusal: "form-reused", field: null };

/** The request in its shape, or the refusal of its first field that has another. */
export function read<T>(schema: z.ZodType<T>, request: unknown): CitizenResult<{ request: T }> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, ...(REFUSALS[String(parsed.error.issues[0]?.path[0])] ?? FORM_REFUSED) };
}

/** Who somebody says they are, in canonical writing; without a document nothing else is asked. */
export interface Stated {
  phone: CanonicalIdentifier;
  document: Document | null;
  name: string | null;
  dateOfBirth: string | null;
}

/** Reads the phone and the document, if any; a refusal names the field. */
export function readIdentity(phone: string, document: TypedDocument | null, now: Instant): CitizenResult<Stated> {
  const number = canonicalize("msisdn", phone);
  if (!number.ok) return refused(number.refusal);
  if (!document) return { ok: true, phone: number.identifier, document: null, name: null, dateOfBirth: null };
  const { kind, value: typed, name = "", dateOfBirth = "" } = document;
  const canonical = canonicalize(kind, typed);
  if (!canonical.ok) return refused(canonical.refusal);
  const person = readPerson({ name, dateOfBirth }, now);
  return person.ok ? { ...person, phone: number.identifier, document: { kind, typed, canonical: canonical.identifier.value } } : person;
}

const refused = (refusal: IdentifierRefusal): { ok: false } & CitizenRefusal =>
  refusal === "document-invalid" ? { ok: false, refusal, field: "document" } : { ok: false, refusal, field: "phone" };
