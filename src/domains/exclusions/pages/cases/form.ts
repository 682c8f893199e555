import { toLatinDigits } from "../../../../pages/digits.ts";
import type { Request } from "../../cases/cases-rpc.ts";
import { CITIZEN_KINDS, type CitizenKind, FAMILY_GROUNDS, type Ground, type Relation } from "../../cases/model.ts";
import { DOCUMENT_KINDS } from "../form.ts";

/** The forms' fields, as they were sent. */
export type Fields = URLSearchParams;

export const isCitizenKind = (text: string | undefined): text is CitizenKind => (CITIZEN_KINDS as readonly (string | undefined)[]).includes(text);

/** What is about one's own exclusion, and begins on one's own page. */
export const isAboutOwn = (kind: CitizenKind): boolean => kind === "not-me" || kind === "longer" || kind === "review";

/** A box's own name, so that a form that is carried along keeps each. */
export const groundField = (ground: Ground) => `ground-${ground}` as const;

export const valueOf = (fields: Fields, name: string): string => fields.get(name) ?? "";

const digits = (fields: Fields, name: string): string => toLatinDigits(valueOf(fields, name)).trim();

/** `1 5 2027` or `1/5/2027` as `2027-05-01`; a browser that has a calendar sends that itself. */
function dayOf(fields: Fields, name: string): string {
  const written = digits(fields, name);
  const [, day, month, year] = /^(\d{1,2})\D+(\d{1,2})\D+(\d{4})$/.exec(written) ?? [];
  return year === undefined ? written : `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
}

/** A kind that no list of ours has is refused by origin, as a number that does not fit. */
const documentKind = (fields: Fields) => (DOCUMENT_KINDS.find((kind) => kind === fields.get("documentKind")) ?? DOCUMENT_KINDS[0]!);

type Read = { [Kind in CitizenKind]: (fields: Fields) => Omit<Extract<Request, { kind: Kind }>, "kind" | "statement"> };

const READ: Read = {
  "not-me": (fields) => ({ exclusion: valueOf(fields, "exclusion"), numberWasAnothers: false }),
  "disputed-document": (fields) => ({
    document: { kind: documentKind(fields), value: digits(fields, "document"), name: valueOf(fields, "name"), dateOfBirth: digits(fields, "dateOfBirth") },
  }),
  "longer": (fields) => ({ exclusion: valueOf(fields, "exclusion"), until: dayOf(fields, "until") }),
  "review": (fields) => ({ exclusion: valueOf(fields, "exclusion") }),
  "complaint": (fields) => ({
    operator: valueOf(fields, "operator"), happenedOn: dayOf(fields, "happenedOn"), checks: fields.has("showChecks") ? valueOf(fields, "checks").split(" ").filter(Boolean) : [],
  }),
  "family": (fields) => ({
    name: valueOf(fields, "name"),
    subject: {
      phone: digits(fields, "subjectPhone"), name: valueOf(fields, "subjectName"),
      document: digits(fields, "subjectDocument") === "" ? null : { kind: documentKind(fields), value: digits(fields, "subjectDocument") },
    },
    relation: valueOf(fields, "relation") as Relation,
    grounds: FAMILY_GROUNDS.filter((ground) => fields.has(groundField(ground))),
  }),
};

/** What a form asks for, as typed. */
export const readRequest = (kind: CitizenKind, fields: Fields): Request =>
  ({ kind, ...READ[kind](fields), statement: valueOf(fields, "statement") }) as Request;
