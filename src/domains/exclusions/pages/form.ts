import { KINDS } from "../../../bst/kinds.ts";
import { toLatinDigits } from "../../../pages/digits.ts";
import type { TypedDocument } from "../citizen-rpc.ts";

type DocumentKind = TypedDocument["kind"];
export const DOCUMENT_KINDS = KINDS.filter((kind): kind is DocumentKind => kind !== "msisdn");

const isDocumentKind = (kind: string): kind is DocumentKind => DOCUMENT_KINDS.includes(kind as DocumentKind);

/** The fields of the citizen's forms, by their names in the page. */
const FIELDS = ["formId", "policy", "phone", "documentKind", "document", "name", "dateOfBirth", "county", "sentTo", "code", "wanted"] as const;

/**
 * A citizen's form as it travels from step to step inside the pages: what was typed, unchecked; "" where nothing was.
 * `formId` names the command, so that it happens once. `sentTo` is the number a code went to, as origin wrote it;
 * `wanted` the own page it was asked for.
 */
export type CitizenForm = Record<(typeof FIELDS)[number], string>;

export const readForm = (fields: URLSearchParams): CitizenForm =>
  Object.fromEntries(FIELDS.map((name) => [name, toLatinDigits(fields.get(name) ?? "").trim()])) as CitizenForm;

/** What a page carries in hidden fields: everything but what it asks for itself. */
export function carry(form: CitizenForm, ...asked: (keyof CitizenForm)[]): Record<string, string> {
  return Object.fromEntries(FIELDS.filter((name) => !asked.includes(name)).map((name) => [name, form[name]]));
}

/** The shortest stop needs a phone and a code, nothing more. */
export const asksForMore = (form: CitizenForm): boolean => form.policy !== "24h";

/** The document as typed; null when none was, "unknown-kind" when its kind is none of ours. */
export function typedDocument(form: CitizenForm): TypedDocument | null | "unknown-kind" {
  if (!asksForMore(form) || form.document === "") return null;
  const { documentKind: kind, document: value, name, dateOfBirth } = form;
  return isDocumentKind(kind) ? { kind, value, name, dateOfBirth } : "unknown-kind";
}

/** The code as digits, however it was spaced. */
export const typedCode = (form: CitizenForm): string => form.code.replaceAll(/[\s-]/g, "");
