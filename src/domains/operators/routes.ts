import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { adminOnly } from "../../api/authentication.ts";
import { commandIdOf, fingerprintOf, IdempotencyHeaders } from "../../api/idempotency.ts";
import { type ApiEnv, bodyAtMost, createRouter } from "../../api/kit.ts";
import { available, ProblemError } from "../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../api/problem-responses.ts";
import type { ProblemCode } from "../../kernel/problem.ts";
import { issueKey, type KeyParts } from "./keys.ts";
import type { DirectoryRefusal, Operator, OperatorDirectoryApi } from "./rpc.ts";
import { EnrolRequest, KeyAnswer, OperatorAnswer } from "./schema.ts";

export interface OperatorRouteParts extends KeyParts {
  directory: OperatorDirectoryApi;
  adminToken: string;
}

const PROBLEM_OF: Record<DirectoryRefusal["refusal"], ProblemCode> = {
  "command-reused": "idempotency-key-reused",
  "operator-unknown": "not-found",
  "key-unknown": "not-found",
};

function refuse({ refusal }: DirectoryRefusal): never {
  throw new ProblemError(PROBLEM_OF[refusal]);
}

const security = [{ adminToken: [] }];
const IDEMPOTENCY = ["idempotency-key-missing", "idempotency-key-reused"] as const;
const OperatorPath = z.object({ operator: z.string() });

const enrol = (adminToken: string) =>
  createRoute({
    method: "post",
    path: "/v1/operators",
    summary: "Enrol an operator",
    security,
    middleware: [adminOnly(adminToken), bodyAtMost()] as const,
    request: {
      headers: IdempotencyHeaders,
      body: { required: true, content: { "application/json": { schema: EnrolRequest } } },
    },
    responses: {
      201: { description: "The operator", content: { "application/json": { schema: OperatorAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, "unauthenticated", "unavailable"),
    },
  });

const addKey = (adminToken: string) =>
  createRoute({
    method: "post",
    path: "/v1/operators/{operator}/keys",
    summary: "Give an operator a key",
    security,
    middleware: [adminOnly(adminToken), bodyAtMost()] as const,
    request: { params: OperatorPath, headers: IdempotencyHeaders },
    responses: {
      201: { description: "The key", content: { "application/json": { schema: KeyAnswer } } },
      ...problems(...IDEMPOTENCY, "unauthenticated", "not-found", "unavailable"),
    },
  });

const revokeKey = (adminToken: string) =>
  createRoute({
    method: "delete",
    path: "/v1/operators/{operator}/keys/{keyId}",
    summary: "Revoke a key",
    description: "Refused at the edge as soon as the change log has told it, within the bound of staleness.",
    security,
    middleware: [adminOnly(adminToken)] as const,
    request: { params: OperatorPath.extend({ keyId: z.string() }) },
    responses: { 204: { description: "Revoked" }, ...problems("unauthenticated", "not-found", "unavailable") },
  });

/** The one administrator there is so far, as a caller whose commands are kept apart from others'. */
const ADMIN = "admin";

const answerOf = ({ id, name, state, requiredKinds }: Operator) => ({ id, name, state, requiredKinds });

export const operatorRoutes = ({ adminToken, ...parts }: OperatorRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(enrol(adminToken), async (c) => {
      const request = c.req.valid("json");
      const commandId = commandIdOf(ADMIN, "enrol-operator", c.req.valid("header"));
      const answer = await available(
        parts.directory.enrolOperator({ ...request, commandId, fingerprint: fingerprintOf(request) }),
      );
      return answer.ok ? c.json(answerOf(answer.operator), 201) : refuse(answer);
    })
    .openapi(addKey(adminToken), async (c) => {
      const { operator } = c.req.valid("param");
      const commandId = commandIdOf(ADMIN, "issue-key", c.req.valid("header"));
      const answer = await available(issueKey(parts, { commandId, operator, fingerprint: fingerprintOf(operator) }));
      return answer.ok ? c.json({ keyId: answer.keyId, key: answer.key }, 201) : refuse(answer);
    })
    .openapi(revokeKey(adminToken), async (c) => {
      const answer = await available(parts.directory.revokeKey(c.req.valid("param")));
      return answer.ok ? c.body(null, 204) : refuse(answer);
    });
