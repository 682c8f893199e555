import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import { publicIdOf } from "../../../check/public-id.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { nairobiDay } from "../../../kernel/periods.ts";
import type { Office } from "../../../office/database.ts";
import { pageOf } from "../../../office/page.ts";
import type { UsageApi } from "../../analytics/rpc.ts";
import { changeOf, readCopy, textOf } from "../../exclusions/office/index.ts";
import { KeyFilters, KeysAnswer, OperatorFilters, OperatorsAnswer, OperatorWithChanges } from "./schema.ts";
import { BY_ISSUE, BY_NAME, keysPage, lastChanges, type ListedKeyRow, type ListedOperatorRow, operatorById, operatorsPage } from "./store.ts";

export interface ListedOperatorRouteParts extends AccessParts {
  office: Office;
  usage: (operator: string) => Pick<UsageApi, "keysUsed">;
}

const CHANGES = 200;
const OperatorPath = z.object({ operator: z.string() });

const operators = listing({ name: "operators", filters: OperatorFilters, orders: BY_NAME, usual: "name" });
const operatorKeys = listing({ name: "operator-keys", filters: KeyFilters, orders: BY_ISSUE, usual: "-issuedAt" });

const list = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "operators:read"),
    method: "get",
    path: "/v1/operators",
    summary: "Operators",
    request: { query: operators.parameters },
    responses: { 200: { description: "A page", content: { "application/json": { schema: OperatorsAnswer } } }, ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
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
    summary: "An operator's keys",
    request: { params: OperatorPath, query: operatorKeys.parameters },
    responses: {
      200: { description: "A page", content: { "application/json": { schema: KeysAnswer } } },
      ...problems(...LIST_PROBLEMS, "not-found", ...ACCESS_PROBLEMS),
    },
  });

const answerOf = ({ id, name, state, requiredKinds, declaredCustomers, enrolledAt }: ListedOperatorRow) =>
  ({ id, name, state, requiredKinds, declaredCustomers, enrolledAt: textOf(enrolledAt) });

const keyOf = (row: ListedKeyRow, lastUsed: Instant | undefined) => {
  const { id, mode, name, state, scopes, networks, perSecond, perDay, expiresAt, issuedAt, revokedAt } = row;
  const times = { expiresAt: textOf(expiresAt), issuedAt: textOf(issuedAt), revokedAt: textOf(revokedAt) };
  const lastUsedOn = lastUsed === undefined ? null : nairobiDay(lastUsed).date;
  return { keyId: id, publicId: publicIdOf(row), mode, name, state, scopes, networks, perSecond, perDay, ...times, lastUsedOn };
};

export const listedOperatorRoutes = ({ office, usage, ...access }: ListedOperatorRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(list(access), async (c) => {
      const asked = operators.read(c.req.valid("query"));
      const { rows: [rows], asOf } = await available(readCopy(office, (database) => [operatorsPage(database, asked.filters.state, asked.page)]));
      return c.json({ ...writeList(asked, pageOf(rows, asked.page), answerOf), asOf: textOf(asOf) }, 200);
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
      const asked = operatorKeys.read(c.req.valid("query"), operator);
      const { rows: [[row], rows], asOf } = await available(
        readCopy(office, (database) => [operatorById(database, operator), keysPage(database, operator, asked.filters.state, asked.page)]),
      );
      if (!row) throw new ProblemError("not-found");
      const used = await available(usage(operator).keysUsed());
      return c.json({ ...writeList(asked, pageOf(rows, asked.page), (key) => keyOf(key, used[key.id])), asOf: textOf(asOf) }, 200);
    });
