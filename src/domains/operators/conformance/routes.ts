import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, pageAnswer, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { formatVerifierKey } from "../../../tlog/verifier-key.ts";
import { beginRun } from "./begin.ts";
import { carryRun } from "./carry.ts";
import type { ConformanceParts } from "./parts.ts";
import { ConformanceKey, RunAnswer, RunRequest, RunWithResults } from "./schema.ts";
import { BY_TIME, resultsOf, runById, runsOf, type StoredRun } from "./store.ts";

export interface ConformanceRouteParts extends AccessParts {
  conformance: ConformanceParts;
}

const runs = listing({ name: "conformance-runs", filters: {}, orders: BY_TIME, usual: "-createdAt" });
const OperatorPath = z.object({ operator: z.string() });
const RunPath = OperatorPath.extend({ runId: z.uuid() });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });

const begin = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "conformance:run"),
    method: "post",
    path: "/v1/operators/{operator}/conformance-runs",
    summary: "Try an operator's integration, and record it",
    description: "The adapter is asked every scenario of the conformance kit, in random order, signed as webhooks are. It goes on after the answer: at most 10 minutes.",
    request: { params: OperatorPath, headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: RunRequest } } } },
    responses: { 202: json(RunAnswer, "Begun"), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "conflict") },
  });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "conformance:read"),
    method: "get",
    path: "/v1/operators/{operator}/conformance-runs",
    summary: "An operator's recorded runs of the conformance kit",
    request: { params: OperatorPath, query: runs.parameters },
    responses: { 200: json(pageAnswer(RunAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const one = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "conformance:read"),
    method: "get",
    path: "/v1/operators/{operator}/conformance-runs/{runId}",
    summary: "One run, and what came of each scenario",
    request: { params: RunPath },
    responses: { 200: json(RunWithResults, "The run"), ...problems("not-found", "field-invalid", ...ACCESS_PROBLEMS) },
  });

const certificate = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "conformance:read"),
    method: "get",
    path: "/v1/operators/{operator}/conformance-runs/{runId}/certificate",
    summary: "The certificate of a run that was passed",
    description: "A signed note (C2SP signed-note, Ed25519), which `npm run verify:certificate` verifies offline.",
    request: { params: RunPath },
    responses: { 200: { description: "The certificate", content: { "text/plain": { schema: z.string() } } }, ...problems("not-found", "field-invalid", ...ACCESS_PROBLEMS) },
  });

const key = createRoute({
  method: "get",
  path: "/v1/conformance/key",
  summary: "What certificates of the conformance kit are verified by",
  responses: { 200: json(ConformanceKey, "The key"), ...problems() },
});

const iso = (at: number): string => new Date(at).toISOString();

const answerOf = ({ id, address, state, kit, hash, createdAt, createdBy, endedAt, testChecks }: StoredRun) =>
  ({ id, address, state, kit, hash, begunAt: iso(createdAt), begunBy: createdBy, endedAt: endedAt === null ? null : iso(endedAt), testChecks });

export const conformanceRoutes = ({ conformance, ...access }: ConformanceRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(begin(access), async (c) => {
      const asked = { ...c.req.valid("json"), ...c.req.valid("param") };
      const command = { id: commandIdOf(c.var.actor.id, "begin-conformance-run", c.req.valid("header")), fingerprint: fingerprintOf(asked) };
      const begun = await available(beginRun(conformance, c.var.actor, command, asked));
      if (!begun.ok) return refuse(begun);
      conformance.afterwards(carryRun(conformance, begun.run.id).catch(conformance.report));
      return c.json(answerOf(begun.run), 202);
    })
    .openapi(list(access), async (c) => {
      const { operator } = c.req.valid("param");
      const asked = runs.read(c.req.valid("query"), operator);
      return c.json(writeList(asked, await available(runsOf(conformance.office, operator, asked.page)), answerOf), 200);
    })
    .openapi(one(access), async (c) => {
      const run = await ownRun(conformance, c.req.valid("param"));
      const results = await available(resultsOf(conformance.office, run.id));
      return c.json({ ...answerOf(run), results: results.map(({ scenario, came, passed, at }) => ({ scenario, came, passed, at: at === null ? null : iso(at) })) }, 200);
    })
    .openapi(certificate(access), async (c) => {
      const { certificate: note } = await ownRun(conformance, c.req.valid("param"));
      if (note === null) throw new ProblemError("not-found");
      return c.text(note, 200);
    })
    .openapi(key, async (c) => c.json({ key: formatVerifierKey((await conformance.signer()).key) }, 200));

/** Another operator's run is nobody's. */
async function ownRun({ office }: ConformanceParts, { operator, runId }: { operator: string; runId: string }): Promise<StoredRun> {
  const run = await available(runById(office, runId));
  if (run?.operator !== operator) throw new ProblemError("not-found");
  return run;
}

function refuse(refused: Extract<Awaited<ReturnType<typeof beginRun>>, { ok: false }>): never {
  if (refused.refusal === "address") throw new ProblemError("field-invalid", { errors: [{ pointer: "/address", detail: refused.detail }] });
  if (refused.refusal === "duplicate") throw new ProblemError("conflict", { detail: "A run of this operator is under way: wait until it is over." });
  return refuseCommit({ refusal: refused.refusal });
}
