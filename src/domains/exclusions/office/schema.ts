import { z } from "@hono/zod-openapi";
import { instantFilter, pageAnswer } from "../../../api/listing.ts";
import { KINDS } from "../../../bst/kinds.ts";
import { EXCLUSION_STATES, ORIGINS } from "../model.ts";
import { POLICY_CODES } from "../policies.ts";

const instant = z.iso.datetime();
const states = z.enum(EXCLUSION_STATES);
const policies = z.enum([...POLICY_CODES, "custom"]);

/** How current what the office lists is. */
export const asOf = instant.nullable().openapi({
  description: "Everything the register had done by then is in the answer; null before the office's copy was first whole.",
});

export const ExclusionFilters = {
  personId: z.uuid().optional(),
  state: states.optional(),
  policy: policies.optional(),
  origin: z.enum(ORIGINS).optional(),
  from: instantFilter("Begun from then on."),
  to: instantFilter("Begun before."),
};

const exclusion = {
  reference: z.string(),
  personId: z.uuid(),
  state: states,
  origin: z.enum(ORIGINS),
  caseReference: z.string().nullable().openapi({ description: "The case that imposed it; null when its holder did." }),
  policy: policies,
  policyVersion: z.int(),
  endMode: z.enum(["automatic", "confirmed"]),
  channel: z.string(),
  startedAt: instant,
  endsAt: instant.nullable().openapi({ description: "The promised end; null is permanent. A `confirmed` exclusion stays in force beyond it." }),
  reviewAt: instant.nullable(),
  reviewGrantedAt: instant.nullable(),
  endableFrom: instant.nullable().openapi({ description: "While `ending`: from when its holder's second act ends it." }),
  measureUntil: instant.nullable().openapi({ description: "While `provisional`: when the measure lapses undecided." }),
  annulsAt: instant.nullable().openapi({ description: "While `annulling`: when it is annulled unless somebody objects." }),
  renewals: z.int().openapi({ description: "How often a permanent one went on past a term of its policy." }),
  endedAt: instant.nullable(),
  identifiers: z.array(z.strictObject({
    kind: z.enum(KINDS),
    evidence: z.enum(["code", "network", "typed", "registry", "officer"]),
    standing: z.enum(["firm", "provisional", "held", "dropped", "released"]),
    provisionalUntil: instant.nullable(),
    addedAt: instant,
  })),
};

/** What the register did: its place in the order of everything, and in the change log where that is known. */
export const ChangeAnswer = z.strictObject({
  position: z.int(),
  sequence: z.int().nullable(),
  at: instant,
  action: z.string(),
  channel: z.string(),
  payload: z.record(z.string(), z.unknown()),
}).openapi("RegisterChange");

export const ExclusionsAnswer = pageAnswer(z.strictObject(exclusion).openapi("Exclusion")).extend({ asOf }).openapi("Exclusions");

export const ExclusionAnswer = z.strictObject({
  ...exclusion,
  changes: z.array(ChangeAnswer).openapi({ description: "The newest 200, newest first." }),
  asOf,
}).openapi("ExclusionWithChanges");
