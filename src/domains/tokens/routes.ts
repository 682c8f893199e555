import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { operatorOnly } from "../../api/authentication.ts";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../api/idempotency.ts";
import { type ApiEnv, bodyAtMost, createRouter, KILOBYTE } from "../../api/kit.ts";
import { available, ProblemError } from "../../api/problem.ts";
import { demandHeld } from "../../api/pair-keys.ts";
import { BODY_PROBLEMS, problems } from "../../api/problem-responses.ts";
import { refuse } from "../../api/refusals.ts";
import { IDENTIFIER_REFUSALS } from "../../bst/canonical.ts";
import type { OperatorDirectoryApi } from "../operators/rpc.ts";
import { guardProblem } from "./guard/refusals.ts";
import { type IssueParts, issueTokens } from "./issue.ts";
import { issueTestTokens, type TestRefusal } from "./sandbox/issue.ts";
import { EpochAnswer, RotationRequest, TokensAnswer, TokensRequest } from "./schema.ts";

export interface TokenRouteParts extends IssueParts, AccessParts {
  directory: Pick<OperatorDirectoryApi, "keyHolder" | "rotateEpoch">;
}

const issue = (directory: TokenRouteParts["directory"]) =>
  createRoute({
    method: "post",
    path: "/v1/tokens",
    summary: "Turn customers' identifiers into tokens of your own",
    description:
      "All or nothing, within the quota of the day. An identifier gives the same token as long as your epoch lasts, and is not kept. " +
      "Under a test key the identifiers are test persons', and what they give are test tokens, which a live key cannot read.",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "tokens", "answered"), bodyAtMost(1024 * KILOBYTE)] as const,
    request: { body: { required: true, content: { "application/json": { schema: TokensRequest } } } },
    responses: {
      200: { description: "The tokens", content: { "application/json": { schema: TokensAnswer } } },
      ...problems(...BODY_PROBLEMS, "unauthenticated", "forbidden", "unavailable", "quota-exhausted", "quarantined", "not-a-test-person"),
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

const SAID: Record<TestRefusal, string> = { ...IDENTIFIER_REFUSALS, "not-a-test-person": "is no test person's" };

/** What cannot be read is told first: it may have been meant as a test person's. */
function refusedIdentifiers(refused: readonly { at: number; refusal: TestRefusal }[]): ProblemError {
  const errors = refused.map(({ at, refusal }) => ({ pointer: `/identifiers/${at}/value`, detail: SAID[refusal] }));
  const strange = refused.every(({ refusal }) => refusal === "not-a-test-person");
  return new ProblemError(strange ? "not-a-test-person" : "field-invalid", { errors });
}

export const tokenRoutes = (parts: TokenRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(issue(parts.directory), async (c) => {
      const { holder } = c.var;
      const { identifiers } = c.req.valid("json");
      const isTest = holder.key.mode === "test";
      const answer = isTest ? await available(issueTestTokens(parts.keyring, holder.epoch, identifiers)) : await available(issueTokens(parts, holder, identifiers));
      if (answer.ok) return c.json({ tokens: answer.tokens }, 200);
      if ("refusal" in answer) throw guardProblem(answer, parts.clock());
      throw refusedIdentifiers(answer.refused);
    })
    .openapi(rotate(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const { pairKeyId, reason } = c.req.valid("json");
      if (pairKeyId !== undefined) demandHeld(parts.keyring, pairKeyId);
      const commandId = commandIdOf(c.var.actor.id, "rotate-epoch", c.req.valid("header"));
      const fingerprint = fingerprintOf(operator, pairKeyId ?? null, ...(reason === undefined ? [] : [reason]));
      const answer = await available(parts.directory.rotateEpoch({ commandId, fingerprint, operator, pairKeyId, ...(reason && { reason }), actor: c.var.actor }));
      if (!answer.ok) return refuse(answer);
      const { epoch, rootEpoch, state, pairKeyId: sealedWith } = answer.epoch;
      return c.json({ epoch, pairKeyId: sealedWith, rootEpoch, state }, 201);
    });
