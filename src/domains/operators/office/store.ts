import { and, asc, desc, eq, ne } from "drizzle-orm";
import { asInserted } from "../../../office/columns.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import { beyond, type PageQuery, rowsToAsk } from "../../../office/page.ts";
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

/** By name. */
export const operatorsPage = (database: OfficeDatabase, page: PageQuery) =>
  database.select().from(operators)
    .where(beyond([operators.name, operators.id], page, "ascending"))
    .orderBy(asc(operators.name), asc(operators.id)).limit(rowsToAsk(page));

export const operatorById = (database: OfficeDatabase, id: string) => database.select().from(operators).where(eq(operators.id, id));

/** Newest first. */
export const keysPage = (database: OfficeDatabase, operator: string, page: PageQuery) =>
  database.select().from(operatorKeys)
    .where(and(eq(operatorKeys.operator, operator), beyond([operatorKeys.issuedAt, operatorKeys.id], page, "descending")))
    .orderBy(desc(operatorKeys.issuedAt), desc(operatorKeys.id)).limit(rowsToAsk(page));

/** Newest first. */
export const lastChanges = (database: OfficeDatabase, operator: string, limit: number) =>
  database.select().from(operatorChanges).where(eq(operatorChanges.operator, operator)).orderBy(desc(operatorChanges.position)).limit(limit);
