import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, pageAnswer, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { type Decision, decide, readForOfficer } from "./decide.ts";
import type { RightsParts } from "./parts.ts";
import { isOverdue } from "./rules.ts";
import { DataRequestAnswer, DataRequestDetail, DecisionRequest, RequestFilters } from "./schema.ts";
import { BY_URGENCY, requestByReference, requestsBy, type StoredRequest } from "./store.ts";

export interface RightsRouteParts extends AccessParts {
  /** The office's half of requests; `afterwards` outlives the answer. */
  rights: (afterwards: (work: Promise<unknown>) => void) => RightsParts;
}

const RequestPath = z.object({ reference: z.string().max(40) });
const dataRequests = listing({ name: "data-requests", filters: RequestFilters, orders: BY_URGENCY, usual: "dueAt" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "data-requests:read", { reads: { action: "data-request.listed", resource: () => "data-requests" } }),
    method: "get",
    path: "/v1/data-requests",
    summary: "Requests of persons about their data",
    request: { query: dataRequests.parameters },
    responses: { 200: json(pageAnswer(DataRequestAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const look = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "data-requests:read", { reads: { action: "data-request.viewed", resource: (named) => `data-request/${readReference(REFERENCES.dataRequest, named("reference"))}` } }),
    method: "get",
    path: "/v1/data-requests/{reference}",
    summary: "One request, and what the person said in it",
    description: "Reading what was said is in the audit log.",
    request: { params: RequestPath },
    responses: { 200: json(DataRequestDetail, "The request"), ...problems(...ACCESS_PROBLEMS, "not-found", "field-invalid") },
  });

const decision = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "data-requests:decide"),
    method: "post",
    path: "/v1/data-requests/{reference}/decision",
    summary: "Take a request up, answer it or refuse it with lawful reasons",
    description: "An erasure is answered by carrying it out, which the register does by itself. The same decision again is a conflict.",
    request: { params: RequestPath, body: { required: true, content: { "application/json": { schema: DecisionRequest } } } },
    responses: { 200: json(DataRequestAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

export const rightsRoutes = ({ rights, ...parts }: RightsRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(list(parts), async (c) => {
      const asked = dataRequests.read(c.req.valid("query"));
      const { office, clock } = rights((work) => c.executionCtx.waitUntil(work));
      const found = await available(requestsBy(office, asked.filters, asked.page));
      return c.json(writeList(asked, found, (row) => answerOf(row, clock())), 200);
    })
    .openapi(look(parts), async (c) => {
      const own = rights((work) => c.executionCtx.waitUntil(work));
      const row = await available(requestByReference(own.office, referenceIn(c.req.valid("param"))));
      if (!row) throw new ProblemError("not-found");
      const statement = await available(readForOfficer(own, c.var.actor, row));
      return c.json({ ...answerOf(row, own.clock()), statement }, 200);
    })
    .openapi(decision(parts), async (c) => {
      const own = rights((work) => c.executionCtx.waitUntil(work));
      const done = await available(decide(own, c.var.actor, referenceIn(c.req.valid("param")), c.req.valid("json")));
      return done.ok ? c.json(answerOf(done.request, own.clock()), 200) : refuse(done.refusal);
    });

/** A text that can be no reference is one of nothing. */
function referenceIn({ reference }: z.infer<typeof RequestPath>): string {
  const read = readReference(REFERENCES.dataRequest, reference);
  if (read === null) throw new ProblemError("not-found");
  return read;
}

type DecideRefusal = Extract<Awaited<ReturnType<typeof decide>>, { ok: false }>["refusal"];

const IN_THE_BODY: Partial<Record<DecideRefusal, { pointer: keyof Decision; detail: string }>> = {
  "reason-missing": { pointer: "reasons", detail: "a refusal says why" },
  "reason-unlawful": { pointer: "reasons", detail: "is no lawful reason for this step and kind" },
};

const CONFLICTS: Partial<Record<DecideRefusal, string>> = {
  "decided-already": "It is decided already.",
  "taken-up-already": "It is in progress already.",
  "carried-out-by-the-register": "An erasure is answered by carrying it out, which the register does by itself.",
  "statutory-record": "An exclusion is a statutory record, of which operators are told: it is refused with a reason.",
};

function refuse(refusal: DecideRefusal): never {
  if (refusal === "request-unknown") throw new ProblemError("not-found");
  const field = IN_THE_BODY[refusal];
  if (field) throw new ProblemError("field-invalid", { errors: [{ ...field, pointer: `/${field.pointer}` }] });
  const detail = CONFLICTS[refusal];
  if (detail) throw new ProblemError("conflict", { detail });
  return refuseCommit({ refusal: refusal as Parameters<typeof refuseCommit>[0]["refusal"] });
}

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());

const answerOf = (row: StoredRequest, now: Instant) => ({
  reference: row.reference, kind: row.kind, subject: row.subject, state: row.state, reasons: row.reasons, receivedAt: iso(row.receivedAt)!,
  dueAt: iso(row.dueAt)!, decidedAt: iso(row.decidedAt), completeAt: iso(row.completeAt), overdue: isOverdue(row, now), version: row.version,
});
