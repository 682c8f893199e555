import { asc, desc, gt, ne, sql } from "drizzle-orm";
import type { Transaction } from "../../../objects/database.ts";
import { operatorEpochs, operators } from "../tables.ts";
import type { PairKeyUse } from "./rpc.ts";
import { pairKeyRotations } from "./tables.ts";

export type PairKeyRotation = Omit<typeof pairKeyRotations.$inferSelect, "position">;

/** What a deployment's first key is called. */
const FIRST = "1";

export const newestPairKey = (database: Transaction): string =>
  database.select({ id: pairKeyRotations.pairKeyId }).from(pairKeyRotations).orderBy(desc(pairKeyRotations.position)).limit(1).get()?.id ?? FIRST;

export function insertRotation(transaction: Transaction, rotation: PairKeyRotation): void {
  transaction.insert(pairKeyRotations).values(rotation).run();
}

/** Operators' ids in order, after one of them. */
export const operatorsAfter = (database: Transaction, after: string, limit: number): string[] =>
  database.select({ id: operators.id }).from(operators).where(gt(operators.id, after)).orderBy(asc(operators.id)).limit(limit).all().map(({ id }) => id);

const counted = (state: "current" | "grace") => sql<number>`count(*) filter (where ${operatorEpochs.state} = ${state})`;

export const pairKeyUses = (database: Transaction): PairKeyUse[] =>
  database.select({ pairKeyId: operatorEpochs.pairKeyId, current: counted("current"), grace: counted("grace") }).from(operatorEpochs)
    .where(ne(operatorEpochs.state, "retired")).groupBy(operatorEpochs.pairKeyId).all();
