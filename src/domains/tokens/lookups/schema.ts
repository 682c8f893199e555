import { z } from "@hono/zod-openapi";
import { ReadRequest } from "../../users/identities/index.ts";
import { LOOKUP_STATES } from "./model.ts";

const instant = z.iso.datetime();
const token = z.string().max(100).openapi({ description: "An operator's token. It is not kept." });
const { reason } = ReadRequest.shape;

export const LookupFilters = { state: z.enum(LOOKUP_STATES).optional() };

export const LookupRequest = z.strictObject({ operator: z.string().max(64), token, reason }).openapi("TokenLookupRequest");

export const RequestedAnswer = z.strictObject({ id: z.uuid() }).openapi("TokenLookupRequested");

export const DecisionRequest = z.strictObject({ approve: z.boolean(), reason, version: z.int().min(1) }).openapi("TokenLookupDecision");

export const ReadingRequest = z.strictObject({ token }).openapi("TokenLookupReading");

export const LookupAnswer = z.strictObject({
  id: z.uuid(),
  state: z.enum(LOOKUP_STATES),
  operator: z.string(),
  reason: z.string(),
  requestedAt: instant,
  requestedBy: z.string(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decisionReason: z.string().nullable(),
  until: instant.openapi({ description: "While `pending`, until when it can be decided; while `approved`, until when who asked can read it." }),
  readAt: instant.nullable(),
  version: z.int().openapi({ description: "What a decision names, so that it decides on what was read." }),
}).openapi("TokenLookup");

export const ReadingAnswer = z.strictObject({
  excluded: z.boolean().openapi({ description: "False: nobody is excluded by this token, and of nobody else is anything kept that could be told." }),
  exclusions: z.array(z.strictObject({
    reference: z.string(),
    evidence: z.enum(["code", "network", "typed", "registry", "officer"]),
    standing: z.enum(["firm", "provisional", "held", "dropped", "released"]).openapi({ description: "`provisional`: it was only typed, and whose it is nobody has proven." }),
  })),
}).openapi("TokenLookupResult");
