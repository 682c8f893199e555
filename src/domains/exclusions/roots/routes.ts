import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import type { ProblemCode } from "../../../kernel/problem.ts";
import type { RootRefusal, RootRotation, RootsApi } from "./rpc.ts";
import { RotationBegun, RotationsAnswer } from "./schema.ts";

export interface RootRouteParts extends AccessParts {
  roots: RootsApi;
}

const PROBLEM_OF: Record<RootRefusal["refusal"], [ProblemCode, detail?: string]> = {
  "command-reused": ["idempotency-key-reused"],
  "no-newer-root": ["conflict", "The tokenizer holds no newer root key: give it one first."],
  "rotation-on": ["conflict", "A rotation is on."],
  "older-epochs": ["conflict", "Tokens of a root before the current one are still read: wait until their grace is over."],
};

const look = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "roots:rotate"),
    method: "get",
    path: "/v1/roots",
    summary: "Every rotation of the root, and how far it is",
    responses: {
      200: { description: "How they stand", content: { "application/json": { schema: RotationsAnswer } } },
      ...problems(...ACCESS_PROBLEMS),
    },
  });

const begin = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "roots:rotate"),
    method: "post",
    path: "/v1/roots/rotations",
    summary: "Move everybody to the newest root key",
    description: "The tokenizer holds it before. No check is wrong meanwhile; operators' tokens move on, and those of before are read until their grace is over.",
    request: { headers: IdempotencyHeaders },
    responses: {
      202: { description: "It has begun", content: { "application/json": { schema: RotationBegun } } },
      ...problems(...IDEMPOTENCY, ...ACCESS_PROBLEMS, "conflict"),
    },
  });

const textOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const answerOf = ({ begunAt, overlappingAt, retiringAt, doneAt, ...rest }: RootRotation) =>
  ({ ...rest, begunAt: textOf(begunAt)!, overlappingAt: textOf(overlappingAt), retiringAt: textOf(retiringAt), doneAt: textOf(doneAt) });

export const rootRoutes = ({ roots, ...parts }: RootRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(look(parts), async (c) => c.json({ rotations: (await available(roots.rotations())).map(answerOf) }, 200))
    .openapi(begin(parts), async (c) => {
      const commandId = commandIdOf(c.var.actor.id, "rotate-root", c.req.valid("header"));
      const begun = await available(roots.rotateRoot({ commandId, fingerprint: fingerprintOf(), actor: c.var.actor }));
      if (begun.ok) return c.json({ from: begun.from, to: begun.to }, 202);
      const [code, detail] = PROBLEM_OF[begun.refusal];
      throw new ProblemError(code, detail === undefined ? {} : { detail });
    });
