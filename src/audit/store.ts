import { and, asc, eq, isNull } from "drizzle-orm";
import type { Instant } from "../kernel/clock.ts";
import { audit } from "../objects/audit.ts";
import { type ObjectDatabase, prepared, type Transaction } from "../objects/database.ts";
import type { LogEntry } from "./entry.ts";
import { untold } from "./tables.ts";

/** Asked after each commit. */
const firstWaiting = prepared((database) => database.select({ at: audit.at }).from(audit).where(isNull(audit.leaf)).orderBy(asc(audit.position)).limit(1).prepare());

export const oldestWaiting = (database: ObjectDatabase): Instant | null => firstWaiting(database).get()?.at ?? null;

export type AuditRow = typeof audit.$inferSelect;

/** In order. */
export const waitingRows = (database: Transaction, limit: number): AuditRow[] =>
  database.select().from(audit).where(isNull(audit.leaf)).orderBy(asc(audit.position)).limit(limit).all();

export function giveSalt(database: Transaction, position: number, salt: Uint8Array): void {
  database.update(audit).set({ salt }).where(eq(audit.position, position)).run();
}

/** Where an entry is in the log. Of a row that has another's number by now nothing is said. */
export function setLeaf(database: Transaction, { position, id }: AuditRow, leaf: number): void {
  database.update(audit).set({ leaf }).where(and(eq(audit.position, position), eq(audit.id, id))).run();
}

export const untoldRows = (database: Transaction, limit: number) => database.select().from(untold).orderBy(asc(untold.position)).limit(limit).all();

export function insertUntold(database: Transaction, entry: LogEntry): void {
  database.insert(untold).values(entry).run();
}

export const dropUntold = (database: Transaction, position: number): void => void database.delete(untold).where(eq(untold.position, position)).run();
