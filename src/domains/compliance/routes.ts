import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../api/listing.ts";
import { available } from "../../api/problem.ts";
import { problems } from "../../api/problem-responses.ts";
import type { Office } from "../../office/database.ts";
import { EntriesAnswer, EntryFilters } from "./schema.ts";
import { BY_TIME, listEntries, type StoredEntry } from "./store.ts";

export interface AuditRouteParts extends AccessParts {
  office: Office;
}

const entries = listing({ name: "audit", filters: EntryFilters, orders: BY_TIME, usual: "-at" });

const read = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "audit:read"),
    method: "get",
    path: "/v1/audit",
    summary: "What the office did",
    description: "An entry is written with what it tells of, or neither is; none is ever changed.",
    request: { query: entries.parameters },
    responses: {
      200: { description: "A page of entries", content: { "application/json": { schema: EntriesAnswer } } },
      ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS),
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
    const asked = entries.read(c.req.valid("query"));
    return c.json(writeList(asked, await available(listEntries(office, asked.filters, asked.page)), answerOf), 200);
  });
