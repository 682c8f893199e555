import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { holderOf } from "../../../api/authentication.ts";
import { type ApiEnv, bodyAtMost, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import type { RecoveryApi } from "./rpc.ts";
import { RecoveryAnswer, StepRequest } from "./schema.ts";

export interface RecoveryRouteParts {
  recovery: RecoveryApi;
  /** A secret of its own: the office may be gone too when it is needed. */
  restoreToken: string;
}

const security = [{ restoreToken: [] }];
const answer = { 200: { description: "How it stands", content: { "application/json": { schema: RecoveryAnswer } } } };

const look = (restoreToken: string) =>
  createRoute({
    method: "get",
    path: "/v1/recovery",
    summary: "Whether the register is in order, and whether all of it has left for the recovery bucket",
    security,
    middleware: [holderOf("restore-token", restoreToken)] as const,
    responses: { ...answer, ...problems("unauthenticated", "unavailable") },
  });

const step = (restoreToken: string) =>
  createRoute({
    method: "post",
    path: "/v1/recovery/steps",
    summary: "Begin restoring the register, or go on with it",
    description: "Does some seconds' worth, and nothing to a register that is in order. Repeat until `state` is `in-order`.",
    security,
    middleware: [holderOf("restore-token", restoreToken), bodyAtMost()] as const,
    request: { body: { required: true, content: { "application/json": { schema: StepRequest } } } },
    responses: { ...answer, ...problems(...BODY_PROBLEMS, "unauthenticated", "unavailable") },
  });

export const recoveryRoutes = ({ recovery, restoreToken }: RecoveryRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(look(restoreToken), async (c) => c.json(await available(recovery.recovery()), 200))
    .openapi(step(restoreToken), async (c) => c.json(await available(recovery.restoreStep(c.req.valid("json"))), 200));
