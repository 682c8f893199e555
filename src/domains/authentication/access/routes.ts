import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { ACCESS_PROBLEMS, type AccessEnv, type AccessParts, allowing } from "../../../api/authorization.ts";
import { holderOf } from "../../../api/authentication.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, bodyAtMost, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseAccess, refuseCommit } from "../../../api/refusals.ts";
import { originOf } from "../../../api/request-origin.ts";
import { bootstrap, type BootstrapParts, isOver } from "./bootstrap.ts";
import {
  AccountAnswer, BootstrapAnswer, BootstrapRequest, StaffPath, TokenAnswer, TokenPath, TokenRequest, TokensAnswer, UserPath,
} from "./schema.ts";
import { BY_CREATION, type TokenRow } from "./store.ts";
import { endToken, issueToken, listTokens, type TokensOf } from "./tokens.ts";

export interface AccessRouteParts extends AccessParts, BootstrapParts {
  bootstrapSecret: string;
}

/** Says the same to whatever comes with a secret that is used up. */
const unlessOver = (parts: BootstrapParts) =>
  createMiddleware(async (_, next) => {
    if (await available(isOver(parts))) refuseCommit({ refusal: "duplicate" });
    await next();
  });

const first = (secret: string, parts: BootstrapParts) =>
  createRoute({
    method: "post",
    path: "/v1/bootstrap",
    summary: "Make the first administrator",
    description: "By the deployment's one-time secret, which is good for nothing afterwards.",
    security: [{ bootstrapSecret: [] }],
    middleware: [holderOf("bootstrap-secret", secret), unlessOver(parts), bodyAtMost()] as const,
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

const OWN = { ofOneself: "account:tokens" } as const;
const TOKENS = "/v1/users/{userId}/access-tokens";

const issuing = {
  summary: "Make an access token",
  description: "Another's only by who may give everything its holder may do. An operator's people get theirs from its administrator.",
  request: { headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: TokenRequest } } } },
  responses: {
    201: { description: "The token", content: { "application/json": { schema: TokenAnswer } } },
    ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found", "conflict"),
  },
};

const issue = (parts: AccessParts) =>
  createRoute({ ...issuing, ...allowing(parts, "access-tokens:write", OWN), method: "post", path: TOKENS, request: { ...issuing.request, params: UserPath } });

const issueToStaff = (parts: AccessParts) =>
  createRoute({
    ...issuing, ...allowing(parts, "access-tokens:write"), method: "post", path: "/v1/operators/{operator}/users/{userId}/access-tokens",
    request: { ...issuing.request, params: StaffPath },
  });

const tokens = listing({ name: "access-tokens", filters: {}, orders: BY_CREATION, usual: "createdAt" });

const list = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "access-tokens:write", OWN),
    method: "get",
    path: TOKENS,
    summary: "List somebody's access tokens, without their texts",
    request: { params: UserPath, query: tokens.parameters },
    responses: {
      200: { description: "A page", content: { "application/json": { schema: TokensAnswer } } },
      ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS, "not-found"),
    },
  });

const revoke = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "access-tokens:write", OWN),
    method: "delete",
    path: `${TOKENS}/{tokenId}`,
    summary: "Revoke an access token",
    description: "It holds no longer when this answers.",
    request: { params: TokenPath },
    responses: { 204: { description: "Revoked" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const written = (at: number): string => new Date(at).toISOString();

const itemOf = ({ id, label, createdAt, expiresAt, revokedAt }: TokenRow) =>
  ({ id, label, createdAt: written(createdAt), expiresAt: written(expiresAt), revokedAt: revokedAt === null ? null : written(revokedAt) });

export function accessRoutes({ bootstrapSecret, ...parts }: AccessRouteParts): OpenAPIHono<ApiEnv> {
  const issued = async (by: AccessEnv["Variables"], whose: TokensOf, request: z.infer<typeof TokenRequest>, headers: z.infer<typeof IdempotencyHeaders>) => {
    const command = { id: commandIdOf(by.actor.id, "issue-token", headers), fingerprint: fingerprintOf(whose, request) };
    const expiresAt = Date.parse(request.expiresAt);
    const answer = await available(issueToken(parts, by, whose, { label: request.label, expiresAt }, command));
    return answer.ok ? { id: answer.tokenId, token: answer.token, expiresAt: written(expiresAt) } : refuseAccess(answer);
  };
  return createRouter()
    .openapi(first(bootstrapSecret, parts), async (c) => {
      const profile = c.req.valid("json");
      const command = { id: commandIdOf("bootstrap", "bootstrap", c.req.valid("header")), fingerprint: parts.accounts.fingerprint(profile) };
      const actor = { kind: "bootstrap" as const, id: "bootstrap", origin: originOf(c.req.raw, c.var.requestId) };
      const answer = await available(bootstrap(parts, actor, profile, command));
      if (!answer.ok) return refuseCommit(answer);
      const { userId, token, expiresAt, activation } = answer;
      return c.json({ userId, token, expiresAt: written(expiresAt), activation }, 201);
    })
    .openapi(account(parts), (c) => {
      const { userId, assignments } = c.var.principal;
      return c.json({ userId, roles: [...assignments] }, 200);
    })
    .openapi(issue(parts), async (c) =>
      c.json(await issued(c.var, { ...c.req.valid("param"), operator: null }, c.req.valid("json"), c.req.valid("header")), 201))
    .openapi(issueToStaff(parts), async (c) => c.json(await issued(c.var, c.req.valid("param"), c.req.valid("json"), c.req.valid("header")), 201))
    .openapi(list(parts), async (c) => {
      const { userId } = c.req.valid("param");
      const asked = tokens.read(c.req.valid("query"), userId);
      const answer = await available(listTokens(parts, c.var, { userId, operator: null }, asked.page));
      return answer.ok ? c.json(writeList(asked, answer.page, itemOf), 200) : refuseAccess(answer);
    })
    .openapi(revoke(parts), async (c) => {
      const { userId, tokenId } = c.req.valid("param");
      const answer = await available(endToken(parts, c.var, { userId, operator: null }, tokenId));
      return answer.ok ? c.body(null, 204) : refuseAccess(answer);
    });
}
