import type { OfficeDatabase } from "./database.ts";
import { auditEntries } from "./tables.ts";

/** An entry of another source's, as it is listed here beside the office's own. */
export type CopiedEntry = Omit<typeof auditEntries.$inferInsert, "position" | "salt" | "leaf" | "flagged" | "source"> & {
  source: Exclude<(typeof auditEntries.$inferInsert)["source"], undefined | "office">;
};

/** Each is there once, however often it is copied, and stays as it was copied first. */
export const putEntries = (database: OfficeDatabase, entries: CopiedEntry[]) => database.insert(auditEntries).values(entries).onConflictDoNothing({ target: auditEntries.id });
