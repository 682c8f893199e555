import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { operatorOnly } from "../../api/authentication.ts";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../api/idempotency.ts";
import { type ApiEnv, bodyAtMost, createRouter, KILOBYTE } from "../../api/kit.ts";
import { available, ProblemError } from "../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../api/problem-responses.ts";
import { refuse } from "../../api/refusals.ts";
import { IDENTIFIER_REFUSALS } from "../../bst/canonical.ts";
import type { OperatorDirectoryApi } from "../operators/rpc.ts";
import { type IssueParts, issueTokens } from "./issue.ts";
import { retireToken } from "./retire.ts";
import { EpochAnswer, RetirementRequest, RotationRequest, TokensAnswer, TokensRequest } from "./schema.ts";

export interface TokenRouteParts extends IssueParts, AccessParts {
  directory: Pick<OperatorDirectoryApi, "keyHolder" | "rotateEpoch" | "epochsOf" | "retireToken">;
}

const issue = (directory: TokenRouteParts["directory"]) =>
  createRoute({
    method: "post",
    path: "/v1/tokens",
    summary: "Turn customers' identifiers into tokens of your own",
    description: "All or nothing. An identifier gives the same token as long as your epoch lasts, and is not kept.",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "tokens"), bodyAtMost(1024 * KILOBYTE)] as const,
    request: { body: { required: true, content: { "application/json": { schema: TokensRequest } } } },
    responses: {
      200: { description: "The tokens", content: { "application/json": { schema: TokensAnswer } } },
      ...problems(...BODY_PROBLEMS, "unauthenticated", "forbidden", "unavailable"),
    },
  });

const OperatorPath = z.object({ operator: z.string() });

const rotate = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operators:write"),
    method: "post",
    path: "/v1/operators/{operator}/epochs",
    summary: "Move an operator's tokens to a new epoch",
    description: "The tokens of the epoch before are read until its grace is over; checks answer with the token to keep instead.",
    request: {
      params: OperatorPath,
      headers: IdempotencyHeaders,
      body: { required: false, content: { "application/json": { schema: RotationRequest } } },
    },
    responses: {
      201: { description: "The new epoch", content: { "application/json": { schema: EpochAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found", "conflict"),
    },
  });

const retire = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "tokens:retire"),
    method: "post",
    path: "/v1/operators/{operator}/tokens/retirements",
    summary: "Retire one token",
    description: "It and every older token of the same person are not answered for any more, unless the person is excluded.",
    request: { params: OperatorPath, body: { required: true, content: { "application/json": { schema: RetirementRequest } } } },
    responses: {
      204: { description: "Retired" },
      ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "token-invalid", "token-retired", "conflict"),
    },
  });

export const tokenRoutes = (parts: TokenRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(issue(parts.directory), async (c) => {
      const answer = await available(issueTokens(parts, c.var.holder, c.req.valid("json").identifiers));
      if (!answer.ok) {
        throw new ProblemError("field-invalid", {
          errors: answer.refused.map(({ at, refusal }) => ({ pointer: `/identifiers/${at}/value`, detail: IDENTIFIER_REFUSALS[refusal] })),
        });
      }
      return c.json({ tokens: answer.tokens }, 200);
    })
    .openapi(rotate(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const { pairKeyId } = c.req.valid("json");
      if (pairKeyId !== undefined && !parts.keyring.pairKeyIds.includes(pairKeyId)) {
        throw new ProblemError("field-invalid", { errors: [{ pointer: "/pairKeyId", detail: "is no key of this deployment" }] });
      }
      const commandId = commandIdOf(c.var.actor.id, "rotate-epoch", c.req.valid("header"));
      const fingerprint = fingerprintOf(operator, pairKeyId ?? null);
      const answer = await available(parts.directory.rotateEpoch({ commandId, fingerprint, operator, pairKeyId, actor: c.var.actor }));
      if (!answer.ok) return refuse(answer);
      const { epoch, rootEpoch, state, pairKeyId: sealedWith } = answer.epoch;
      return c.json({ epoch, pairKeyId: sealedWith, rootEpoch, state }, 201);
    })
    .openapi(retire(parts), async (c) => {
      const answer = await available(retireToken(parts, c.var.actor, c.req.valid("param").operator, c.req.valid("json").token));
      if (answer.ok) return c.body(null, 204);
      const { refusal } = answer;
      if (refusal === "token-invalid" || refusal === "token-retired") {
        throw new ProblemError(refusal, { errors: [{ pointer: "/token", detail: "is no token of this operator's that could be retired" }] });
      }
      return refuse({ refusal });
    });
