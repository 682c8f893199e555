import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { operatorOnly } from "../../../api/authentication.ts";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, bodyAtMost, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, pageAnswer, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { originOf } from "../../../api/request-origin.ts";
import type { OperatorDirectoryApi } from "../../operators/rpc.ts";
import { appeal, ownQuarantine } from "./appeal.ts";
import { decideQuarantine, quarantineByHand } from "./decide.ts";
import type { QuarantineParts } from "./parts.ts";
import type { QuarantineRefusal } from "./rules.ts";
import { AppealRequest, OwnQuarantineAnswer, QuarantineAnswer, QuarantineDecisionRequest, QuarantineFilters, QuarantineRequest } from "./schema.ts";
import { BY_SINCE, quarantinesBy, type StoredQuarantine } from "./store.ts";

export interface QuarantineRouteParts extends AccessParts {
  directory: Pick<OperatorDirectoryApi, "keyHolder" | "operatorNames">;
  /** `afterwards` outlives the answer. */
  quarantines: (afterwards: (work: Promise<unknown>) => void) => QuarantineParts;
}

const tokenQuarantines = listing({ name: "token-quarantines", filters: QuarantineFilters, orders: BY_SINCE, usual: "-since" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });
const QuarantinePath = z.object({ quarantineId: z.uuid() });

const own = ({ directory }: QuarantineRouteParts) =>
  createRoute({
    method: "get",
    path: "/v1/tokens/quarantine",
    summary: "The quarantine you are in, and why",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "tokens")] as const,
    responses: { 200: json(OwnQuarantineAnswer, "The quarantine"), ...problems("unauthenticated", "forbidden", "unavailable") },
  });

const appealing = ({ directory }: QuarantineRouteParts) =>
  createRoute({
    method: "post",
    path: "/v1/tokens/quarantine/appeal",
    summary: "Appeal the quarantine you are in",
    description: "Once. An officer lifts the quarantine or upholds it, with a reason.",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "tokens"), bodyAtMost()] as const,
    request: { body: body(AppealRequest) },
    responses: { 200: json(OwnQuarantineAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, "unauthenticated", "forbidden", "unavailable", "not-found", "conflict") },
  });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "token-quarantines:read"),
    method: "get",
    path: "/v1/token-quarantines",
    summary: "Operators that get no tokens, and those that got none before",
    request: { query: tokenQuarantines.parameters },
    responses: { 200: json(pageAnswer(QuarantineAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const byHand = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "token-quarantines:decide"),
    method: "post",
    path: "/v1/token-quarantines",
    summary: "Quarantine an operator",
    description: "From its next request on it gets no tokens; checks go on. One that is in quarantine stays in that.",
    request: { headers: IdempotencyHeaders, body: body(QuarantineRequest) },
    responses: { 201: json(QuarantineAnswer, "The quarantine"), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found") },
  });

const decision = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "token-quarantines:decide"),
    method: "post",
    path: "/v1/token-quarantines/{quarantineId}/decision",
    summary: "Lift a quarantine, or uphold it against its appeal",
    request: { params: QuarantinePath, body: body(QuarantineDecisionRequest) },
    responses: { 200: json(QuarantineAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

export const quarantineRoutes = ({ quarantines, ...parts }: QuarantineRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(own({ quarantines, ...parts }), async (c) => {
      const found = await available(ownQuarantine(quarantines(nothing), c.var.holder.operator.id));
      return c.json({ quarantine: found && ownOf(found) }, 200);
    })
    .openapi(appealing({ quarantines, ...parts }), async (c) => {
      const { key, operator } = c.var.holder;
      const actor = { kind: "operator" as const, id: key.id, origin: originOf(c.req.raw, c.var.requestId) };
      const done = await available(appeal(quarantines(nothing), actor, operator.id, c.req.valid("json").statement));
      return done.ok ? c.json({ quarantine: ownOf(done.quarantine) }, 200) : refuse(done);
    })
    .openapi(list(parts), async (c) => {
      const asked = tokenQuarantines.read(c.req.valid("query"));
      const page = await available(quarantinesBy(quarantines(nothing).office, asked.filters.state, asked.page));
      return c.json(writeList(asked, page, answerOf), 200);
    })
    .openapi(byHand(parts), async (c) => {
      const order = c.req.valid("json");
      const known = await available(parts.directory.operatorNames([order.operator]));
      if (!(order.operator in known)) throw new ProblemError("not-found");
      const command = { id: commandIdOf(c.var.actor.id, `quarantine ${order.operator}`, c.req.valid("header")), fingerprint: fingerprintOf(order) };
      const done = await available(quarantineByHand(quarantines(nothing), c.var.actor, command, order));
      return done.ok ? c.json(answerOf(done.quarantine), 201) : refuseCommit(done);
    })
    .openapi(decision(parts), async (c) => {
      const carried = quarantines((work) => c.executionCtx.waitUntil(work));
      const done = await available(decideQuarantine(carried, c.var.actor, c.req.valid("param").quarantineId, c.req.valid("json")));
      return done.ok ? c.json(answerOf(done.quarantine), 200) : refuse(done);
    });

/** Nothing is left to do after these. */
const nothing = (): void => undefined;

const DETAILS: Record<QuarantineRefusal["refusal"], string> = {
  "appealed-already": "It was appealed already.",
  "lifted-already": "It is lifted.",
  "nothing-to-uphold": "Nobody appealed it: it holds.",
};

type Refused = Extract<Awaited<ReturnType<typeof decideQuarantine>>, { ok: false }>;

function refuse(refused: Refused): never {
  if (refused.refusal === "unknown") throw new ProblemError("not-found");
  if (refused.refusal in DETAILS) throw new ProblemError("conflict", { detail: DETAILS[refused.refusal as QuarantineRefusal["refusal"]] });
  return refuseCommit(refused as Parameters<typeof refuseCommit>[0]);
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const ownOf = ({ id, state, rule, reason, evidence, since, statement, appealedAt, decision, decidedAt }: StoredQuarantine) =>
  ({ id, state, rule, reason, evidence, since: iso(since)!, statement, appealedAt: iso(appealedAt), decision, decidedAt: iso(decidedAt) });

const answerOf = (row: StoredQuarantine) => ({ ...ownOf(row), operator: row.operator, decidedBy: row.decidedBy, version: row.version });
