import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { etag } from "hono/etag";
import { type ApiEnv, createRouter } from "../../api/kit.ts";
import { problems } from "../../api/problem-responses.ts";
import { SETS } from "./sets.ts";
import { NAMES, SetAnswer } from "./schema.ts";

const AN_HOUR = "public, max-age=3600";

const read = createRoute({
  method: "get",
  path: "/v1/reference/{set}",
  summary: "Choices, countries, currencies and counties, as the register knows them",
  middleware: [etag()] as const,
  request: { params: z.object({ set: z.enum(NAMES) }) },
  responses: { 200: { description: "The set", content: { "application/json": { schema: SetAnswer } } }, 304: { description: "As it was" }, ...problems("field-invalid") },
});

/** Open to everybody, and the same for everybody. */
export const referenceRoutes = (): OpenAPIHono<ApiEnv> =>
  createRouter().openapi(read, (c) => c.json(SETS[c.req.valid("param").set], 200, { "cache-control": AN_HOUR }));
