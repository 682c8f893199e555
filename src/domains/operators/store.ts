import { and, asc, count, desc, eq, exists, gte, inArray, lt, lte, ne, type SQL, sql } from "drizzle-orm";
import { type Allowance, type EpochRow, type KeyRow, type OlderKeyRow, type OperatorRow, wholeKey } from "../../check/directory.ts";
import type { GenerationRow } from "../../check/generations.ts";
import { publicIdOf } from "../../check/public-id.ts";
import type { Instant } from "../../kernel/clock.ts";
import { listed } from "../../objects/columns.ts";
import type { Transaction } from "../../objects/database.ts";
import type { ListedKey, ListedOperator, Operator } from "./rpc.ts";
import { keyAllowances, operatorEpochs, operatorKeys, operators, tokenGenerations } from "./tables.ts";

export const findOperator = (database: Transaction, id: string): OperatorRow | null =>
  database.select({ id: operators.id, state: operators.state, requiredKinds: operators.requiredKinds })
    .from(operators).where(eq(operators.id, id)).get() ?? null;

/** What these operators are called, by id. The ids go as one parameter, because an object's query may have 100 at most. */
export function namesOf(database: Transaction, ids: readonly string[]): Record<string, string> {
  const listed = sql`${operators.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const rows = database.select({ id: operators.id, name: operators.name }).from(operators).where(listed).all();
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

/** How many customers an operator declared; null for an unknown one. */
export const declaredBy = (database: Transaction, id: string): number | null =>
  database.select({ declared: operators.declaredCustomers }).from(operators).where(eq(operators.id, id)).get()?.declared ?? null;

export function writeDeclared(transaction: Transaction, id: string, declaredCustomers: number): void {
  transaction.update(operators).set({ declaredCustomers }).where(eq(operators.id, id)).run();
}

export function insertOperator(transaction: Transaction, operator: Operator & { declaredCustomers?: number }, enrolledAt: Instant): void {
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

/** Every epoch an operator ever had. */
export const epochsOf = (database: Transaction, operator: string): EpochRow[] =>
  database.select().from(operatorEpochs).where(eq(operatorEpochs.operator, operator)).orderBy(asc(operatorEpochs.epoch)).all();

export function updateEpoch(transaction: Transaction, { operator, epoch, state, until }: EpochRow): void {
  const it = and(eq(operatorEpochs.operator, operator), eq(operatorEpochs.epoch, epoch));
  transaction.update(operatorEpochs).set({ state, until }).where(it).run();
}

/** The operators whose new tokens are of a root before this one. */
export const currentOfOlderRoots = (database: Transaction, rootEpoch: number): string[] =>
  database.select({ operator: operatorEpochs.operator }).from(operatorEpochs)
    .where(and(eq(operatorEpochs.state, "current"), lt(operatorEpochs.rootEpoch, rootEpoch))).all().map(({ operator }) => operator);

/** The epochs of roots before this one that are read. */
export const readEpochsOfOlderRoots = (database: Transaction, rootEpoch: number): EpochRow[] =>
  database.select().from(operatorEpochs).where(and(ne(operatorEpochs.state, "retired"), lt(operatorEpochs.rootEpoch, rootEpoch))).all();

/** Of tokens that are not read any more nobody asks which were retired by themselves. */
export function deleteGenerationsOfOlderRoots(transaction: Transaction, rootEpoch: number): void {
  const same = and(eq(operatorEpochs.operator, tokenGenerations.operator), eq(operatorEpochs.epoch, tokenGenerations.epoch));
  const older = transaction.select({ one: sql`1` }).from(operatorEpochs)
    .where(and(same, eq(operatorEpochs.state, "retired"), lt(operatorEpochs.rootEpoch, rootEpoch)));
  transaction.delete(tokenGenerations).where(exists(older)).run();
}

const inGrace = eq(operatorEpochs.state, sql`'grace'`);

/** Epochs whose grace is over. */
export const epochsToRetire = (database: Transaction, now: Instant): EpochRow[] =>
  database.select().from(operatorEpochs).where(and(inGrace, lte(operatorEpochs.until, now))).orderBy(asc(operatorEpochs.until)).all();

/** When the next epoch's grace is over, or null. */
export const nextRetirement = (database: Transaction): Instant | null =>
  database.select({ at: operatorEpochs.until }).from(operatorEpochs).where(inGrace)
    .orderBy(asc(operatorEpochs.until)).limit(1).get()?.at ?? null;

const keyRow = {
  id: operatorKeys.id, hash: operatorKeys.hash, operator: operatorKeys.operator, state: operatorKeys.state, scopes: operatorKeys.scopes,
  expiresAt: operatorKeys.expiresAt, networks: operatorKeys.networks, perSecond: operatorKeys.perSecond, perDay: operatorKeys.perDay,
  mode: operatorKeys.mode,
};

/** The key that a condition picks. */
function keyWhere(database: Transaction, condition: SQL | undefined): KeyRow | null {
  const row = database.select(keyRow).from(operatorKeys).where(condition).get();
  return row ? wholeKey(row) : null;
}

/** What Register keeps of a key beside what everybody may know. */
export type KeptOfKey = Pick<typeof operatorKeys.$inferSelect, "sealedReply" | "issuedAt" | "name">;

export function insertKey(transaction: Transaction, key: OlderKeyRow, kept: KeptOfKey): void {
  transaction.insert(operatorKeys).values({ ...key, ...kept }).run();
}

export const keyOf = (database: Transaction, operator: string, keyId: string): KeyRow | null =>
  keyWhere(database, and(eq(operatorKeys.operator, operator), eq(operatorKeys.id, keyId)));

export const keyByHash = (database: Transaction, hash: string): KeyRow | null => keyWhere(database, eq(operatorKeys.hash, hash));

/** What its operator calls a key. */
export const nameOfKey = (database: Transaction, keyId: string): string | null =>
  database.select({ name: operatorKeys.name }).from(operatorKeys).where(eq(operatorKeys.id, keyId)).get()?.name ?? null;

export function setExpiry(transaction: Transaction, keyId: string, expiresAt: Instant | null): void {
  transaction.update(operatorKeys).set({ expiresAt }).where(eq(operatorKeys.id, keyId)).run();
}

export const sealedReplyOf = (database: Transaction, keyId: string): Uint8Array =>
  database.select().from(operatorKeys).where(eq(operatorKeys.id, keyId)).get()!.sealedReply;

export function markRevoked(transaction: Transaction, keyId: string, revokedAt: Instant): void {
  transaction.update(operatorKeys).set({ state: "revoked", revokedAt }).where(eq(operatorKeys.id, keyId)).run();
}

export const activeKey = (database: Transaction, keyId: string): KeyRow | null =>
  keyWhere(database, and(eq(operatorKeys.id, keyId), eq(operatorKeys.state, "active")));

export const generationsOf = (database: Transaction, operator: string): GenerationRow[] =>
  database.select().from(tokenGenerations).where(eq(tokenGenerations.operator, operator)).all();

export const generationOf = (database: Transaction, operator: string, p: string): GenerationRow | null =>
  database.select().from(tokenGenerations).where(and(eq(tokenGenerations.operator, operator), eq(tokenGenerations.p, p))).get() ?? null;

/** How many of an operator's persons have tokens that were retired singly, of epochs that are still read. */
export function countGenerations(database: Transaction, operator: string): number {
  const { epoch, state } = operatorEpochs;
  const oldest = database.select({ epoch: sql`min(${epoch})` }).from(operatorEpochs).where(and(eq(operatorEpochs.operator, operator), ne(state, "retired")));
  return database.select({ count: count() }).from(tokenGenerations)
    .where(and(eq(tokenGenerations.operator, operator), gte(tokenGenerations.epoch, sql`(${oldest})`))).get()!.count;
}

export function putGeneration(transaction: Transaction, row: GenerationRow): void {
  const target = [tokenGenerations.operator, tokenGenerations.p];
  transaction.insert(tokenGenerations).values(row).onConflictDoUpdate({ target, set: { epoch: row.epoch, least: row.least } }).run();
}

export const allowanceOf = (database: Transaction, keyId: string): Allowance | null =>
  database.select().from(keyAllowances).where(eq(keyAllowances.keyId, keyId)).get() ?? null;

export function putAllowance(transaction: Transaction, { keyId, ...set }: Allowance): void {
  transaction.insert(keyAllowances).values({ keyId, ...set }).onConflictDoUpdate({ target: keyAllowances.keyId, set }).run();
}

/** Which of the directory the office is told of; null is all of it. */
export type Named = readonly string[] | null;

export const listedOperators = (database: Transaction, ids: Named): ListedOperator[] =>
  database.select().from(operators).where(ids ? inArray(operators.id, listed(ids)) : undefined).all();

const listing = (database: Transaction, condition: SQL | undefined) => {
  const { hash: _, ...shown } = keyRow;
  const { name, issuedAt, revokedAt } = operatorKeys;
  return database.select({ ...shown, name, issuedAt, revokedAt }).from(operatorKeys).where(condition);
};

const asListed = (row: Omit<ListedKey, "publicId">): ListedKey => ({ ...row, publicId: publicIdOf(row) });

export const listedKeys = (database: Transaction, ids: Named): ListedKey[] =>
  listing(database, ids ? inArray(operatorKeys.id, listed(ids)) : undefined).all().map(asListed);

/** An operator's keys, newest first. */
export const newestKeys = (database: Transaction, operator: string, limit: number): ListedKey[] =>
  listing(database, eq(operatorKeys.operator, operator)).orderBy(desc(operatorKeys.issuedAt), desc(operatorKeys.id)).limit(limit).all().map(asListed);
