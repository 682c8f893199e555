import { z } from "@hono/zod-openapi";
import { VERDICTS } from "../../../adapters/identity-registry/port.ts";
import { line } from "../../../api/text.ts";
import { KINDS } from "../../../bst/kinds.ts";
import { namesSomebody } from "../../users/index.ts";
import {
  ACTS, CASE_EVENTS, CASE_KINDS, CASE_STATES, DECISIONS, EVIDENCE_TYPES, GROUNDS, OFFICE_KINDS, PARTY_ROLES, RELATIONS, STATEMENT_KINDS, STATEMENT_MAX,
} from "./model.ts";

const instant = z.iso.datetime();
const grounds = z.array(z.enum(GROUNDS));
const kinds = KINDS.filter((kind) => kind !== "msisdn") as Exclude<(typeof KINDS)[number], "msisdn">[];

export const CaseFilters = {
  state: z.enum(CASE_STATES).optional().openapi({ description: "Left out: those that are not over." }),
  kind: z.enum(CASE_KINDS).optional(),
  proposal: z.enum(["mine", "others"]).optional().openapi({ description: "Proposals that wait for a second: one's own, or those one could second." }),
  overdue: z.enum(["true"]).optional(),
};

const CaseSchema = z.strictObject({
  reference: z.string(),
  kind: z.enum(CASE_KINDS),
  state: z.enum(CASE_STATES),
  grounds: grounds.openapi({ description: "Of a third party's: all that its voices stated." }),
  voices: z.int().openapi({ description: "How many ask for it." }),
  personId: z.string().nullable(),
  exclusionReference: z.string().nullable(),
  askedUntil: instant.nullable(),
  operator: z.string().nullable(),
  happenedOn: z.string().nullable(),
  checks: z.array(z.string()),
  verdict: z.enum(VERDICTS).nullable().openapi({ description: "What the registry says of who disputes a document." }),
  receivedAt: instant,
  dueAt: instant.openapi({ description: "Until when its next step is to be taken." }),
  hearingUntil: instant.nullable(),
  measureUntil: instant.nullable(),
  proposal: z.strictObject({ act: z.enum(ACTS), reason: z.string(), by: z.string(), at: instant, until: instant.nullable() }).nullable(),
  decision: z.enum(DECISIONS).nullable(),
  decidedAt: instant.nullable(),
  appealUntil: instant.nullable(),
  closedAt: instant.nullable(),
  erasedAt: instant.nullable(),
  version: z.int().openapi({ description: "What every step names, so that it is taken on what was read." }),
});
export const CaseAnswer = CaseSchema.openapi("Case");

const Party = z.strictObject({ id: z.string(), reference: z.string(), role: z.enum(PARTY_ROLES), grounds, filedAt: instant, withdrawnAt: instant.nullable() });
const Line = z.strictObject({ event: z.enum(CASE_EVENTS), at: instant, by: z.string(), act: z.enum(ACTS).nullable(), reason: z.string().nullable() });
const Decision = z.strictObject({
  id: z.string(), act: z.enum(ACTS), until: instant.nullable(), proposedBy: z.string(), secondedBy: z.string().nullable(), reason: z.string(),
  secondReason: z.string().nullable(), decidedAt: instant, carriedOutAt: instant.nullable(),
  refusal: z.string().nullable().openapi({ description: "Register's: it stands undone." }),
});
const Evidence = z.strictObject({ id: z.string(), type: z.enum(EVIDENCE_TYPES), bytes: z.int(), addedAt: instant, addedBy: z.string() });

export const CaseDetail = CaseSchema.extend({
  parties: z.array(Party), timeline: z.array(Line), decisions: z.array(Decision), evidence: z.array(Evidence),
}).openapi("CaseDetail");

/** Kept in clear: it names nobody. */
const reason = line(500).min(10).refine((text) => !namesSomebody(text), "must name nobody by number or address: give a reference instead");
const version = z.int().min(1);

export const STEPS = ["notify", "second", "send-back", "withdraw", "stop"] as const;
export const StepRequest = z.strictObject({ step: z.enum(STEPS), reason, version }).openapi("CaseStep");

export const ProposalRequest = z
  .strictObject({
    act: z.enum(ACTS),
    until: instant.nullable().default(null).openapi({ description: "Of a measure, of a longer end, and of an exclusion that is imposed, where null is permanent." }),
    reason,
    version,
  })
  .openapi("CaseProposal");

export const OpenRequest = z.strictObject({ reason }).openapi("CaseOpening");

const typed = z.strictObject({
  phone: z.string().max(40), name: z.string().max(200), document: z.strictObject({ kind: z.enum(kinds), value: z.string().max(40) }).nullable().default(null),
});
export const FilingRequest = z
  .strictObject({ kind: z.enum(OFFICE_KINDS), name: z.string().max(200), subject: typed, grounds: grounds.max(GROUNDS.length), statement: z.string().max(2 * STATEMENT_MAX) })
  .openapi("CaseFiling");
export const FiledAnswer = z.strictObject({ reference: z.string() }).openapi("CaseFiled");

const named = { phone: z.string().nullable(), name: z.string().nullable(), document: z.strictObject({ kind: z.string(), number: z.string() }).nullable() };
export const OpenedAnswer = z
  .strictObject({
    parties: z.array(z.strictObject({
      id: z.string(), role: z.enum(PARTY_ROLES), ...named, dateOfBirth: z.string().nullable(), relation: z.enum(RELATIONS).nullable(),
      about: z.strictObject(named).nullable(),
      statements: z.array(z.strictObject({ kind: z.enum(STATEMENT_KINDS), at: instant, text: z.string() })),
    })),
    evidence: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  })
  .openapi("OpenedCase");

const content = z.string().openapi({ description: "base64url (RFC 4648 §5), without padding." });
export const EvidenceRequest = z.strictObject({ name: z.string().max(500), content }).openapi("CaseEvidence");
export const EvidenceAnswer = z.strictObject({ name: z.string(), type: z.enum(EVIDENCE_TYPES), content }).openapi("CaseEvidenceFile");
