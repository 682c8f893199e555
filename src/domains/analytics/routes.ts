import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../api/kit.ts";
import { available } from "../../api/problem.ts";
import { problems } from "../../api/problem-responses.ts";
import { PURPOSES } from "../../check/question.ts";
import type { UsagePeriod } from "./model.ts";
import type { UsageApi } from "./rpc.ts";
import { UsageAnswer, UsagePath, UsageQuery } from "./schema.ts";

export interface UsageRouteParts extends AccessParts {
  usage: (operator: string) => Pick<UsageApi, "usage">;
}

const read = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "usage:read"),
    method: "get",
    path: "/v1/operators/{operator}/usage",
    summary: "What an operator asked, as far as evidence came in",
    description: "Answers are counted where they are given and reach the register within seconds, as a rule. An operator nobody heard of has no data.",
    request: { params: UsagePath, query: UsageQuery },
    responses: {
      200: { description: "The usage", content: { "application/json": { schema: UsageAnswer } } },
      ...problems("field-invalid", ...ACCESS_PROBLEMS),
    },
  });

const answerOf = ({ from, purposes, stale, ...losses }: UsagePeriod) => ({
  from: new Date(from).toISOString(),
  purposes: Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, { clearAtLeast: purposes[purpose].clear, foundAtLeast: purposes[purpose].found }]),
  ) as Record<(typeof PURPOSES)[number], { clearAtLeast: number | null; foundAtLeast: number | null }>,
  ...losses,
  asked: stale?.asked ?? null,
  retiredTokens: stale?.retired ?? null,
});

export const usageRoutes = ({ usage, ...access }: UsageRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter().openapi(read(access), async (c) => {
    const { operator } = c.req.valid("param");
    const question = c.req.valid("query");
    const periods = await available(usage(operator).usage(question));
    return c.json({ operator, by: question.by, periods: periods.map(answerOf) }, 200);
  });
