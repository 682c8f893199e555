import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { DAY, type Instant } from "../../../kernel/clock.ts";
import { type ActRefusal, actOnLicence } from "./act.ts";
import { issueLicence, type IssueRefusal } from "./issue.ts";
import { type LicenceLook, lookAtLicence } from "./look.ts";
import type { LicenceParts } from "./parts.ts";
import { standingOf } from "./rules.ts";
import { ActRequest, IssueRequest, LicenceAnswer, LicenceFilters, LicencesAnswer, OperatorPath } from "./schema.ts";
import { BY_END, licencesBy, type StoredLicence } from "./store.ts";

export interface LicenceRouteParts extends AccessParts {
  licences: LicenceParts;
}

const path = "/v1/operators/{operator}/licence";
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });

const licences = listing({ name: "licences", filters: LicenceFilters, orders: BY_END, usual: "expiresAt" });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operators:read"),
    method: "get",
    path: "/v1/licences",
    summary: "Licences, the next to end first",
    description: "An operator's newest one; `standing=lapsed` lists those whose time is over, `expiringInDays=30` those that end soon.",
    request: { query: licences.parameters },
    responses: { 200: json(LicencesAnswer, "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const one = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operators:read"),
    method: "get",
    path,
    summary: "An operator's licence, and what happened to it",
    request: { params: OperatorPath },
    responses: { 200: json(LicenceAnswer, "The licence"), ...problems(...ACCESS_PROBLEMS, "not-found") },
  });

const issuing = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "licences:write"),
    method: "post",
    path,
    summary: "Issue a licence to an operator that has none, or whose last one was revoked",
    description: "Whoever applies gets theirs with the approval.",
    request: { params: OperatorPath, headers: IdempotencyHeaders, body: body(IssueRequest) },
    responses: { 201: json(LicenceAnswer, "The licence"), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const acting = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "licences:write"),
    method: "post",
    path: `${path}/steps`,
    summary: "Renew, amend, suspend, reinstate or revoke an operator's licence",
    description: "What is not in force stops new customers at once, and never a check. What was revoked stays so: issue another.",
    request: { params: OperatorPath, body: body(ActRequest) },
    responses: { 200: json(LicenceAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const iso = (at: Instant): string => new Date(at).toISOString();

const answerOf = (row: StoredLicence, now: Instant) => {
  const { number, operator, type, conditions, requiredKinds, issuedAt, expiresAt, state, version } = row;
  return { number, operator, type, conditions, requiredKinds, issuedAt: iso(issuedAt), expiresAt: iso(expiresAt), state, standing: standingOf(row, now), version };
};

const lookOf = ({ licence, steps, warnings, earlier }: LicenceLook, now: Instant) => ({
  ...answerOf(licence, now),
  history: steps.map(({ number, event, at, reason, expiresAt }) => ({ number, event, at: iso(at), reason, expiresAt: iso(expiresAt) })),
  warnings: warnings.map(({ days, at }) => ({ days, at: iso(at) })),
  earlier: earlier.map(({ number, type, state, issuedAt, expiresAt }) => ({ number, type, state, issuedAt: iso(issuedAt), expiresAt: iso(expiresAt) })),
});

const UNFIT = { errors: [{ pointer: "/expiresAt", detail: "must lie a day ahead at least, ten years at most, and later than the end it has" }] };

function refuse(refused: ActRefusal | IssueRefusal): never {
  switch (refused.refusal) {
    case "unknown": throw new ProblemError("not-found");
    case "expiry-missing": throw new ProblemError("field-invalid", { errors: [{ pointer: "/expiresAt", detail: "goes with renewing" }] });
    case "expiry-unfit": throw new ProblemError("field-invalid", UNFIT);
    case "nothing-changed": throw new ProblemError("conflict", { detail: "Nothing would change: say other conditions, or other kinds." });
    case "not-now": throw new ProblemError("conflict", { detail: "Its state does not know this act." });
    case "licensed-already": throw new ProblemError("conflict", { detail: "It has a licence: renew, amend or revoke that." });
    default: return refuseCommit(refused);
  }
}

export function licenceRoutes({ licences: parts, ...access }: LicenceRouteParts): OpenAPIHono<ApiEnv> {
  /** As it was just written: the nearest copy may be a moment behind. */
  const written = async (operator: string) => lookOf((await available(lookAtLicence({ primary: parts.office.primary, nearest: parts.office.primary }, operator)))!, parts.clock());
  return createRouter()
    .openapi(list(access), async (c) => {
      const asked = licences.read(c.req.valid("query"));
      const now = parts.clock();
      const { standing, expiringInDays } = asked.filters;
      const filter = { standing, now, until: expiringInDays === undefined ? undefined : now + expiringInDays * DAY };
      return c.json(writeList(asked, await available(licencesBy(parts.office, filter, asked.page)), (row) => answerOf(row, now)), 200);
    })
    .openapi(one(access), async (c) => {
      const found = await available(lookAtLicence(parts.office, c.req.valid("param").operator));
      if (!found) throw new ProblemError("not-found");
      return c.json(lookOf(found, parts.clock()), 200);
    })
    .openapi(issuing(access), async (c) => {
      const { operator } = c.req.valid("param");
      const request = c.req.valid("json");
      const command = { id: commandIdOf(c.var.actor.id, "issue-licence", c.req.valid("header")), fingerprint: fingerprintOf(operator, request) };
      const done = await available(issueLicence(parts, c.var.actor, { ...request, operator, expiresAt: Date.parse(request.expiresAt) }, command));
      return done.ok ? c.json(await written(operator), 201) : refuse(done);
    })
    .openapi(acting(access), async (c) => {
      const { operator } = c.req.valid("param");
      const { expiresAt, conditions, requiredKinds, ...act } = c.req.valid("json");
      const asked = { ...act, ...(expiresAt && { expiresAt: Date.parse(expiresAt) }), ...(conditions && { conditions }), ...(requiredKinds && { requiredKinds }) };
      const done = await available(actOnLicence(parts, c.var.actor, operator, asked));
      return done.ok ? c.json(await written(operator), 200) : refuse(done);
    });
}
