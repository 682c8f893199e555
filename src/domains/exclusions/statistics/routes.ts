import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import type { Office } from "../../../office/database.ts";
import { textOf } from "../office/answers.ts";
import { DEFINITIONS, METHOD } from "./definitions.ts";
import { type Detailed, readDetailed } from "./detailed.ts";
import { rangeOf } from "./period.ts";
import type { Published } from "./publish.ts";
import { readPublished } from "./published.ts";
import { DetailedAnswer, DetailedQuery, PublishedAnswer, PublishedQuery } from "./schema.ts";

export interface StatisticsRouteParts extends AccessParts {
  office: Office;
}

const AN_HOUR = "public, max-age=3600";

const published = createRoute({
  method: "get",
  path: "/v1/statistics/exclusions",
  summary: "Exclusions month by month, for everybody",
  description: `Counted from what the register did. ${METHOD}`,
  request: { query: PublishedQuery },
  responses: { 200: { description: "The months", content: { "application/json": { schema: PublishedAnswer } } }, ...problems("field-invalid", "unavailable") },
});

const detailed = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "statistics:read"),
    method: "get",
    path: "/v1/statistics/exclusions/detailed",
    summary: "Exclusions day by day, exactly",
    description: "Not for publication: small numbers may tell of single persons.",
    request: { query: DetailedQuery },
    responses: { 200: { description: "The days", content: { "application/json": { schema: DetailedAnswer } } }, ...problems("field-invalid", ...ACCESS_PROBLEMS) },
  });

const publishedOf = ({ asOf, months, propagation }: Published) => ({
  asOf: textOf(asOf), method: METHOD, definitions: DEFINITIONS, months,
  propagation: propagation.map(({ hour, ...measured }) => ({ ...measured, hour: textOf(hour) })),
});

const detailedOf = ({ asOf, lastRun, ...figures }: Detailed) => ({
  asOf: textOf(asOf), definitions: DEFINITIONS, ...figures,
  lastRun: lastRun && { startedAt: textOf(lastRun.startedAt), finishedAt: textOf(lastRun.finishedAt), processed: lastRun.processed, failed: lastRun.failed },
});

export const statisticsRoutes = ({ office, ...access }: StatisticsRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(published, async (c) => {
      const range = rangeOf("months", c.req.valid("query"), access.clock());
      const figures = await available(readPublished(office, range, access.clock()));
      return c.json(publishedOf(figures), 200, { "cache-control": AN_HOUR });
    })
    .openapi(detailed(access), async (c) => {
      const { by, figure, ...asked } = c.req.valid("query");
      const range = rangeOf("days", asked, access.clock());
      return c.json(detailedOf(await available(readDetailed(office, range, { by, figure }, access.clock()))), 200);
    });
