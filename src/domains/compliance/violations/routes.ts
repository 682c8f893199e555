import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { ownRole } from "../../authentication/capabilities.ts";
import { OperatorPath } from "../reports/schema.ts";
import { ownOf, violationAnswer } from "./answers.ts";
import { openViolation } from "./open.ts";
import type { ViolationParts } from "./parts.ts";
import type { StepRefusal } from "./rules.ts";
import {
  AnswerBody, OpenRequest, OwnViolationAnswer, OwnViolationFilters, OwnViolationPath, OwnViolationsAnswer, StepBody, ViolationAnswer, ViolationFilters, ViolationPath, ViolationsAnswer,
} from "./schema.ts";
import { answerViolation, takeStep } from "./steps.ts";
import { BY_OPENING, violationById, violationOf, violationsBy } from "./store.ts";

export interface ViolationRouteParts extends AccessParts {
  /** `afterwards` outlives the answer. */
  violations: (afterwards: (work: Promise<unknown>) => void) => ViolationParts & { filled: () => void };
}

const all = listing({ name: "violations", filters: ViolationFilters, orders: BY_OPENING, usual: "-createdAt" });
const ofOne = listing({ name: "operator-violations", filters: OwnViolationFilters, orders: BY_OPENING, usual: "-createdAt" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "compliance:read"),
    method: "get",
    path: "/v1/violations",
    summary: "Violations, and what became of them",
    request: { query: all.parameters },
    responses: { 200: json(ViolationsAnswer, "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const one = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "compliance:read"),
    method: "get",
    path: "/v1/violations/{violationId}",
    summary: "One violation",
    request: { params: ViolationPath },
    responses: { 200: json(ViolationAnswer, "The violation"), ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS) },
  });

const open = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "violations:write"),
    method: "post",
    path: "/v1/violations",
    summary: "Open a violation",
    description: "The operator hears of it once it is notified. Whoever opens it does not decide on it.",
    request: { headers: IdempotencyHeaders, body: body(OpenRequest) },
    responses: { 201: json(ViolationAnswer, "The violation"), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found") },
  });

const steps = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "violations:write"),
    method: "post",
    path: "/v1/violations/{violationId}/steps",
    summary: "Notify an operator of a violation, decide on it, or close it",
    description: "Nothing is decided before the operator has responded or its time has passed, nor by who opened it.",
    request: { params: ViolationPath, body: body(StepBody) },
    responses: { 200: json(ViolationAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const listOfOne = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "compliance:read"),
    method: "get",
    path: "/v1/operators/{operator}/violations",
    summary: "Violations an operator was notified of",
    request: { params: OperatorPath, query: ofOne.parameters },
    responses: { 200: json(OwnViolationsAnswer, "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const oneOfOne = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "compliance:read"),
    method: "get",
    path: "/v1/operators/{operator}/violations/{violationId}",
    summary: "One violation an operator was notified of",
    request: { params: OwnViolationPath },
    responses: { 200: json(OwnViolationAnswer, "The violation"), ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS) },
  });

const answering = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "violations:respond"),
    method: "post",
    path: "/v1/operators/{operator}/violations/{violationId}/responses",
    summary: "Respond to a violation, or say that it is remedied",
    description: "By the operator's own administrators alone. A response is heard until it is decided, also after its time.",
    request: { params: OwnViolationPath, body: body(AnswerBody) },
    responses: { 200: json(OwnViolationAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

/** Nothing is left to do after these. */
const nothing = (): void => undefined;

const DETAILS: Record<StepRefusal["refusal"], string> = {
  "out-of-turn": "It is not at this step.",
  "not-heard": "The operator can still respond.",
  "own": "",
};

type Refused = Extract<Awaited<ReturnType<typeof takeStep>>, { ok: false }>;

function refuse({ refusal }: Refused): never {
  if (refusal === "unknown") throw new ProblemError("not-found");
  if (refusal === "own") throw new ProblemError("forbidden", { detail: "Somebody else decides on what you opened." });
  if (refusal === "out-of-turn" || refusal === "not-heard") throw new ProblemError("conflict", { detail: DETAILS[refusal] });
  return refuseCommit({ refusal });
}

export const violationRoutes = ({ violations, ...access }: ViolationRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(list(access), async (c) => {
      const asked = all.read(c.req.valid("query"));
      const page = await available(violationsBy(violations(nothing).office, asked.filters, asked.page));
      return c.json(writeList(asked, page, (row) => violationAnswer(row, c.var.principal)), 200);
    })
    .openapi(one(access), async (c) => {
      const found = await available(violationById(violations(nothing).office, c.req.valid("param").violationId));
      if (!found) throw new ProblemError("not-found");
      return c.json(violationAnswer(found, c.var.principal), 200);
    })
    .openapi(open(access), async (c) => {
      const asked = c.req.valid("json");
      const command = { id: commandIdOf(c.var.actor.id, "violation", c.req.valid("header")), fingerprint: fingerprintOf(asked) };
      const done = await available(openViolation(violations(nothing), c.var.actor, command, asked));
      if (done.ok) return c.json(violationAnswer(done.violation, c.var.principal), 201);
      if (done.refusal === "operator-unknown") throw new ProblemError("not-found");
      return refuseCommit({ refusal: done.refusal });
    })
    .openapi(steps(access), async (c) => {
      const parts = violations((work) => c.executionCtx.waitUntil(work));
      const done = await available(takeStep(parts, c.var.actor, c.req.valid("param").violationId, c.req.valid("json")));
      if (!done.ok) return refuse(done);
      parts.filled();
      return c.json(violationAnswer(done.violation, c.var.principal), 200);
    })
    .openapi(listOfOne(access), async (c) => {
      const { operator } = c.req.valid("param");
      const asked = ofOne.read(c.req.valid("query"), operator);
      const page = await available(violationsBy(violations(nothing).office, { operator, notified: true, ...asked.filters }, asked.page));
      return c.json(writeList(asked, page, (row) => ownOf(row, c.var.principal)), 200);
    })
    .openapi(oneOfOne(access), async (c) => {
      const { operator, violationId } = c.req.valid("param");
      const found = await available(violationOf(violations(nothing).office, operator, violationId));
      if (!found) throw new ProblemError("not-found");
      return c.json(ownOf(found, c.var.principal), 200);
    })
    .openapi(answering(access), async (c) => {
      const { operator, violationId } = c.req.valid("param");
      if (!ownRole(c.var.principal, "violations:respond", operator)) throw new ProblemError("forbidden", { detail: "The operator's own administrators respond." });
      const parts = violations((work) => c.executionCtx.waitUntil(work));
      const done = await available(answerViolation(parts, c.var.actor, operator, violationId, c.req.valid("json")));
      if (!done.ok) return refuse(done);
      parts.filled();
      return c.json(ownOf(done.violation, c.var.principal), 200);
    });
