import { asc } from "drizzle-orm";
import type { Transaction } from "../objects/database.ts";
import type { TreeHead } from "../tlog/proofs.ts";
import { cosigned, forks } from "./tables.ts";

/** What is kept of a checkpoint that was cosigned. */
export interface Cosigned extends TreeHead {
  note: string;
  time: number;
}

export type StoredFork = typeof forks.$inferSelect;

/** The log's one row. */
const ID = 1;

/** A log that forks on and on fills nobody's storage. */
const MOST_FORKS = 100;

export function lastCosigned(database: Transaction): Cosigned | null {
  const row = database.select().from(cosigned).get();
  return row ? { size: BigInt(row.size), root: row.root, note: row.note, time: row.time } : null;
}

export function keepCosigned(transaction: Transaction, { size, ...rest }: Cosigned): void {
  const row = { ...rest, size: String(size) };
  transaction.insert(cosigned).values({ id: ID, ...row }).onConflictDoUpdate({ target: cosigned.id, set: row }).run();
}

/** In the order in which they were refused. */
export const storedForks = (database: Transaction): StoredFork[] => database.select().from(forks).orderBy(asc(forks.at)).limit(MOST_FORKS).all();

/** Keeps it for ever, unless there is one of its size and root, or there are too many. */
export function keepFork(transaction: Transaction, fork: StoredFork): void {
  if (storedForks(transaction).length < MOST_FORKS) transaction.insert(forks).values(fork).onConflictDoNothing().run();
}
