import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { operatorOnly } from "../../../api/authentication.ts";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import type { Office } from "../../../office/database.ts";
import type { OperatorDirectoryApi } from "../../operators/rpc.ts";
import { TOKEN_ACTS, type TokenAct } from "../guard-rpc.ts";
import type { TokenDay, TokenGuardApi } from "../guard/rpc.ts";
import { AllTokenStatisticsAnswer, TokenStatisticsAnswer, TokenStatisticsQuery } from "./schema.ts";
import { operatorIds } from "./store.ts";

export interface TokenStatisticsRouteParts extends AccessParts {
  directory: Pick<OperatorDirectoryApi, "keyHolder">;
  office: Office;
  tokenDays: (operator: string) => Pick<TokenGuardApi, "tokenDays">;
}

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const OperatorPath = z.object({ operator: z.string().regex(/^[a-z0-9]{4,32}$/) });

const ofOne = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "usage:read"),
    method: "get",
    path: "/v1/operators/{operator}/tokens/statistics",
    summary: "What became of an operator's tokens, day by day",
    request: { params: OperatorPath, query: TokenStatisticsQuery },
    responses: { 200: json(TokenStatisticsAnswer, "The days"), ...problems("field-invalid", ...ACCESS_PROBLEMS) },
  });

const ofOneself = ({ directory }: TokenStatisticsRouteParts) =>
  createRoute({
    method: "get",
    path: "/v1/tokens/statistics",
    summary: "What became of your tokens, day by day",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "tokens")] as const,
    request: { query: TokenStatisticsQuery },
    responses: { 200: json(TokenStatisticsAnswer, "The days"), ...problems("field-invalid", "unauthenticated", "forbidden", "unavailable") },
  });

const ofAll = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "usage:read"),
    method: "get",
    path: "/v1/statistics/tokens",
    summary: "What became of every operator's tokens, day by day",
    request: { query: TokenStatisticsQuery },
    responses: { 200: json(AllTokenStatisticsAnswer, "Each operator's days"), ...problems("field-invalid", ...ACCESS_PROBLEMS) },
  });

const dayOf = ({ date, acts }: TokenDay) => ({ date, acts: Object.fromEntries(TOKEN_ACTS.map((act) => [act, acts[act] ?? null])) as Record<TokenAct, number | null> });

export const tokenStatisticsRoutes = ({ tokenDays, office, ...parts }: TokenStatisticsRouteParts): OpenAPIHono<ApiEnv> => {
  const daysOf = async (operator: string, { from, to }: { from: string; to: string }) =>
    ({ operator, days: (await available(tokenDays(operator).tokenDays(from, to))).map(dayOf) });
  return createRouter()
    .openapi(ofOne(parts), async (c) => c.json(await daysOf(c.req.valid("param").operator, c.req.valid("query")), 200))
    .openapi(ofOneself({ tokenDays, office, ...parts }), async (c) => c.json(await daysOf(c.var.holder.operator.id, c.req.valid("query")), 200))
    .openapi(ofAll(parts), async (c) => {
      const ids = await available(operatorIds(office));
      return c.json({ operators: await Promise.all(ids.map((id) => daysOf(id, c.req.valid("query")))) }, 200);
    });
};
