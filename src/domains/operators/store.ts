import { and, eq } from "drizzle-orm";
import type { EpochRow, KeyRow, OperatorRow } from "../../check/directory.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import type { Operator } from "./rpc.ts";
import { operatorEpochs, operatorKeys, operators } from "./tables.ts";

export const findOperator = (database: Transaction, id: string): OperatorRow | null =>
  database.select({ id: operators.id, state: operators.state, requiredKinds: operators.requiredKinds })
    .from(operators).where(eq(operators.id, id)).get() ?? null;

export function insertOperator(transaction: Transaction, operator: Operator, enrolledAt: Instant): void {
  transaction.insert(operators).values({ ...operator, enrolledAt }).run();
}

export function setState(transaction: Transaction, { id, state, requiredKinds }: OperatorRow): void {
  transaction.update(operators).set({ state, requiredKinds }).where(eq(operators.id, id)).run();
}

export function insertEpoch(transaction: Transaction, epoch: EpochRow): void {
  transaction.insert(operatorEpochs).values(epoch).run();
}

export function putEpoch(transaction: Transaction, epoch: EpochRow): void {
  const target = [operatorEpochs.operator, operatorEpochs.epoch];
  transaction.insert(operatorEpochs).values(epoch).onConflictDoUpdate({ target, set: epoch }).run();
}

export const findEpoch = (database: Transaction, { operator, epoch }: Pick<EpochRow, "operator" | "epoch">): EpochRow | null =>
  database.select().from(operatorEpochs).where(and(eq(operatorEpochs.operator, operator), eq(operatorEpochs.epoch, epoch))).get() ?? null;

/** The epoch an operator's new tokens are sealed in. */
export const currentEpoch = (database: Transaction, operator: string): EpochRow | null =>
  database.select().from(operatorEpochs)
    .where(and(eq(operatorEpochs.operator, operator), eq(operatorEpochs.state, "current"))).get() ?? null;

const keyRow = { id: operatorKeys.id, hash: operatorKeys.hash, operator: operatorKeys.operator, state: operatorKeys.state };

export function insertKey(transaction: Transaction, key: KeyRow, sealedReply: Uint8Array, issuedAt: Instant): void {
  transaction.insert(operatorKeys).values({ ...key, sealedReply, issuedAt }).run();
}

export const keyOf = (database: Transaction, operator: string, keyId: string): KeyRow | null =>
  database.select(keyRow).from(operatorKeys)
    .where(and(eq(operatorKeys.operator, operator), eq(operatorKeys.id, keyId))).get() ?? null;

export const keyByHash = (database: Transaction, hash: string): KeyRow | null =>
  database.select(keyRow).from(operatorKeys).where(eq(operatorKeys.hash, hash)).get() ?? null;

export const sealedReplyOf = (database: Transaction, keyId: string): Uint8Array =>
  database.select().from(operatorKeys).where(eq(operatorKeys.id, keyId)).get()!.sealedReply;

export function markRevoked(transaction: Transaction, keyId: string, revokedAt: Instant): void {
  transaction.update(operatorKeys).set({ state: "revoked", revokedAt }).where(eq(operatorKeys.id, keyId)).run();
}
