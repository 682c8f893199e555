import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, pageAnswer, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { type CanaryParts, putCanary, retireCanary, valueOf } from "./canaries.ts";
import { AlarmAnswer, AlarmFilters, CanaryAnswer, CanaryRequest } from "./schema.ts";
import { alarmsBy, BY_AGE, BY_TIME, canariesPage, type StoredAlarm, type StoredCanary } from "./store.ts";

export interface CanaryRouteParts extends AccessParts {
  canaries: CanaryParts;
}

const listed = listing({ name: "canaries", filters: {}, orders: BY_AGE, usual: "-createdAt" });
const alarmed = listing({ name: "canary-alarms", filters: AlarmFilters, orders: BY_TIME, usual: "-at" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });

const put = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "canaries:write"),
    method: "post",
    path: "/v1/canaries",
    summary: "Put out an identifier that belongs to nobody",
    description: "Whoever turns it into a token gets none, is quarantined and raises an alarm.",
    request: { headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: CanaryRequest } } } },
    responses: { 201: json(CanaryAnswer, "The canary"), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "conflict") },
  });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "canaries:read"),
    method: "get",
    path: "/v1/canaries",
    summary: "Identifiers that belong to nobody",
    request: { query: listed.parameters },
    responses: { 200: json(pageAnswer(CanaryAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const retire = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "canaries:write"),
    method: "delete",
    path: "/v1/canaries/{canaryId}",
    summary: "Take a canary in",
    description: "From then on it raises no alarm. It stays on the list, because alarms name it.",
    request: { params: z.object({ canaryId: z.uuid() }) },
    responses: { 204: { description: "Retired" }, ...problems(...ACCESS_PROBLEMS, "field-invalid", "not-found", "conflict") },
  });

const alarms = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "canaries:read"),
    method: "get",
    path: "/v1/canary-alarms",
    summary: "Operators that came with an identifier that belongs to nobody",
    request: { query: alarmed.parameters },
    responses: { 200: json(pageAnswer(AlarmAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

export const canaryRoutes = ({ canaries, ...access }: CanaryRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(put(access), async (c) => {
      const asked = c.req.valid("json");
      const command = { id: commandIdOf(c.var.actor.id, "put-canary", c.req.valid("header")), fingerprint: fingerprintOf(asked) };
      const done = await available(putCanary(canaries, c.var.actor, command, asked));
      return done.ok ? c.json(answerOf(canaries.envelope)(done.canary), 201) : refuse(done);
    })
    .openapi(list(access), async (c) => {
      const asked = listed.read(c.req.valid("query"));
      return c.json(writeList(asked, await available(canariesPage(canaries.office, asked.page)), answerOf(canaries.envelope)), 200);
    })
    .openapi(retire(access), async (c) => {
      const done = await available(retireCanary(canaries, c.var.actor, c.req.valid("param").canaryId));
      if (done.ok) return c.body(null, 204);
      if (done.refusal === "unknown") throw new ProblemError("not-found");
      return refuseCommit({ refusal: done.refusal });
    })
    .openapi(alarms(access), async (c) => {
      const asked = alarmed.read(c.req.valid("query"));
      return c.json(writeList(asked, await available(alarmsBy(canaries.office, asked.filters, asked.page)), alarmOf), 200);
    });

type Refused = Extract<Awaited<ReturnType<typeof putCanary>>, { ok: false }>;

function refuse({ refusal }: Refused): never {
  if (refusal === "identifier-taken") throw new ProblemError("conflict", { detail: "It is somebody's, or another canary." });
  if (refusal === "conflict" || refusal === "duplicate" || refusal === "command-reused") return refuseCommit({ refusal });
  throw new ProblemError("field-invalid", { errors: [{ pointer: "/value", detail: "cannot be an identifier of this type" }] });
}

const iso = (at: number): string => new Date(at).toISOString();

const answerOf = (envelope: Envelope) => (row: StoredCanary) => ({
  id: row.id, type: row.kind, value: valueOf(envelope, row), note: row.note, excluded: row.excluded, createdAt: iso(row.createdAt), createdBy: row.createdBy,
  retiredAt: row.retiredAt === null ? null : iso(row.retiredAt),
});

const alarmOf = ({ at, ...alarm }: StoredAlarm) => ({ ...alarm, at: iso(at) });
