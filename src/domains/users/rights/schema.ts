import { z } from "@hono/zod-openapi";
import { instantFilter } from "../../../api/listing.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import { REQUEST_KINDS, REQUEST_REASONS, REQUEST_STATES, SUBJECTS } from "./model.ts";

const instant = z.iso.datetime();
const entries = z.array(z.record(z.string(), z.custom<Json>()));

const told = {
  reference: z.string(),
  kind: z.enum(REQUEST_KINDS),
  subject: z.enum(SUBJECTS).nullable().openapi({ description: "What it is about; null where it is about all there is." }),
  state: z.enum(REQUEST_STATES),
  reasons: z.array(z.enum(REQUEST_REASONS)).openapi({ description: "Why it was refused, or what stays although it was answered." }),
  receivedAt: instant,
  dueAt: instant.openapi({ description: "The last millisecond of the last day to answer, in Nairobi." }),
  decidedAt: instant.nullable(),
  completeAt: instant.nullable().openapi({ description: "Of an erasure: when nothing can be read any more, backups included." }),
};

const Exclusion = z.strictObject({
  reference: z.string(), state: z.string(), origin: z.string(), caseReference: z.string().nullable(), policy: z.string(), endMode: z.string(),
  startedAt: instant, endsAt: instant.nullable(), endedAt: instant.nullable(), reviewAt: instant.nullable(), askableFrom: instant.nullable(),
  endableFrom: instant.nullable(), endingLapsesAt: instant.nullable(), measureUntil: instant.nullable(), annulsAt: instant.nullable(),
  history: z.array(z.strictObject({ event: z.string(), at: instant, endsAt: instant.nullable() })),
  identifiers: z.array(z.strictObject({ kind: z.string(), provisionalUntil: instant.nullable() })),
});

/** What a person gets who asks for everything. A change of its shape is another version. */
export const PersonExportSchema = z
  .strictObject({
    format: z.literal("nser-person-export"),
    version: z.literal(4),
    exportedAt: instant,
    vault: z
      .strictObject({
        vault: entries, shreds: entries, identifiers: entries, identifierEvidence: entries, verifications: entries, records: entries, consents: entries,
        accepted: entries, checks: entries, identityReads: entries, endedVisits: entries, notices: entries, messages: entries, statements: entries, audit: entries,
      })
      .openapi({ description: "One section for each table of the person's vault; what is sealed there is open here." }),
    exclusions: z.array(Exclusion),
    requests: z.array(z.strictObject(told)),
    tokenHoldings: z
      .strictObject({
        askedSince: instant.nullable().openapi({ description: "Since when they want it kept also while they are not excluded." }),
        holdings: z.array(z.strictObject({ operator: z.string(), kind: z.string(), source: z.string(), firstAt: instant, lastAt: instant })),
      })
      .openapi({ description: "Which operators hold a token for them, as far as it is kept." }),
    cases: entries.openapi({ description: "What was filed with this phone or is about it, as its holder sees it, and what they said." }),
  })
  .openapi("PersonExport");
export type PersonExport = z.infer<typeof PersonExportSchema>;

export const DataRequestAnswer = z
  .object({
    ...told,
    overdue: z.boolean(),
    version: z.int().openapi({ description: "What a decision names, so that it decides on what was read." }),
  })
  .openapi("DataRequest");

export const DataRequestDetail = DataRequestAnswer.extend({
  statement: z.string().nullable().openapi({ description: "What the person said; reading it is in the audit log." }),
}).openapi("DataRequestDetail");

export const DecisionRequest = z
  .strictObject({
    step: z.enum(["take-up", "answer", "refuse"]),
    reasons: z.array(z.enum(REQUEST_REASONS)).max(REQUEST_REASONS.length).default([]),
    version: z.int().min(1),
  })
  .openapi("DataRequestDecision");

export const RequestFilters = {
  state: z.enum(REQUEST_STATES).optional().openapi({ description: "Left out: those that are open." }),
  kind: z.enum(REQUEST_KINDS).optional(),
  dueBefore: instantFilter("To be answered before."),
};
