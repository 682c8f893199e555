import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../api/kit.ts";
import { available } from "../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../api/problem-responses.ts";
import { refuse } from "../../api/refusals.ts";
import { HOUR } from "../../kernel/clock.ts";
import { issueKey, type KeyParts, rotateKey } from "./keys.ts";
import type { Operator, OperatorDirectoryApi } from "./rpc.ts";
import { CustomersRequest, EnrolRequest, KeyAnswer, type KeyLimits, keyRequest, KeyRotationAnswer, KeyRotationRequest, OperatorAnswer } from "./schema.ts";

export interface OperatorRouteParts extends KeyParts, AccessParts {
  directory: OperatorDirectoryApi;
  keyLimits: KeyLimits;
}

const OperatorPath = z.object({ operator: z.string() });
const KeyPath = OperatorPath.extend({ keyId: z.string() });

const enrol = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operators:write"),
    method: "post",
    path: "/v1/operators",
    summary: "Enrol an operator",
    request: {
      headers: IdempotencyHeaders,
      body: { required: true, content: { "application/json": { schema: EnrolRequest } } },
    },
    responses: {
      201: { description: "The operator", content: { "application/json": { schema: OperatorAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS),
    },
  });

const addKey = (access: AccessParts, keyLimits: KeyLimits) =>
  createRoute({
    ...allowing(access, "keys:write"),
    method: "post",
    path: "/v1/operators/{operator}/keys",
    summary: "Give an operator a key",
    description: "What is left out of the body, or all of it, is as usual.",
    request: {
      params: OperatorPath,
      headers: IdempotencyHeaders,
      body: { required: false, content: { "application/json": { schema: keyRequest(keyLimits) } } },
    },
    responses: {
      201: { description: "The key", content: { "application/json": { schema: KeyAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found"),
    },
  });

const rotate = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "keys:write"),
    method: "post",
    path: "/v1/operators/{operator}/keys/{keyId}/rotations",
    summary: "Give an operator a key in the place of another",
    description: "Both hold until the overlap is over, so that no check fails while programs change over.",
    request: {
      params: KeyPath,
      headers: IdempotencyHeaders,
      body: { required: true, content: { "application/json": { schema: KeyRotationRequest } } },
    },
    responses: {
      201: { description: "The new key", content: { "application/json": { schema: KeyRotationAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found", "conflict"),
    },
  });

const customers = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operators:write"),
    method: "put",
    path: "/v1/operators/{operator}/customers",
    summary: "Say how many customers an operator has",
    description: "Its daily quota of tokens follows from it, from the next request on.",
    request: { params: OperatorPath, body: { required: true, content: { "application/json": { schema: CustomersRequest } } } },
    responses: {
      200: { description: "As it stands now", content: { "application/json": { schema: CustomersRequest } } },
      ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found"),
    },
  });

const revokeKey = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "keys:write"),
    method: "delete",
    path: "/v1/operators/{operator}/keys/{keyId}",
    summary: "Revoke a key",
    description: "Refused at the edge as soon as the change log has told it, within the bound of staleness.",
    request: { params: KeyPath },
    responses: { 204: { description: "Revoked" }, ...problems(...ACCESS_PROBLEMS, "not-found") },
  });

const answerOf = ({ id, name, state, requiredKinds }: Operator) => ({ id, name, state, requiredKinds });

export const operatorRoutes = ({ keyLimits, ...parts }: OperatorRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(enrol(parts), async (c) => {
      const request = c.req.valid("json");
      const commandId = commandIdOf(c.var.actor.id, "enrol-operator", c.req.valid("header"));
      const answer = await available(
        parts.directory.enrolOperator({ ...request, commandId, fingerprint: fingerprintOf(request), actor: c.var.actor }),
      );
      return answer.ok ? c.json(answerOf(answer.operator), 201) : refuse(answer);
    })
    .openapi(customers(parts), async (c) => {
      const { declaredCustomers } = c.req.valid("json");
      const answer = await available(parts.directory.declareCustomers({ ...c.req.valid("param"), declaredCustomers, actor: c.var.actor }));
      return answer.ok ? c.json({ declaredCustomers }, 200) : refuse(answer);
    })
    .openapi(addKey(parts, keyLimits), async (c) => {
      const { operator } = c.req.valid("param");
      const commandId = commandIdOf(c.var.actor.id, "issue-key", c.req.valid("header"));
      // A body that was left out comes as {} without the defaults.
      const request = keyRequest(keyLimits).parse(c.req.valid("json"));
      const { mode, name, ...asked } = request;
      const terms = { ...asked, expiresAt: asked.expiresAt === null ? null : Date.parse(asked.expiresAt) };
      // A request that says neither is what it was before it could.
      const fingerprint = fingerprintOf(operator, asked, ...(mode === "live" && name === null ? [] : [mode, name]));
      const answer = await available(issueKey(parts, { commandId, operator, fingerprint, terms, mode, name, actor: c.var.actor }));
      if (!answer.ok) return refuse(answer);
      const { keyId, publicId, key } = answer;
      return c.json({ ...request, keyId, publicId, key }, 201);
    })
    .openapi(rotate(parts), async (c) => {
      const { operator, keyId } = c.req.valid("param");
      const request = c.req.valid("json");
      const commandId = commandIdOf(c.var.actor.id, "rotate-key", c.req.valid("header"));
      const expiresAt = request.expiresAt && Date.parse(request.expiresAt);
      const fingerprint = fingerprintOf(operator, keyId, request);
      const command = { commandId, operator, keyId, fingerprint, overlapMs: request.overlapHours * HOUR, expiresAt, actor: c.var.actor };
      const answer = await available(rotateKey(parts, command as Parameters<typeof rotateKey>[1]));
      if (!answer.ok) return refuse(answer);
      return c.json({ keyId: answer.keyId, publicId: answer.publicId, key: answer.key }, 201);
    })
    .openapi(revokeKey(parts), async (c) => {
      const answer = await available(parts.directory.revokeKey({ ...c.req.valid("param"), actor: c.var.actor }));
      return answer.ok ? c.body(null, 204) : refuse(answer);
    });
