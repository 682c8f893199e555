import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../../api/kit.ts";
import { ETAG, etagOf, IfMatchHeaders, versionIn } from "../../../../api/preconditions.ts";
import { available, ProblemError } from "../../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../../api/problem-responses.ts";
import type { OperatorDirectoryApi } from "../../rpc.ts";
import type { EndpointsApi } from "../rpc.ts";
import { attemptAnswer, deliveriesAnswer, refuseEndpoint, webhookAnswer } from "./answers.ts";
import {
  AttemptAnswer, DeliveriesAnswer, DeliveriesQuery, OperatorPath, ReplayRequest, SecretAnswer, SecretRequest, Webhook, WebhookChange, WebhookPath, WebhookRequest, WebhooksAnswer,
} from "./schema.ts";

export interface WebhookRouteParts extends AccessParts {
  directory: Pick<OperatorDirectoryApi, "operatorNames">;
  feed: (operator: string) => EndpointsApi;
}

const ALL = "/v1/operators/{operator}/webhooks";
const ONE = `${ALL}/{webhook}` as const;
const json = <Schema>(schema: Schema) => ({ "application/json": { schema } });
const body = <Schema>(schema: Schema) => ({ required: true, content: json(schema) });
const WRITING = [...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict"] as const;

const routes = (access: AccessParts) => ({
  list: createRoute({
    ...allowing(access, "webhooks:read"), method: "get", path: ALL, summary: "Where an operator is told of events, and how that goes",
    request: { params: OperatorPath },
    responses: { 200: { description: "The webhooks", content: json(WebhooksAnswer) }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found") },
  }),
  register: createRoute({
    ...allowing(access, "webhooks:write"), method: "post", path: ALL, summary: "Register a webhook",
    description: "The address is sent a challenge, {\"type\":\"nser.challenge\",\"data\":{\"challenge\":\"…\"}}, and has to answer 200 with {\"challenge\":\"…\"} within five seconds. Events that come from then on are delivered there.",
    request: { params: OperatorPath, headers: IdempotencyHeaders, body: body(WebhookRequest) },
    responses: { 201: { description: "The webhook, and its secret", content: json(SecretAnswer) }, ...problems(...WRITING, ...IDEMPOTENCY) },
  }),
  change: createRoute({
    ...allowing(access, "webhooks:write"), method: "patch", path: ONE, summary: "Change, disable or enable a webhook",
    description: "Another address has to answer a challenge first.",
    request: { params: WebhookPath, headers: IfMatchHeaders, body: body(WebhookChange) },
    responses: { 200: { description: "The webhook as it is now", headers: ETAG, content: json(Webhook) }, ...problems(...WRITING, "precondition-required") },
  }),
  remove: createRoute({
    ...allowing(access, "webhooks:write"), method: "delete", path: ONE, summary: "Delete a webhook",
    request: { params: WebhookPath },
    responses: { 204: { description: "Deleted, with its log" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found") },
  }),
  rotate: createRoute({
    ...allowing(access, "webhooks:write"), method: "post", path: `${ONE}/secrets`, summary: "Give a webhook another secret",
    description: "For a while messages carry two signatures, so that nothing is refused while the secret is replaced.",
    request: { params: WebhookPath, headers: IdempotencyHeaders, body: body(SecretRequest) },
    responses: { 201: { description: "The webhook, and its new secret", content: json(SecretAnswer) }, ...problems(...WRITING, ...IDEMPOTENCY) },
  }),
  test: createRoute({
    ...allowing(access, "webhooks:write"), method: "post", path: `${ONE}/tests`, summary: "Send a webhook a message that tells of nothing",
    request: { params: WebhookPath },
    responses: { 200: { description: "How it went", content: json(AttemptAnswer) }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found") },
  }),
  replay: createRoute({
    ...allowing(access, "webhooks:write"), method: "post", path: `${ONE}/replays`, summary: "Send events again, from a number on",
    request: { params: WebhookPath, body: body(ReplayRequest) },
    responses: { 202: { description: "They are on their way", content: json(Webhook) }, ...problems(...WRITING) },
  }),
  deliveries: createRoute({
    ...allowing(access, "webhooks:read"), method: "get", path: `${ONE}/deliveries`, summary: "What was sent to a webhook, and what became of it",
    request: { params: WebhookPath, query: DeliveriesQuery },
    responses: { 200: { description: "Attempts, newest first", content: json(DeliveriesAnswer) }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found") },
  }),
});

export function webhookRoutes({ directory, feed, ...access }: WebhookRouteParts): OpenAPIHono<ApiEnv> {
  const route = routes(access);
  /** The feed of an operator that is there: another would be made by being asked. */
  const of = async (operator: string): Promise<EndpointsApi> => {
    const names = await available(directory.operatorNames([operator]));
    if (!Object.hasOwn(names, operator)) throw new ProblemError("not-found");
    return feed(operator);
  };
  return createRouter()
    .openapi(route.list, async (c) => {
      const endpoints = await available((await of(c.req.valid("param").operator)).endpoints());
      return c.json({ webhooks: endpoints.map(webhookAnswer) }, 200);
    })
    .openapi(route.register, async (c) => {
      const [{ operator }, { url, description = url }] = [c.req.valid("param"), c.req.valid("json")];
      const command = { commandId: commandIdOf(c.var.actor.id, "register-webhook", c.req.valid("header")), fingerprint: fingerprintOf(operator, url, description) };
      const answer = await available((await of(operator)).registerEndpoint({ ...command, url, description: description.slice(0, 200), actor: c.var.actor }));
      return answer.ok ? c.json({ webhook: webhookAnswer(answer.endpoint), secret: answer.secret }, 201) : refuseEndpoint(answer);
    })
    .openapi(route.change, async (c) => {
      const { operator, webhook: endpoint } = c.req.valid("param");
      const version = versionIn(c.req.valid("header"));
      const answer = await available((await of(operator)).changeEndpoint({ ...c.req.valid("json"), endpoint, version, actor: c.var.actor }));
      if (!answer.ok) return refuseEndpoint(answer);
      return c.json(webhookAnswer(answer.endpoint), 200, { etag: etagOf(answer.endpoint.version) });
    })
    .openapi(route.remove, async (c) => {
      const { operator, webhook: endpoint } = c.req.valid("param");
      const answer = await available((await of(operator)).removeEndpoint({ endpoint, actor: c.var.actor }));
      return answer.ok ? c.body(null, 204) : refuseEndpoint(answer);
    })
    .openapi(route.rotate, async (c) => {
      const [{ operator, webhook: endpoint }, { overlapHours }] = [c.req.valid("param"), c.req.valid("json")];
      const command = { commandId: commandIdOf(c.var.actor.id, "rotate-webhook-secret", c.req.valid("header")), fingerprint: fingerprintOf(operator, endpoint, overlapHours) };
      const answer = await available((await of(operator)).rotateSecret({ ...command, endpoint, overlapHours, actor: c.var.actor }));
      return answer.ok ? c.json({ webhook: webhookAnswer(answer.endpoint), secret: answer.secret }, 201) : refuseEndpoint(answer);
    })
    .openapi(route.test, async (c) => {
      const { operator, webhook } = c.req.valid("param");
      const answer = await available((await of(operator)).testEndpoint({ endpoint: webhook, actor: c.var.actor }));
      return answer.ok ? c.json(attemptAnswer(answer.attempt), 200) : refuseEndpoint(answer);
    })
    .openapi(route.replay, async (c) => {
      const [{ operator, webhook: endpoint }, { from }] = [c.req.valid("param"), c.req.valid("json")];
      const answer = await available((await of(operator)).replay({ endpoint, from, actor: c.var.actor }));
      return answer.ok ? c.json(webhookAnswer(answer.endpoint), 202) : refuseEndpoint(answer);
    })
    .openapi(route.deliveries, async (c) => {
      const [{ operator, webhook }, { before, limit }] = [c.req.valid("param"), c.req.valid("query")];
      const rows = await available((await of(operator)).deliveries(webhook, before, limit));
      if (!rows) throw new ProblemError("not-found");
      return c.json(deliveriesAnswer(rows, limit), 200);
    });
}
