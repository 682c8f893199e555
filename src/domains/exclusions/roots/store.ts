import { and, asc, desc, eq, gt, gte, lte } from "drizzle-orm";
import type { Pseudonym } from "../../../bst/kinds.ts";
import { concat } from "../../../kernel/bytes.ts";
import type { Transaction } from "../../../objects/database.ts";
import { covered, salvaged } from "../tables.ts";
import { advanced, roots } from "./tables.ts";

export type Rotation = typeof roots.$inferSelect;

/** What a page's cursor is before the first. */
export const BEGINNING = new Uint8Array(0);

const NEVER: Rotation = {
  from: 0, to: 0, state: "done", cursor: BEGINNING, passed: 0, begunAt: 0, overlappingAt: null, retiringAt: null, rekeyedAt: null, doneAt: 0,
};

/** The newest rotation; one that is done says which root everything is kept under. */
export const newestRotation = (database: Transaction): Rotation =>
  database.select().from(roots).orderBy(desc(roots.to)).limit(1).get() ?? NEVER;

export const allRotations = (database: Transaction): Rotation[] => database.select().from(roots).orderBy(desc(roots.to)).all();

export const insertRotation = (transaction: Transaction, rotation: Rotation): void => void transaction.insert(roots).values(rotation).run();

export const changeRotation = (transaction: Transaction, { to }: Rotation, set: Partial<Rotation>): void =>
  void transaction.update(roots).set(set).where(eq(roots.to, to)).run();

export interface Pair {
  p: Pseudonym;
  next: Pseudonym;
}

export const pairOf = (database: Transaction, p: Pseudonym): Pair | null => database.select().from(advanced).where(eq(advanced.p, p)).get() ?? null;

export const pairOfNext = (database: Transaction, next: Pseudonym): Pair | null =>
  database.select().from(advanced).where(eq(advanced.next, next)).get() ?? null;

/** The pairs after `after`, in their order. */
export const pairsAfter = (database: Transaction, after: Pseudonym, limit: number): Pair[] =>
  database.select().from(advanced).where(gt(advanced.p, after)).orderBy(asc(advanced.p)).limit(limit).all();

/** Keeps a pair; false when it is kept already. Throws when the snapshot of the new root could not tell it from another. */
export function insertPair(transaction: Transaction, pair: Pair): boolean {
  if (pairOf(transaction, pair.p)) return false;
  assertDistinct(transaction, pair.next);
  transaction.insert(advanced).values(pair).run();
  return true;
}

export const deletePair = (transaction: Transaction, p: Pseudonym): void => void transaction.delete(advanced).where(eq(advanced.p, p)).run();

/** A shard's rows hold 64 bits after a prefix of at least 8. */
const DISTINCT_BYTES = 9;

function assertDistinct(transaction: Transaction, next: Pseudonym): void {
  const first = next.slice(0, DISTINCT_BYTES);
  const last = concat(first, new Uint8Array(next.length - DISTINCT_BYTES).fill(0xff));
  const alike = transaction.select().from(advanced).where(and(gte(advanced.next, first), lte(advanced.next, last))).get();
  if (alike) throw new Error("two pseudonyms of the new root share their first 72 bits");
}

/** The order SQLite has blobs in. */
export function inOrder(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at === -1 ? a.length - b.length : a[at]! - (b[at] ?? -1);
}

export const isSalvaged = (database: Transaction, p: Pseudonym): boolean =>
  database.select({ p: salvaged.p }).from(salvaged).where(eq(salvaged.p, p)).get() !== undefined;

export const isCovered = (database: Transaction, p: Pseudonym): boolean =>
  database.select({ p: covered.p }).from(covered).where(eq(covered.p, p)).get() !== undefined;

/** The covered pseudonyms after `after` that stand under this root by themselves, up to `last` when that is said. */
const coveredUnder = (database: Transaction, rootEpoch: number, after: Pseudonym, last: Pseudonym | null, limit: number): Pseudonym[] =>
  database.select({ p: covered.p }).from(covered)
    .where(and(gt(covered.p, after), last ? lte(covered.p, last) : undefined, eq(covered.rootEpoch, rootEpoch)))
    .orderBy(asc(covered.p)).limit(limit).all().map(({ p }) => p);

/**
 * The covered ones after `after` as the new root has them, in its order: that is the same before and after one is kept under it, so
 * that none is passed over by who reads in pages while they are moved.
 */
export function coveredByNext(database: Transaction, rootEpoch: number, after: Pseudonym, limit: number): Pseudonym[] {
  const yet = database.select({ p: advanced.next }).from(advanced).innerJoin(covered, eq(covered.p, advanced.p))
    .where(gt(advanced.next, after)).orderBy(asc(advanced.next)).limit(limit).all().map(({ p }) => p);
  const moved = coveredUnder(database, rootEpoch, after, yet[limit - 1] ?? null, limit);
  return [...yet, ...moved].toSorted(inOrder).slice(0, limit);
}

/** The covered ones from `first` to `last` as the new root has them, as far as that is known. */
export const nextsOf = (database: Transaction, first: Pseudonym, last: Pseudonym): Pseudonym[] =>
  database.select({ next: advanced.next }).from(advanced).innerJoin(covered, eq(covered.p, advanced.p))
    .where(and(gte(advanced.p, first), lte(advanced.p, last))).all().map(({ next }) => next);
