import { desc } from "drizzle-orm";
import type { Transaction } from "../../../objects/database.ts";
import type { IdentityRead } from "./rpc.ts";
import { identityReads } from "./tables.ts";

export function insertRead(transaction: Transaction, read: IdentityRead): void {
  transaction.insert(identityReads).values(read).onConflictDoNothing().run();
}

/** Newest first. */
export const latestReads = (database: Transaction, limit: number): IdentityRead[] =>
  database.select().from(identityReads).orderBy(desc(identityReads.at)).limit(limit).all();
