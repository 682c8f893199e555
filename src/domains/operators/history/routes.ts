import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import type { Office } from "../../../office/database.ts";
import { allows } from "../../authentication/capabilities.ts";
import { HistoryAnswer, OperatorPath } from "./schema.ts";
import { BY_TIME, type Deed, historyOf } from "./store.ts";

export interface HistoryRouteParts extends AccessParts {
  office: Office;
}

const operatorHistory = listing({ name: "operator-history", filters: {}, orders: BY_TIME, usual: "-at" });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operators:read"),
    method: "get",
    path: "/v1/operators/{operator}/history",
    summary: "Everything done to an operator: its keys, tokens, licence and members",
    request: { params: OperatorPath, query: operatorHistory.parameters },
    responses: { 200: { description: "A page", content: { "application/json": { schema: HistoryAnswer } } }, ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

/** Which of the regulator's people it was is the regulator's to know. */
const answerOf = (isRegulators: boolean) => ({ id, at, action, resource, by, payload }: Deed) => ({
  id, at: new Date(at).toISOString(), action, resource,
  by: by && (isRegulators ? `${by.kind}:${by.id}` : by.kind),
  details: payload as Record<string, unknown>,
});

export const historyRoutes = ({ office, ...access }: HistoryRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter().openapi(list(access), async (c) => {
    const { operator } = c.req.valid("param");
    const asked = operatorHistory.read(c.req.valid("query"), operator);
    const page = await available(historyOf(office, operator, asked.page));
    return c.json(writeList(asked, page, answerOf(allows(c.var.principal, "operators:read", null))), 200);
  });
