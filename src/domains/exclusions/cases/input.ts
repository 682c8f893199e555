import { z } from "zod";
import { canonicalize } from "../../../bst/canonical.ts";
import { KINDS } from "../../../bst/kinds.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { DAY, type Instant } from "../../../kernel/clock.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { readPerson } from "../../users/index.ts";
import type { TypedDocument } from "../citizen-rpc.ts";
import type { Named } from "./boxes.ts";
import type { CaseRefusal, CaseResult, FieldRefusal, TypedSubject } from "./cases-rpc.ts";
import { FAMILY_GROUNDS, type Ground, GROUNDS, OFFICE_KINDS, RELATIONS, STATEMENT_MAX } from "./model.ts";
import type { FilingRefusal } from "./staff-cases-rpc.ts";
import { endOfDay } from "./working-days.ts";

const NAME_MAX = 100;
const CHECKS_MAX = 50;

const documentKinds = KINDS.filter((kind) => kind !== "msisdn") as TypedDocument["kind"][];
const locales = Object.keys(LOCALES) as Locale[];

// What no form can send by mistake has one refusal; what a person can get wrong is read below, field by field.
const text = z.string().catch("");
export const GrantText = z.string().max(4_096);
const FormId = z.string().refine(isUuid);
const locale = z.enum(locales).catch("en");
const number = z.object({ kind: z.enum(documentKinds), value: z.string() });
const subject = z.object({ phone: text, name: text, document: number.nullable().catch(null) });

const Asked = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("not-me"), exclusion: text, numberWasAnothers: z.boolean(), statement: text }),
  z.object({ kind: z.literal("disputed-document"), document: number.extend({ name: text, dateOfBirth: text }), statement: text }),
  z.object({
    kind: z.literal("family"), name: text, subject, relation: z.enum(RELATIONS).nullable().catch(null), grounds: z.array(z.enum(FAMILY_GROUNDS)).max(GROUNDS.length).catch([]),
    statement: text,
  }),
  z.object({ kind: z.literal("review"), exclusion: text, statement: text }),
  z.object({ kind: z.literal("longer"), exclusion: text, until: text, statement: text }),
  z.object({ kind: z.literal("complaint"), operator: text, happenedOn: text, checks: z.array(z.string().max(100)).max(CHECKS_MAX).catch([]), statement: text }),
]);

export const CitizenFiling = z.object({ grant: GrantText, formId: FormId, phone: text, locale, request: Asked });
export const OfficeFiling = z.object({
  formId: FormId,
  request: z.object({ kind: z.enum(OFFICE_KINDS), name: text, subject, grounds: z.array(z.enum(GROUNDS)).max(GROUNDS.length).catch([]), statement: text }),
});
export const Saying = z.object({ grant: GrantText, formId: FormId, reference: text, statement: text, locale });
export const Doing = z.object({ grant: GrantText, formId: FormId, reference: text });
export const Adding = Doing.extend({ name: text, bytes: z.instanceof(Uint8Array) });

/** The request in its shape; a grant or a form that has another is refused as what it is not. */
export function read<T>(schema: z.ZodType<T>, unread: unknown): Result<{ request: T }, CaseRefusal> {
  const parsed = schema.safeParse(unread);
  if (parsed.success) return { ok: true, request: parsed.data };
  const isGrant = parsed.error.issues[0]?.path[0] === "grant";
  return { ok: false, refusal: isGrant ? "grant-invalid" : "form-reused", field: null };
}

type Unread = "missing" | "text-too-long" | "text-unreadable";

/** Control characters but those that end a line, and those that turn the direction of what stands beside them. */
const UNREADABLE = /[^\P{Cc}\n\r\t]|[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

function words(written: string, max: number): Result<{ text: string }, { refusal: Unread }> {
  const said = written.trim().normalize("NFC");
  if (said === "") return { ok: false, refusal: "missing" };
  if (!said.isWellFormed() || UNREADABLE.test(said)) return { ok: false, refusal: "text-unreadable" };
  return [...said].length > max ? { ok: false, refusal: "text-too-long" } : { ok: true, text: said };
}

type StatementRefusal = { refusal: "statement-missing" | "text-too-long" | "text-unreadable"; field: "statement" };

/** What somebody says, in as many lines as they like. */
export function readStatement(written: string): Result<{ text: string }, StatementRefusal> {
  const said = words(written, STATEMENT_MAX);
  return said.ok ? said : { ok: false, refusal: said.refusal === "missing" ? "statement-missing" : said.refusal, field: "statement" };
}

type NameRefusal = { refusal: "name-missing" | "text-too-long" | "text-unreadable"; field: "name" | "subjectName" };

export function readName(written: string, field: "name" | "subjectName"): Result<{ name: string }, NameRefusal> {
  const said = words(written, NAME_MAX);
  if (said.ok) return /[\n\r\t]/.test(said.text) ? { ok: false, refusal: "text-unreadable", field } : { ok: true, name: said.text };
  return { ok: false, refusal: said.refusal === "missing" ? "name-missing" : said.refusal, field };
}

/** Whom somebody else is asked to be excluded as. */
export function readSubject({ phone, name, document }: TypedSubject): Result<{ named: Named & { phone: string } }, Extract<FieldRefusal & FilingRefusal, { field: string }>> {
  const msisdn = canonicalize("msisdn", phone);
  if (!msisdn.ok) return { ok: false, refusal: "subject-phone-invalid", field: "subjectPhone" };
  const called = readName(name, "subjectName");
  if (!called.ok) return called as never;
  const canonical = document && document.value.trim() !== "" ? canonicalize(document.kind, document.value) : null;
  if (canonical && !canonical.ok) return { ok: false, refusal: "document-invalid", field: "subjectDocument" };
  const known = canonical ? { kind: document!.kind, number: canonical.identifier.value } : null;
  return { ok: true, named: { phone: msisdn.identifier.value, name: called.name, document: known } };
}

/** Whose document is disputed: all of it is needed, for the registry is asked. */
export function readDisputed({ kind, value, name = "", dateOfBirth = "" }: TypedDocument, now: Instant): CaseResult<{ named: Named & { dateOfBirth: string } }> {
  if (value.trim() === "") return { ok: false, refusal: "document-missing", field: "document" };
  const canonical = canonicalize(kind, value);
  if (!canonical.ok) return { ok: false, refusal: "document-invalid", field: "document" };
  const person = readPerson({ name, dateOfBirth }, now);
  if (!person.ok) return person;
  if (person.name === null) return { ok: false, refusal: "name-missing", field: "name" };
  if (person.dateOfBirth === null) return { ok: false, refusal: "birth-missing", field: "dateOfBirth" };
  return { ok: true, named: { phone: null, name: person.name, document: { kind, number: canonical.identifier.value }, dateOfBirth: person.dateOfBirth } };
}

const YEARS_BACK = 10;

/** A day that was: today, or one of the last ten years. */
export function readPastDay(written: string, now: Instant): Result<{ date: string }, Extract<FieldRefusal, { field: "until" | "happenedOn" }>> {
  const end = endOfDay(written.trim());
  if (end === null) return { ok: false, refusal: "date-unreadable", field: "happenedOn" };
  if (end - DAY >= now || end < now - YEARS_BACK * 366 * DAY) return { ok: false, refusal: "date-impossible", field: "happenedOn" };
  return { ok: true, date: written.trim() };
}

/** The end of a day ahead. */
export function readUntil(written: string, now: Instant): Result<{ until: Instant }, Extract<FieldRefusal, { field: "until" | "happenedOn" }>> {
  const until = endOfDay(written.trim());
  if (until === null) return { ok: false, refusal: "date-unreadable", field: "until" };
  return until > now ? { ok: true, until } : { ok: false, refusal: "date-impossible", field: "until" };
}

/** Each once, in the order of the law. */
export const eachOnce = (grounds: readonly Ground[]): Ground[] => GROUNDS.filter((ground) => grounds.includes(ground));
