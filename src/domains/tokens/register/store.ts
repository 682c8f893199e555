import { count, eq, inArray, sql } from "drizzle-orm";
import type { Pseudonym } from "../../../bst/kinds.ts";
import { toHex } from "../../../kernel/bytes.ts";
import type { Transaction } from "../../../objects/database.ts";
import { covered, exclusionIdentifiers } from "../../exclusions/tables.ts";
import { canaries } from "./tables.ts";

type Canary = typeof canaries.$inferSelect;

/** Pseudonyms as one parameter. */
const these = (ps: readonly Pseudonym[]) => sql`(SELECT unhex(value) FROM json_each(${JSON.stringify(ps.map(toHex))}))`;

/** Each once. */
export const canaryIds = (database: Transaction, ps: readonly Pseudonym[]): string[] =>
  [...new Set(database.select({ id: canaries.id }).from(canaries).where(inArray(canaries.p, these(ps))).all().map(({ id }) => id))];

export const excludedOfAll = (database: Transaction): number => database.select({ of: count() }).from(covered).get()!.of;

/** Whether anybody ever stated it. */
export const isStated = (database: Transaction, p: Pseudonym): boolean =>
  database.select({ p: exclusionIdentifiers.p }).from(exclusionIdentifiers).where(eq(exclusionIdentifiers.p, p)).limit(1).get() !== undefined;

export const rowOf = (database: Transaction, id: string): Canary | null => database.select().from(canaries).where(eq(canaries.id, id)).get() ?? null;

export function insertRow(transaction: Transaction, row: Canary): void {
  transaction.insert(canaries).values(row).run();
}

export function deleteRow(transaction: Transaction, id: string): void {
  transaction.delete(canaries).where(eq(canaries.id, id)).run();
}
