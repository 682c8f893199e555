import { z } from "@hono/zod-openapi";
import { KINDS } from "../../../bst/kinds.ts";
import { ReadRequest } from "../identities/schema.ts";
import { CLAIM_CONCERNS, CLAIM_STATES } from "./model.ts";

const instant = z.iso.datetime();

export const ClaimFilters = { state: z.enum(CLAIM_STATES).optional().openapi({ description: "Left out: those that are open." }) };

export const ClaimAnswer = z
  .strictObject({
    reference: z.string(),
    state: z.enum(CLAIM_STATES),
    concern: z.enum(CLAIM_CONCERNS).openapi({ description: "Why it takes an officer." }),
    resembles: z.boolean().openapi({ description: "Whoever claims seems to be the phone's last holder: it can be refused only." }),
    receivedAt: instant,
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    reason: z.string().nullable(),
    version: z.int().openapi({ description: "What a decision names, so that it decides on what was read." }),
  })
  .openapi("PhoneClaim");

export const ClaimDecisionRequest = z
  .strictObject({ step: z.enum(["release", "refuse"]), reason: ReadRequest.shape.reason, version: z.int().min(1) })
  .openapi("PhoneClaimDecision");

export const ClaimantAnswer = z
  .strictObject({
    reference: z.string(),
    phone: z.string(),
    document: z.strictObject({ kind: z.enum(KINDS), number: z.string() }),
    name: z.string(),
    dateOfBirth: z.string(),
  })
  .openapi("PhoneClaimant");
