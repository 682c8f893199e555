import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { operatorOnly } from "../../../api/authentication.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, bodyAtMost, createRouter, KILOBYTE } from "../../../api/kit.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { originOf } from "../../../api/request-origin.ts";
import type { Actor, RequestOrigin } from "../../../kernel/actor.ts";
import type { KeyHolder, OperatorDirectoryApi } from "../rpc.ts";
import { AcknowledgedAnswer, AcknowledgementsRequest } from "./schema.ts";
import { takeAcknowledgements, type TakeParts } from "./take.ts";

export interface AcknowledgementRouteParts extends TakeParts {
  directory: TakeParts["directory"] & Pick<OperatorDirectoryApi, "keyHolder">;
}

const say = (directory: AcknowledgementRouteParts["directory"]) =>
  createRoute({
    method: "post",
    path: "/v1/acknowledgements",
    summary: "Say what you did about the events you were told of",
    description: [
      "That you received an event says nothing of what you did. All of a request is taken, or nothing, and each part that cannot be is named: with handledThrough you say that",
      "whoever you do not acknowledge is no customer, which a part that were left out would make untrue. Said again it changes nothing; of each state the earliest time stands.",
    ].join(" "),
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "events", "answered"), bodyAtMost(512 * KILOBYTE)] as const,
    request: { headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: AcknowledgementsRequest } } } },
    responses: {
      200: { description: "What was taken", content: { "application/json": { schema: AcknowledgedAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, "unauthenticated", "forbidden", "unavailable", "token-invalid"),
    },
  });

/** As the audit names an operator that asks with a key. */
const actorOf = ({ key, operator }: KeyHolder, origin: RequestOrigin): Actor => ({ kind: "operator", id: operator.id, origin: { ...origin, agent: `key/${key.id}` } });

export const acknowledgementRoutes = (parts: AcknowledgementRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter().openapi(say(parts.directory), async (c) => {
    const [said, { key, operator }] = [c.req.valid("json"), c.var.holder];
    const command = { id: commandIdOf(operator.id, "acknowledge", c.req.valid("header")), fingerprint: fingerprintOf(said) };
    const sayer = { operator: operator.id, mode: key.mode, actor: actorOf(c.var.holder, originOf(c.req.raw, c.var.requestId)), command };
    const answer = await available(takeAcknowledgements(parts, sayer, said));
    if (answer.ok) return c.json({ ...answer.taken, notExcluded: answer.taken.notExcluded.map((place) => `/acknowledgements/${place}`) }, 200);
    if (answer.refusal === "command-reused") throw new ProblemError("idempotency-key-reused");
    throw new ProblemError(answer.refusal, { errors: answer.errors });
  });
