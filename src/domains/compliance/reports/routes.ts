import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Days } from "../standing/model.ts";
import { begun, daysOfMonth, monthOf } from "../standing/period.ts";
import { operatorNamed } from "../standing/store.ts";
import { listedOf, reportAnswer, scoreAnswer } from "./answers.ts";
import { type AnewRefusal, type ComputeParts, reportAnew, score } from "./compute.ts";
import { AnewRequest, OperatorPath, ReportAnswer, ReportFilters, ReportPath, ReportsAnswer, ScoreAnswer, ScoreQuery } from "./schema.ts";
import { BY_TIME, reportOf, reportsBy } from "./store.ts";

export interface ReportRouteParts extends AccessParts {
  compliance: ComputeParts;
}

const ofOne = listing({ name: "operator-compliance-reports", filters: ReportFilters, orders: BY_TIME, usual: "-computedAt" });
const ofAll = listing({ name: "compliance-reports", filters: ReportFilters, orders: BY_TIME, usual: "-computedAt" });

const live = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "compliance:read"),
    method: "get",
    path: "/v1/operators/{operator}/compliance",
    summary: "How an operator stands, as far as evidence shows",
    description: "Of a month, or of at most 92 days, as it is known now. Every figure says what it rests on; what nobody knows counts neither for nor against.",
    request: { params: OperatorPath, query: ScoreQuery },
    responses: { 200: { description: "The score", content: { "application/json": { schema: ScoreAnswer } } }, ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS) },
  });

const listOfOne = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "compliance:read"),
    method: "get",
    path: "/v1/operators/{operator}/compliance/reports",
    summary: "An operator's reports of compliance",
    request: { params: OperatorPath, query: ofOne.parameters },
    responses: { 200: { description: "A page", content: { "application/json": { schema: ReportsAnswer } } }, ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const one = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "compliance:read"),
    method: "get",
    path: "/v1/operators/{operator}/compliance/reports/{reportId}",
    summary: "A report of compliance with all that it rests on",
    description: "As it was computed; it is never changed.",
    request: { params: ReportPath },
    responses: { 200: { description: "The report", content: { "application/json": { schema: ReportAnswer } } }, ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS) },
  });

const anew = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "violations:write"),
    method: "post",
    path: "/v1/operators/{operator}/compliance/reports",
    summary: "Compute a month's report anew",
    description: "It stands beside those before, with the reason. Only of a month that is over and reported, as long as what it rests on is kept.",
    request: { params: OperatorPath, headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: AnewRequest } } } },
    responses: { 201: { description: "The new edition", content: { "application/json": { schema: ReportAnswer } } }, ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const all = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "compliance:read"),
    method: "get",
    path: "/v1/compliance/reports",
    summary: "Every operator's reports of compliance",
    request: { query: ofAll.parameters },
    responses: { 200: { description: "A page", content: { "application/json": { schema: ReportsAnswer } } }, ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

/** What of the days that are asked for has begun. Throws the problem `field-invalid` where none has. */
function daysIn({ month, from, to }: { month?: string | undefined; from?: string | undefined; to?: string | undefined }, now: Instant): Days {
  const days = begun(from !== undefined && to !== undefined ? { from, to } : daysOfMonth(month ?? monthOf(now)), now);
  if (days) return days;
  throw new ProblemError("field-invalid", { errors: [{ pointer: month === undefined ? "/from" : "/month", detail: "lies ahead" }] });
}

function refuse({ refusal }: AnewRefusal): never {
  if (refusal === "unknown") throw new ProblemError("not-found");
  if (refusal === "not-over") throw new ProblemError("conflict", { detail: "The month cannot be reported yet, or not any more." });
  return refuseCommit({ refusal });
}

export const reportRoutes = ({ compliance, ...access }: ReportRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(live(access), async (c) => {
      const { operator } = c.req.valid("param");
      const now = compliance.clock();
      const days = daysIn(c.req.valid("query"), now);
      if (!(await available(operatorNamed(compliance.office, operator)))) throw new ProblemError("not-found");
      const scored = await available(score(compliance, operator, days));
      return c.json(scoreAnswer(operator, days, scored, compliance.terms.leastPart, now, c.var.principal), 200);
    })
    .openapi(listOfOne(access), async (c) => {
      const { operator } = c.req.valid("param");
      const asked = ofOne.read(c.req.valid("query"), operator);
      return c.json(writeList(asked, await available(reportsBy(compliance.office, { operator, ...asked.filters }, asked.page)), listedOf), 200);
    })
    .openapi(one(access), async (c) => {
      const { operator, reportId } = c.req.valid("param");
      const found = await available(reportOf(compliance.office, operator, reportId));
      if (!found) throw new ProblemError("not-found");
      return c.json(reportAnswer(found, c.var.principal), 200);
    })
    .openapi(anew(access), async (c) => {
      const { operator } = c.req.valid("param");
      const asked = c.req.valid("json");
      const command = { id: commandIdOf(c.var.actor.id, `report ${operator}`, c.req.valid("header")), fingerprint: fingerprintOf(asked) };
      const done = await available(reportAnew(compliance, c.var.actor, command, { operator, ...asked }));
      return done.ok ? c.json(reportAnswer(done.report, c.var.principal), 201) : refuse(done);
    })
    .openapi(all(access), async (c) => {
      const asked = ofAll.read(c.req.valid("query"));
      return c.json(writeList(asked, await available(reportsBy(compliance.office, asked.filters, asked.page)), listedOf), 200);
    });
