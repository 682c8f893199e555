import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { holderOf } from "../../../api/authentication.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, bodyAtMost, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { originOf } from "../../../api/request-origin.ts";
import { bootstrap, type BootstrapParts } from "./bootstrap.ts";
import { AccountAnswer, BootstrapAnswer, BootstrapRequest } from "./schema.ts";

export interface AccessRouteParts extends AccessParts, BootstrapParts {
  bootstrapSecret: string;
}

const first = (secret: string) =>
  createRoute({
    method: "post",
    path: "/v1/bootstrap",
    summary: "Make the first administrator",
    description: "By the deployment's one-time secret, which is good for nothing afterwards.",
    security: [{ bootstrapSecret: [] }],
    middleware: [holderOf(secret), bodyAtMost()] as const,
    request: { headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: BootstrapRequest } } } },
    responses: {
      201: { description: "The administrator, and a token", content: { "application/json": { schema: BootstrapAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, "unauthenticated", "conflict", "unavailable"),
    },
  });

const account = (parts: AccessParts) =>
  createRoute({
    method: "get",
    path: "/v1/account",
    summary: "Who the token's holder is, and what they may do",
    ...allowing(parts, "account:read"),
    responses: { 200: { description: "The account", content: { "application/json": { schema: AccountAnswer } } }, ...problems(...ACCESS_PROBLEMS) },
  });

export const accessRoutes = ({ bootstrapSecret, ...parts }: AccessRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(first(bootstrapSecret), async (c) => {
      const profile = c.req.valid("json");
      const command = { id: commandIdOf("bootstrap", "bootstrap", c.req.valid("header")), fingerprint: fingerprintOf(profile) };
      const actor = { kind: "bootstrap" as const, id: "bootstrap", origin: originOf(c.req.raw) };
      const answer = await available(bootstrap(parts, actor, profile, command));
      if (!answer.ok) return refuseCommit(answer);
      const { userId, token, expiresAt } = answer;
      return c.json({ userId, token, expiresAt: new Date(expiresAt).toISOString() }, 201);
    })
    .openapi(account(parts), (c) => {
      const { userId, assignments } = c.var.principal;
      return c.json({ userId, roles: [...assignments] }, 200);
    });
