import type { OlderKeyRow } from "../../check/directory.ts";
import type { Change } from "../../check/feed.ts";
import type { GenerationRow } from "../../check/generations.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { strandedRows } from "../../objects/recovery/stranded.ts";
import { appendChange } from "../exclusions/index.ts";
import { ownOfBare } from "../exclusions/roots/index.ts";
import { insertRotation } from "./pair-keys/store.ts";
import { pairKeyRotations } from "./pair-keys/tables.ts";
import {
  findEpoch, findOperator, generationOf, insertKey, insertOperator, type KeptOfKey, keyByHash, markRevoked, putAllowance, putEpoch, putGeneration, setExpiry,
  setState, writeDeclared,
} from "./store.ts";
import { insertTokenAct } from "./token-acts/store.ts";
import { tokenActs } from "./token-acts/tables.ts";
import { keyAllowances, operatorEpochs, operatorKeys, operators, tokenGenerations } from "./tables.ts";

/** What the directory took in after rows were lost: what is not known here joins it, and what was revoked stays so. */
export function mergeDirectory(database: ObjectDatabase, now: Instant): void {
  for (const row of strandedRows(database, operators)) {
    if (findOperator(database, row.id)) {
      writeDeclared(database, row.id, row.declaredCustomers);
      continue;
    }
    insertOperator(database, row, row.enrolledAt);
    const { id, state, requiredKinds } = row;
    appendChange(database, { type: "operator", operator: { id, state, requiredKinds } }, now);
  }
  for (const epoch of strandedRows(database, operatorEpochs)) {
    if (!findEpoch(database, epoch)) applyDirectoryRow(database, { type: "epoch", epoch }, now);
  }
  for (const { sealedReply, issuedAt, revokedAt, name, ...key } of strandedRows(database, operatorKeys)) {
    putStricterKey(database, key, { name, sealedReply, issuedAt }, revokedAt ?? now);
    appendChange(database, { type: "key", key: keyByHash(database, key.hash)! }, now);
  }
  for (const generation of strandedRows(database, tokenGenerations)) {
    applyDirectoryRow(database, { type: "generation", generation }, now);
  }
  for (const act of strandedRows(database, tokenActs)) insertTokenAct(database, { ...act, p: ownOfBare(database, act.p) });
  for (const { position: _, ...rotation } of strandedRows(database, pairKeyRotations)) insertRotation(database, rotation);
  for (const allowance of strandedRows(database, keyAllowances)) {
    applyDirectoryRow(database, { type: "allowance", allowance }, now);
  }
}

type DirectoryRow = Exclude<Change, { type: "excluded" | "released" | "manifest" }>;
type Unplaced = DirectoryRow extends infer Row ? (Row extends DirectoryRow ? Omit<Row, "seq" | "t"> : never) : never;

/** Puts a directory row of the lost log in force again. What only Register knew of it, a name or a sealed reply, stays empty. */
export function applyDirectoryRow(transaction: Transaction, row: Unplaced, now: Instant): void {
  if (row.type === "operator") {
    if (findOperator(transaction, row.operator.id)) setState(transaction, row.operator);
    else insertOperator(transaction, { ...row.operator, name: row.operator.id }, now);
  } else if (row.type === "key") {
    putStricterKey(transaction, row.key, { name: null, sealedReply: new Uint8Array(), issuedAt: now }, now);
  } else if (row.type === "epoch") {
    putEpoch(transaction, row.epoch);
  } else if (row.type === "generation") {
    if (!putStricter(transaction, row.generation)) return;
  } else {
    putAllowance(transaction, row.allowance);
  }
  appendChange(transaction, row, now);
}

/** A key joins those in force; one that is known ends no later than either row says. */
function putStricterKey(transaction: Transaction, key: OlderKeyRow, kept: KeptOfKey, revokedAt: Instant): void {
  const known = keyByHash(transaction, key.hash);
  if (!known) insertKey(transaction, key, kept);
  else if (key.expiresAt !== null && (known.expiresAt === null || key.expiresAt < known.expiresAt)) setExpiry(transaction, key.id, key.expiresAt);
  if (key.state === "revoked") markRevoked(transaction, key.id, revokedAt);
}

/** Of two rows about one person's tokens the one that retires more stands; whether this one does. */
function putStricter(transaction: Transaction, row: GenerationRow): boolean {
  const known = generationOf(transaction, row.operator, row.p);
  if (known && (known.epoch > row.epoch || (known.epoch === row.epoch && known.least >= row.least))) return false;
  putGeneration(transaction, row);
  return true;
}
