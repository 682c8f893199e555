import { and, asc, eq, gt, gte, isNull, notExists, sql } from "drizzle-orm";
import type { Pseudonym } from "../../../../bst/kinds.ts";
import type { Transaction } from "../../../../objects/database.ts";
import { operatorEpochs } from "../../../operators/tables.ts";
import { tokenActs } from "../../../operators/token-acts/tables.ts";
import { canaries } from "../../../tokens/register/tables.ts";
import { covered, crossReferences, exclusionIdentifiers, phoneHolders, salvaged } from "../../tables.ts";
import { inOrder, isSalvaged, type Pair, type Rotation } from "../store.ts";
import { advanced } from "../tables.ts";

/** Everything of Register's that is kept by a pseudonym. */
const KEPT = [exclusionIdentifiers, phoneHolders, crossReferences, covered, salvaged, canaries, tokenActs] as const;

/** Whether anything of Register's is kept under this pseudonym. */
export const isKept = (database: Transaction, p: Pseudonym): boolean =>
  KEPT.some((table) => database.select({ p: table.p }).from(table).where(eq(table.p, p)).limit(1).get() !== undefined);

/** What was done to a token of an epoch that holds a newer root is kept under that; everything else was carried on as far as this one. */
function ofNoNewer(database: Transaction, from: number) {
  const own = and(eq(operatorEpochs.operator, tokenActs.operator), eq(operatorEpochs.epoch, tokenActs.epoch));
  return notExists(database.select({ one: sql`1` }).from(operatorEpochs).where(and(own, gt(operatorEpochs.rootEpoch, from))));
}

/** What of a table is kept under this root; the others have nothing under the new one before they are moved to it. */
function isUnder(database: Transaction, table: (typeof KEPT)[number], from: number) {
  if (table === tokenActs) return ofNoNewer(database, from);
  return "rootEpoch" in table ? eq(table.rootEpoch, from) : undefined;
}

/** Every pseudonym anything is kept under after `after`, in their order; without those of the new root, of a Replica's word alone or of new tokens. */
export function keptAfter(database: Transaction, after: Pseudonym, from: number, limit: number): Pseudonym[] {
  const page = KEPT.flatMap((table) =>
    database.selectDistinct({ p: table.p }).from(table)
      .where(and(gt(table.p, after), isUnder(database, table, from))).orderBy(asc(table.p)).limit(limit).all());
  const distinct = new Map(page.map(({ p }) => [String(p), p]));
  return [...distinct.values()].toSorted(inOrder).slice(0, limit);
}

/** Those whose old token something was done to since the rotation began, and who have no pair: their page, if any, was before. One may come twice. */
export const unpaired = (database: Transaction, { from, begunAt }: Rotation, limit: number): Pseudonym[] =>
  database.select({ p: tokenActs.p }).from(tokenActs).leftJoin(advanced, sql`${advanced.p} = unhex(${tokenActs.p})`)
    .where(and(gte(tokenActs.at, begunAt), ofNoNewer(database, from), isNull(advanced.p))).orderBy(asc(tokenActs.at)).limit(limit).all().map(({ p }) => p);

/** Everything kept under one pseudonym is kept under the other from now on. What a Replica alone said of that one joins it. */
export function rekey(transaction: Transaction, { p, next }: Pair, rootEpoch: number): void {
  transaction.update(exclusionIdentifiers).set({ p: next }).where(eq(exclusionIdentifiers.p, p)).run();
  transaction.update(phoneHolders).set({ p: next }).where(eq(phoneHolders.p, p)).run();
  const mark = sql`coalesce(${crossReferences.mark}, ${crossReferences.p})`;
  transaction.update(crossReferences).set({ p: next, mark }).where(eq(crossReferences.p, p)).run();
  transaction.update(tokenActs).set({ p: next }).where(eq(tokenActs.p, p)).run();
  transaction.update(canaries).set({ p: next }).where(eq(canaries.p, p)).run();
  if (isSalvaged(transaction, next)) transaction.delete(salvaged).where(eq(salvaged.p, p)).run();
  else transaction.update(salvaged).set({ p: next, rootEpoch }).where(eq(salvaged.p, p)).run();
  const said = transaction.select().from(covered).where(eq(covered.p, next)).get();
  const all = transaction.select().from(covered).where(eq(covered.p, p)).get();
  if (said && all) transaction.delete(covered).where(eq(covered.p, next)).run();
  const exclusions = (all?.exclusions ?? 0) + (said?.exclusions ?? 0);
  transaction.update(covered).set({ p: next, rootEpoch, exclusions }).where(eq(covered.p, p)).run();
}
