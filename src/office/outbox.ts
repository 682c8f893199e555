import { and, asc, eq, isNull } from "drizzle-orm";
import type { Office, OfficeDatabase } from "./database.ts";
import type { StoredEntry } from "./entry.ts";
import { auditEntries } from "./tables.ts";

/** The office's own entries that have no place in the log yet, in order. From the primary: a copy would say again what was told. */
export const waitingEntries = ({ primary }: Office, limit: number): Promise<StoredEntry[]> =>
  primary.select().from(auditEntries).where(and(eq(auditEntries.source, "office"), isNull(auditEntries.leaf))).orderBy(asc(auditEntries.position)).limit(limit).all();

/** An entry of an older release is given a salt, for good; one that was given one meanwhile keeps it. */
export const giveSalt = (database: OfficeDatabase, position: number, salt: Uint8Array) =>
  database.update(auditEntries).set({ salt }).where(and(eq(auditEntries.position, position), isNull(auditEntries.salt)));

export const setLeaf = (database: OfficeDatabase, position: number, leaf: number) =>
  database.update(auditEntries).set({ leaf }).where(eq(auditEntries.position, position));
