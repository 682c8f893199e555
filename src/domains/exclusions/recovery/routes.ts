import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { adminOnly } from "../../../api/authentication.ts";
import { type ApiEnv, bodyAtMost, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import type { RecoveryApi } from "./rpc.ts";
import { RecoveryAnswer, StepRequest } from "./schema.ts";

export interface RecoveryRouteParts {
  recovery: RecoveryApi;
  adminToken: string;
}

const security = [{ adminToken: [] }];
const answer = { 200: { description: "How it stands", content: { "application/json": { schema: RecoveryAnswer } } } };

const look = (adminToken: string) =>
  createRoute({
    method: "get",
    path: "/v1/recovery",
    summary: "Whether the register is in order, and whether all of it has left for the recovery bucket",
    security,
    middleware: [adminOnly(adminToken)] as const,
    responses: { ...answer, ...problems("unauthenticated", "unavailable") },
  });

const step = (adminToken: string) =>
  createRoute({
    method: "post",
    path: "/v1/recovery/steps",
    summary: "Begin restoring the register, or go on with it",
    description: "Does some seconds' worth, and nothing to a register that is in order. Repeat until `state` is `in-order`.",
    security,
    middleware: [adminOnly(adminToken), bodyAtMost()] as const,
    request: { body: { required: true, content: { "application/json": { schema: StepRequest } } } },
    responses: { ...answer, ...problems(...BODY_PROBLEMS, "unauthenticated", "unavailable") },
  });

export const recoveryRoutes = ({ recovery, adminToken }: RecoveryRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(look(adminToken), async (c) => c.json(await available(recovery.recovery()), 200))
    .openapi(step(adminToken), async (c) => c.json(await available(recovery.restoreStep(c.req.valid("json"))), 200));
