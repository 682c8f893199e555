import { and, eq } from "drizzle-orm";
import type { OfficeDatabase } from "../../../office/database.ts";
import { passwords } from "./tables.ts";

export const insertPassword = (database: OfficeDatabase, row: typeof passwords.$inferInsert) => database.insert(passwords).values(row);

/**
 * Holds a password to what was read of it, and keeps its hash, the same or one that costs more; to stand as `exactlyOne`: with a
 * password that was changed meanwhile nobody comes in.
 */
export const keepHash = (database: OfficeDatabase, userId: string, read: Uint8Array, sealedHash: Uint8Array) =>
  database.update(passwords).set({ sealedHash }).where(and(eq(passwords.userId, userId), eq(passwords.sealedHash, read)));
