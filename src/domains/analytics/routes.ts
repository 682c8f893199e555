import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../api/kit.ts";
import { available, ProblemError } from "../../api/problem.ts";
import { problems } from "../../api/problem-responses.ts";
import { wholeKey } from "../../check/directory.ts";
import { PURPOSES } from "../../check/question.ts";
import { nairobiDay } from "../../kernel/periods.ts";
import type { OperatorDirectoryApi } from "../operators/rpc.ts";
import type { KeyDay, UsagePeriod } from "./model.ts";
import type { UsageApi } from "./rpc.ts";
import { KeyUsageAnswer, KeyUsagePath, KeyUsageQuery, UsageAnswer, UsagePath, UsageQuery } from "./schema.ts";

export interface UsageRouteParts extends AccessParts {
  usage: (operator: string) => Pick<UsageApi, "usage" | "keyUsage" | "keysUsed">;
  directory: Pick<OperatorDirectoryApi, "findKey">;
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

const readKeys = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "usage:read"),
    method: "get",
    path: "/v1/operators/{operator}/keys/{keyId}/usage",
    summary: "What a key asked, as far as evidence came in",
    description: "By days in Nairobi. Checks under test keys are counted here, and nowhere else.",
    request: { params: KeyUsagePath, query: KeyUsageQuery },
    responses: {
      200: { description: "The usage", content: { "application/json": { schema: KeyUsageAnswer } } },
      ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS),
    },
  });

const written = (purposes: UsagePeriod["purposes"]) =>
  Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, { clearAtLeast: purposes[purpose].clear, foundAtLeast: purposes[purpose].found }]),
  ) as Record<(typeof PURPOSES)[number], { clearAtLeast: number | null; foundAtLeast: number | null }>;

const answerOf = ({ from, purposes, ...losses }: UsagePeriod) => ({ from: new Date(from).toISOString(), purposes: written(purposes), ...losses });

const dayOf = ({ from, checks, purposes }: KeyDay) => ({ day: nairobiDay(from).date, checksAtLeast: checks, purposes: written(purposes) });

export const usageRoutes = ({ usage, directory, ...access }: UsageRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(read(access), async (c) => {
      const { operator } = c.req.valid("param");
      const question = c.req.valid("query");
      const periods = await available(usage(operator).usage(question));
      return c.json({ operator, by: question.by, periods: periods.map(answerOf) }, 200);
    })
    .openapi(readKeys(access), async (c) => {
      const { operator, keyId } = c.req.valid("param");
      const key = await available(directory.findKey(operator, keyId));
      if (!key) throw new ProblemError("not-found");
      const [days, last] = await available(Promise.all([usage(operator).keyUsage({ keyId, ...c.req.valid("query") }), usage(operator).keysUsed()]));
      const lastUsedOn = last[keyId] === undefined ? null : nairobiDay(last[keyId]).date;
      return c.json({ keyId, publicId: wholeKey(key).publicId, lastUsedOn, days: days.map(dayOf) }, 200);
    });
