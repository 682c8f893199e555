import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, pageAnswer, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { grantingRole } from "../../authentication/capabilities.ts";
import { decideLookup } from "./decide.ts";
import type { LookupParts } from "./parts.ts";
import { readLookup } from "./read.ts";
import { refuseLookup } from "./refusals.ts";
import { requestLookup } from "./request.ts";
import { DecisionRequest, LookupAnswer, LookupFilters, LookupRequest, ReadingAnswer, ReadingRequest, RequestedAnswer } from "./schema.ts";
import { BY_ASKING, lookupsBy, type StoredLookup } from "./store.ts";

export interface LookupRouteParts extends AccessParts {
  lookups: LookupParts;
}

const path = "/v1/token-lookups";
const LookupPath = z.object({ id: z.string().max(64) });
const lookups = listing({ name: "token-lookups", filters: LookupFilters, orders: BY_ASKING, usual: "-createdAt" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });

const request = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "token-lookups:request"),
    method: "post",
    path,
    summary: "Ask whose an operator's token is",
    description: "Nothing is answered before another officer approves. The token is not kept: whoever reads the answer brings it again. Ten a day.",
    request: { headers: IdempotencyHeaders, body: body(LookupRequest) },
    responses: {
      201: json(RequestedAnswer, "It waits for another officer"),
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "token-invalid", "token-retired", "rate-limited"),
    },
  });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "token-lookups:decide", { reads: { action: "token-lookup.listed", resource: () => "token-lookups" } }),
    method: "get",
    path,
    summary: "Who asked whose a token is, and what became of it",
    request: { query: lookups.parameters },
    responses: { 200: json(pageAnswer(LookupAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const decision = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "token-lookups:decide"),
    method: "post",
    path: `${path}/{id}/decision`,
    summary: "Approve a lookup or refuse it: another officer than who asked",
    description: "Once approved, who asked can read it for 24 hours.",
    request: { params: LookupPath, body: body(DecisionRequest) },
    responses: { 200: json(LookupAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const reading = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "token-lookups:request"),
    method: "post",
    path: `${path}/{id}/result`,
    summary: "Read whose the token is, once",
    description: "For who asked, with the same token. It leaves an entry in the audit log before anything is opened, and whoever it is proven to belong to is shown when it was, in which role and why.",
    request: { params: LookupPath, body: body(ReadingRequest) },
    responses: { 200: json(ReadingAnswer, "Where it excludes"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict", "token-invalid", "token-retired") },
  });

export const lookupRoutes = ({ lookups: parts, ...access }: LookupRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(request(access), async (c) => {
      const commandId = commandIdOf(c.var.actor.id, "token-lookup", c.req.valid("header"));
      const done = await available(requestLookup(parts, c.var.actor, commandId, c.req.valid("json")));
      return done.ok ? c.json({ id: done.id }, 201) : refuseLookup(done);
    })
    .openapi(list(access), async (c) => {
      const asked = lookups.read(c.req.valid("query"));
      return c.json(writeList(asked, await available(lookupsBy(parts.office, asked.filters, asked.page)), answerOf), 200);
    })
    .openapi(decision(access), async (c) => {
      const done = await available(decideLookup(parts, c.var.actor, idIn(c.req.valid("param")), c.req.valid("json")));
      return done.ok ? c.json(answerOf(done.lookup), 200) : refuseLookup(done);
    })
    .openapi(reading(access), async (c) => {
      const reader = { actor: c.var.actor, role: grantingRole(c.var.principal, "token-lookups:request", null)! };
      const done = await available(readLookup(parts, reader, idIn(c.req.valid("param")), c.req.valid("json").token));
      return done.ok ? c.json({ excluded: done.exclusions.length > 0, exclusions: done.exclusions }, 200) : refuseLookup(done);
    });

/** A text that can be no id is one of nothing. */
function idIn({ id }: z.infer<typeof LookupPath>): string {
  if (!isUuid(id)) throw new ProblemError("not-found");
  return id;
}

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());

const answerOf = ({ id, state, operator, reason, createdAt, createdBy, decidedAt, decidedBy, decisionReason, until, readAt, version }: StoredLookup) => ({
  id, state, operator, reason, requestedAt: iso(createdAt)!, requestedBy: createdBy, decidedAt: iso(decidedAt), decidedBy, decisionReason,
  until: iso(until)!, readAt: iso(readAt), version,
});
