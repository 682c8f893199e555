import { z } from "@hono/zod-openapi";
import { line } from "../../../api/text.ts";
import { namesSomebody } from "../../users/index.ts";
import { GUARD_RULES } from "../guard/model.ts";
import { QUARANTINE_STATES } from "./model.ts";

const instant = z.iso.datetime();

/** A text that is kept in clear. */
const statement = line(500).min(10).refine((text) => !namesSomebody(text), "must name nobody by number or address");

export const QuarantineFilters = { state: z.enum(QUARANTINE_STATES).optional() };

const shown = {
  id: z.uuid(),
  state: z.enum(QUARANTINE_STATES),
  rule: z.enum(GUARD_RULES),
  reason: z.string(),
  evidence: z.record(z.string(), z.number()).openapi({ description: "The figures the rule was judged by." }),
  since: instant,
  statement: z.string().nullable(),
  appealedAt: instant.nullable(),
  decision: z.string().nullable(),
  decidedAt: instant.nullable(),
};

export const QuarantineAnswer = z
  .strictObject({ ...shown, operator: z.string(), decidedBy: z.string().nullable(), version: z.int().openapi({ description: "What a decision names, so that it decides on what was read." }) })
  .openapi("TokenQuarantine");

export const OwnQuarantineAnswer = z
  .strictObject({ quarantine: z.strictObject(shown).nullable().openapi({ description: "Null when you are in none." }) })
  .openapi("OwnTokenQuarantine");

export const AppealRequest = z.strictObject({ statement }).openapi("TokenQuarantineAppeal");

export const QuarantineRequest = z.strictObject({ operator: z.string().regex(/^[a-z0-9]{4,32}$/).openapi({ examples: ["0123456789"] }), reason: statement }).openapi("TokenQuarantineOrder");

export const QuarantineDecisionRequest = z.strictObject({ step: z.enum(["lift", "uphold"]), reason: statement, version: z.int().min(1) }).openapi("TokenQuarantineDecision");
