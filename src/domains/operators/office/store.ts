import { desc, eq, inArray, ne } from "drizzle-orm";
import { asInserted } from "../../../office/columns.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import { bothWays, type PageQuery, partOf } from "../../../office/page.ts";
import { operatorChanges, operatorKeys, operators } from "./tables.ts";

export type ListedOperatorRow = typeof operators.$inferSelect;
export type ListedKeyRow = typeof operatorKeys.$inferSelect;
export type OperatorChangeRow = typeof operatorChanges.$inferSelect;

export const putOperators = (database: OfficeDatabase, rows: ListedOperatorRow[]) =>
  database.insert(operators).values(rows).onConflictDoUpdate({ target: operators.id, set: asInserted(operators) });

export const putKeys = (database: OfficeDatabase, rows: ListedKeyRow[]) =>
  database.insert(operatorKeys).values(rows).onConflictDoUpdate({ target: operatorKeys.id, set: asInserted(operatorKeys) });

export const putChanges = (database: OfficeDatabase, rows: OperatorChangeRow[]) =>
  database.insert(operatorChanges).values(rows).onConflictDoUpdate({ target: operatorChanges.id, set: asInserted(operatorChanges) });

/** Takes out what the newest generation does not have. */
export const dropOlder = (database: OfficeDatabase, generation: number) =>
  [operatorChanges, operatorKeys, operators].map((table) => database.delete(table).where(ne(table.generation, generation)));

export const BY_NAME = bothWays("name", operators.name, operators.id);

export const operatorsPage = (database: OfficeDatabase, state: ListedOperatorRow["state"] | undefined, page: PageQuery) => {
  const { where, orderBy, limit } = partOf(page, state && eq(operators.state, state));
  return database.select().from(operators).where(where).orderBy(...orderBy).limit(limit);
};

export const operatorById = (database: OfficeDatabase, id: string) => database.select().from(operators).where(eq(operators.id, id));

/** Those of these ids that are known, in no order. */
export const operatorsByIds = (database: OfficeDatabase, ids: readonly string[]) => database.select().from(operators).where(inArray(operators.id, [...ids]));

export const BY_ISSUE = bothWays("issuedAt", operatorKeys.issuedAt, operatorKeys.id);

export const keysPage = (database: OfficeDatabase, operator: string, state: ListedKeyRow["state"] | undefined, page: PageQuery) => {
  const { where, orderBy, limit } = partOf(page, eq(operatorKeys.operator, operator), state && eq(operatorKeys.state, state));
  return database.select().from(operatorKeys).where(where).orderBy(...orderBy).limit(limit);
};

/** Newest first. */
export const lastChanges = (database: OfficeDatabase, operator: string, limit: number) =>
  database.select().from(operatorChanges).where(eq(operatorChanges.operator, operator)).orderBy(desc(operatorChanges.position)).limit(limit);
