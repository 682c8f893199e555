import { parsePhoneNumberFromString } from "libphonenumber-js/core";
import { lengthPrefixed, utf8 } from "../kernel/bytes.ts";
import type { Result } from "../kernel/result.ts";
import type { CanonicalIdentifier, Kind } from "./kinds.ts";
import { KENYA } from "./phone-metadata.ts";

export type IdentifierRefusal = "phone-invalid" | "phone-landline" | "phone-foreign" | "document-invalid";

/** What is said of an identifier that is refused; never the identifier. */
export const IDENTIFIER_REFUSALS: Record<IdentifierRefusal, string> = {
  "phone-invalid": "is not a telephone number",
  "phone-landline": "is a landline; only mobile numbers are registered",
  "phone-foreign": "is not a Kenyan number",
  "document-invalid": "cannot be a document of this type",
};

/** `corrected`: the text was mended in a way the person should be shown, such as `+2540712…`. */
type Canonical = Result<{ identifier: CanonicalIdentifier; corrected: boolean }, { refusal: IdentifierRefusal }>;

const COUNTRY = "KE";

/** The kinds as they enter the pseudonym: for ever, since a changed label would lose everybody. */
const LABELS: Record<Kind, string> = {
  msisdn: "MSISDN",
  national_id: "NID",
  passport: "PASSPORT",
  alien_id: "ALIEN",
  refugee_id: "REFUGEE",
  military_id: "MILITARY",
};

/** Foreigners register too, and their states print all kinds of numbers: wide, but never a mere word. */
const PASSPORT = /^(?=.*\d)[A-Z\d]{5,15}$/;

/** No primary source gives the format of these cards, and a number refused is a person not protected: wider still. */
const CARD = /^(?=.*\d)[A-Z\d]{3,20}$/;

/** What a canonical value looks like. Every Kenyan mobile range begins with 7 or 1, those not yet assigned included. */
const CANONICAL: Record<Kind, RegExp> = {
  msisdn: /^\+254[17]\d{8}$/,
  national_id: /^[1-9]\d{0,13}$/,
  passport: PASSPORT,
  alien_id: CARD,
  refugee_id: CARD,
  military_id: CARD,
};

/** Whether the identifier is in its canonical writing. Another writing would give a pseudonym that is never found. */
export const isCanonical = ({ kind, value }: CanonicalIdentifier): boolean => CANONICAL[kind].test(value);

const LONGEST_INPUT = 64;

/** Compatibility forms composed, Arabic-Indic digits as ASCII, invisible marks (copied along with phone numbers) gone. */
const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replaceAll(/\p{Cf}/gu, "");

/**
 * The one canonical writing of what a person or an operator typed. A refusal means that nothing can be said about this
 * identifier; it must never be taken for "not excluded".
 */
export function canonicalize(kind: Kind, text: string): Canonical {
  if (text.length > LONGEST_INPUT) return refused(kind === "msisdn" ? "phone-invalid" : "document-invalid");
  return kind === "msisdn" ? canonicalPhone(plain(text)) : canonicalDocument(kind, plain(text));
}

const refused = (refusal: IdentifierRefusal): Canonical => ({ ok: false, refusal });

function canonicalPhone(text: string): Canonical {
  const dialled = text.replaceAll(/[\s().\p{Pd}]/gu, "");
  if (!/^(?:\+[1-9])?\d+$/.test(dialled)) return refused("phone-invalid");
  const number = parsePhoneNumberFromString(dialled, { defaultCountry: COUNTRY, extract: false }, KENYA);
  if (!number) return refused(/^\+(?!254)/.test(dialled) ? "phone-foreign" : "phone-invalid");
  if (number.getType() === "FIXED_LINE") return refused("phone-landline");
  const identifier: CanonicalIdentifier = { kind: "msisdn", value: number.number };
  if (!isCanonical(identifier)) return refused("phone-invalid");
  const usual = ["+254", "254", "0", ""].map((prefix) => prefix + number.nationalNumber);
  return { ok: true, identifier, corrected: !usual.includes(dialled) };
}

function canonicalDocument(kind: Kind, text: string): Canonical {
  const compact = text.toUpperCase().replaceAll(/[\s./\p{Pd}]/gu, "");
  if (kind === "national_id" && !/^(?:\d{6,9}|\d{14})$/.test(compact)) return refused("document-invalid");
  const value = kind === "national_id" ? compact.replace(/^0+/, "") : compact;
  const identifier: CanonicalIdentifier = { kind, value };
  return isCanonical(identifier) ? { ok: true, identifier, corrected: false } : refused("document-invalid");
}

/** What enters the VOPRF: country, label and value, each behind its length, in NFC. */
export const canonicalBytes = ({ kind, value }: CanonicalIdentifier): Uint8Array =>
  lengthPrefixed(utf8(COUNTRY), utf8(LABELS[kind]), utf8(value.normalize("NFC")));
