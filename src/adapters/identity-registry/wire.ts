import { z } from "zod";
import type { IdentityClaim } from "./port.ts";

/** What the registry calls each kind of document. */
const DOCUMENT_TYPES: Record<IdentityClaim["kind"], string> = {
  national_id: "NATIONAL_ID",
  passport: "PASSPORT",
  alien_id: "ALIEN_CARD",
  refugee_id: "REFUGEE_ID",
  military_id: "MILITARY_ID",
};

/** Where a record is asked for, below the registry's address. */
export const LOOKUP_PATH = "/v1/persons/lookup";

/** The question: which document. Names and dates are not sent; they are compared here. */
export const questionOf = ({ kind, number }: IdentityClaim) => ({ document_type: DOCUMENT_TYPES[kind], document_number: number });

const text = z.string().max(200);
const reference = z.string().regex(/^[\w-]{1,64}$/).nullish().catch(null);

const Person = z.object({
  document_type: text,
  document_number: text,
  first_name: text.nullish(),
  other_names: text.nullish(),
  surname: text.nullish(),
  /** ISO 8601; the record may have a time of day behind it. */
  date_of_birth: z.string().regex(/^\d{4}-\d{2}-\d{2}(T|$)/),
});

/** The answer. Only `found: false` says that there is no such document: a missing page says nothing of the person. */
export const Answer = z.discriminatedUnion("found", [
  z.object({ found: z.literal(true), request_id: reference, person: Person }),
  z.object({ found: z.literal(false), request_id: reference }),
]);

export type PersonRecord = z.infer<typeof Person>;
