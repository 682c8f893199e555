import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { statement } from "../reports/schema.ts";
import { OFFICERS_STEPS, OPERATORS_STEPS, VIOLATION_RULES, VIOLATION_STATES } from "./model.ts";

const instant = z.iso.datetime();
const operatorId = z.string().regex(/^[a-z0-9]{4,32}$/).openapi({ examples: ["0123456789"] });

/** What either side says in a step. */
export const said = statement(1_000);

export const ViolationPath = z.object({ violationId: z.uuid() });
export const OwnViolationPath = z.object({ operator: operatorId, violationId: z.uuid() });

export const OwnViolationFilters = { state: z.enum(VIOLATION_STATES).optional() };
export const ViolationFilters = { ...OwnViolationFilters, operator: operatorId.optional() };

const shown = {
  id: z.uuid(),
  operator: z.string(),
  state: z.enum(VIOLATION_STATES),
  rule: z.enum(VIOLATION_RULES),
  explanation: z.string().openapi({ description: "What a rule proves, in words; an officer's own words." }),
  figures: z.record(z.string(), z.union([z.number(), z.string()])).openapi({ description: "What the rule counted." }),
  evidence: z.array(z.string()).openapi({ description: "Where what it rests on is listed, as far as you may read it." }),
  openedAt: instant,
  notifiedAt: instant.nullable(),
  respondUntil: instant.nullable().openapi({ description: "Nothing is decided before the operator has responded, or this has passed." }),
  response: z.string().nullable(),
  respondedAt: instant.nullable(),
  decision: z.string().nullable().openapi({ description: "Why it was upheld, or dismissed." }),
  decidedAt: instant.nullable(),
  remedy: z.string().nullable(),
  remediedAt: instant.nullable(),
  closing: z.string().nullable(),
  closedAt: instant.nullable(),
  version: z.int().openapi({ description: "What a step names, so that it is about what was read." }),
};

export const OwnViolationAnswer = z.strictObject(shown).openapi("OwnViolation");
export const OwnViolationsAnswer = pageAnswer(OwnViolationAnswer).openapi("OwnViolations");

export const ViolationAnswer = z
  .strictObject({
    ...shown,
    openedBy: z.string(),
    accuser: z.string().nullable().openapi({ description: "Who opened it, or notified the operator of what a rule proposed; somebody else decides." }),
    respondedBy: z.string().nullable(),
    decidedBy: z.string().nullable(),
    remediedBy: z.string().nullable(),
    closedBy: z.string().nullable(),
  })
  .openapi("Violation");
export const ViolationsAnswer = pageAnswer(ViolationAnswer).openapi("Violations");

export const OpenRequest = z.strictObject({ operator: operatorId, grounds: said }).openapi("ViolationOpened");

const step = { statement: said, version: z.int().min(1) };
export const StepBody = z.strictObject({ step: z.enum(OFFICERS_STEPS), ...step }).openapi("ViolationStep");
export const AnswerBody = z.strictObject({ step: z.enum(OPERATORS_STEPS), ...step }).openapi("ViolationResponse");
