import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { KeysAnswer, StepAnswer } from "./schema.ts";
import { keysInUse, type RewrapParts, rewrapStep } from "./step.ts";

export interface RewrapRouteParts extends Omit<RewrapParts, "report">, AccessParts {
  /** Hears why a record's data key could not be re-wrapped. */
  reportRewrap: RewrapParts["report"];
}

const look = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "encryption-keys:read"),
    method: "get",
    path: "/v1/encryption-keys",
    summary: "Which key-encryption keys are needed, by how many records, and which can be retired",
    description: "As the last pass of re-wrapping found them.",
    responses: { 200: { description: "The keys", content: { "application/json": { schema: KeysAnswer } } }, ...problems(...ACCESS_PROBLEMS) },
  });

const step = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "encryption-keys:rewrap"),
    method: "post",
    path: "/v1/encryption-keys/rewrap",
    summary: "Re-wrap data keys under the current key-encryption key",
    description: "Takes the next step of a pass over all records, or begins one. Repeat until `next` is null; it may be stopped and repeated at any point.",
    responses: {
      200: { description: "What the step did", content: { "application/json": { schema: StepAnswer } } },
      ...problems(...ACCESS_PROBLEMS, "conflict"),
    },
  });

const written = (at: number): string => new Date(at).toISOString();

export const rewrapRoutes = ({ reportRewrap, ...parts }: RewrapRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(look(parts), async (c) => {
      const { pass, ...answer } = await available(keysInUse(parts));
      const told = pass && { keyId: pass.keyId, begunAt: written(pass.createdAt), finishedAt: pass.finishedAt === null ? null : written(pass.finishedAt) };
      return c.json({ ...answer, pass: told }, 200);
    })
    .openapi(step(parts), async (c) => {
      const answer = await available(rewrapStep({ ...parts, report: reportRewrap }, c.var.actor));
      if (!answer.ok) return refuseCommit(answer);
      const { ok: _, ...done } = answer;
      return c.json(done, 200);
    });
