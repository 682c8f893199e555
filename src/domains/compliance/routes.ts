import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../api/kit.ts";
import { readPage, writePage } from "../../api/paging.ts";
import { available } from "../../api/problem.ts";
import { problems } from "../../api/problem-responses.ts";
import type { Office } from "../../office/database.ts";
import { EntriesAnswer, EntriesCursor, EntriesQuery } from "./schema.ts";
import { listEntries, type StoredEntry } from "./store.ts";

export interface AuditRouteParts extends AccessParts {
  office: Office;
}

const read = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "audit:read"),
    method: "get",
    path: "/v1/audit",
    summary: "What the office did",
    description: "Newest first. An entry is written with what it tells of, or neither is; none is ever changed.",
    request: { query: EntriesQuery },
    responses: {
      200: { description: "A page of entries", content: { "application/json": { schema: EntriesAnswer } } },
      ...problems("field-invalid", ...ACCESS_PROBLEMS),
    },
  });

const answerOf = ({ id, at, action, resource, actorKind: kind, actorId, network, agent, country, county, commandId, payload }: StoredEntry) => ({
  id, at: new Date(at).toISOString(), action, resource,
  actor: { kind, id: actorId },
  origin: { network, agent, country, county },
  commandId,
  payload: JSON.parse(payload) as unknown,
});

export const auditRoutes = ({ office, ...access }: AuditRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter().openapi(read(access), async (c) => {
    const { limit, cursor, ...filter } = c.req.valid("query");
    const page = readPage({ limit, cursor }, EntriesCursor);
    return c.json(writePage(await available(listEntries(office, filter, page)), answerOf), 200);
  });
