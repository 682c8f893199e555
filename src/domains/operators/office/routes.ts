import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { PageParameters, readPage, writePage } from "../../../api/paging.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import type { Office } from "../../../office/database.ts";
import { pageOf } from "../../../office/page.ts";
import { changeOf, readCopy, textOf } from "../../exclusions/office/index.ts";
import { KeysAnswer, OperatorsAnswer, OperatorWithChanges } from "./schema.ts";
import { keysPage, lastChanges, type ListedKeyRow, type ListedOperatorRow, operatorById, operatorsPage } from "./store.ts";

export interface ListedOperatorRouteParts extends AccessParts {
  office: Office;
}

const CHANGES = 200;
const BY_NAME = z.tuple([z.string(), z.string()]);
const BY_TIME = z.tuple([z.number(), z.string()]);
const OperatorPath = z.object({ operator: z.string() });

const list = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "operators:read"),
    method: "get",
    path: "/v1/operators",
    summary: "Every operator, by name",
    request: { query: PageParameters },
    responses: { 200: { description: "A page", content: { "application/json": { schema: OperatorsAnswer } } }, ...problems("field-invalid", ...ACCESS_PROBLEMS) },
  });

const one = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "operators:read"),
    method: "get",
    path: "/v1/operators/{operator}",
    summary: "One operator, and what happened to it",
    request: { params: OperatorPath },
    responses: {
      200: { description: "The operator", content: { "application/json": { schema: OperatorWithChanges } } },
      ...problems("not-found", ...ACCESS_PROBLEMS),
    },
  });

const keys = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "operators:read"),
    method: "get",
    path: "/v1/operators/{operator}/keys",
    summary: "An operator's keys, the newest first",
    request: { params: OperatorPath, query: PageParameters },
    responses: {
      200: { description: "A page", content: { "application/json": { schema: KeysAnswer } } },
      ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS),
    },
  });

const answerOf = ({ id, name, state, requiredKinds, enrolledAt }: ListedOperatorRow) => ({ id, name, state, requiredKinds, enrolledAt: textOf(enrolledAt) });

const keyOf = ({ id, state, scopes, networks, perSecond, perDay, expiresAt, issuedAt, revokedAt }: ListedKeyRow) => ({
  keyId: id, state, scopes, networks, perSecond, perDay, expiresAt: textOf(expiresAt), issuedAt: textOf(issuedAt), revokedAt: textOf(revokedAt),
});

export const listedOperatorRoutes = ({ office, ...access }: ListedOperatorRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(list(access), async (c) => {
      const page = readPage(c.req.valid("query"), BY_NAME);
      const { rows: [rows], asOf } = await available(readCopy(office, (database) => [operatorsPage(database, page)]));
      return c.json({ ...writePage(pageOf(rows, page, ({ name, id }) => [name, id]), answerOf), asOf: textOf(asOf) }, 200);
    })
    .openapi(one(access), async (c) => {
      const { operator } = c.req.valid("param");
      const { rows: [[row], changes], asOf } = await available(
        readCopy(office, (database) => [operatorById(database, operator), lastChanges(database, operator, CHANGES)]),
      );
      if (!row) throw new ProblemError("not-found");
      return c.json({ ...answerOf(row), changes: changes.map((change) => ({ ...changeOf(change), resource: change.resource })), asOf: textOf(asOf) }, 200);
    })
    .openapi(keys(access), async (c) => {
      const { operator } = c.req.valid("param");
      const page = readPage(c.req.valid("query"), BY_TIME);
      const { rows: [[row], rows], asOf } = await available(
        readCopy(office, (database) => [operatorById(database, operator), keysPage(database, operator, page)]),
      );
      if (!row) throw new ProblemError("not-found");
      return c.json({ ...writePage(pageOf(rows, page, ({ issuedAt, id }) => [issuedAt, id]), keyOf), asOf: textOf(asOf) }, 200);
    });
