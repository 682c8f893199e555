import { type EpochRow, wholeKey } from "../../check/directory.ts";
import { DEFAULT_TERMS } from "../../check/terms.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { type AuditEntry, recordAudit } from "../../objects/audit.ts";
import { once } from "../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { appendChange, logHead, sealingRoot } from "../exclusions/index.ts";
import { newestPairKey } from "./pair-keys/store.ts";
import type { DeclareCustomers, EnrolOperator, IssueKey, Operator, OperatorDirectoryApi, RevokeKey } from "./rpc.ts";
import {
  currentEpoch, declaredBy, findOperator, generationsOf, insertEpoch, insertKey, insertOperator, keyByHash, keyOf, listedKeys, listedOperators, markRevoked,
  namesOf, sealedReplyOf, writeDeclared,
} from "./store.ts";

/** What the directory's verbs answer: the RPC's results, before they travel. */
export type Answer<Verb extends keyof OperatorDirectoryApi> = Awaited<ReturnType<OperatorDirectoryApi[Verb]>>;

/** Enrols an operator with its first epoch; replicas hear of both in the log. */
export function enrolOperator(
  database: ObjectDatabase, command: EnrolOperator, now: Instant, random: Random,
): Answer<"enrolOperator"> {
  const { commandId, name, requiredKinds, declaredCustomers = 0, actor } = command;
  return database.transaction((transaction) =>
    once(transaction, { id: commandId, fingerprint: `enrolOperator ${command.fingerprint}` }, now, () => {
      const operator: Operator = { id: operatorId(random), state: "active", requiredKinds, name };
      const epoch: EpochRow = {
        operator: operator.id, epoch: 0, pairKeyId: newestPairKey(transaction), rootEpoch: sealingRoot(transaction), state: "current", until: null,
      };
      insertOperator(transaction, { ...operator, declaredCustomers }, now);
      insertEpoch(transaction, epoch);
      const { id, state } = operator;
      appendChange(transaction, { type: "operator", operator: { id, state, requiredKinds } }, now);
      appendChange(transaction, { type: "epoch", epoch }, now);
      const payload = { name, requiredKinds, declaredCustomers };
      record(transaction, { action: "operator.enrolled", resource: id, commandId, payload, actor }, now, random);
      return { ok: true, operator };
    }),
  );
}

/** Puts a key in force by its hash. The key itself is never here, only the caller's sealed reply that holds it. */
export function issueKey(database: ObjectDatabase, command: IssueKey, now: Instant, random: Random): Answer<"issueKey"> {
  const { commandId, operator, hash, sealedReply, terms = DEFAULT_TERMS, mode = "live", name = null, actor } = command;
  return database.transaction((transaction) => {
    const issued = once(transaction, { id: commandId, fingerprint: `issueKey ${command.fingerprint}` }, now, () => {
      if (!findOperator(transaction, operator)) return { ok: false, refusal: "operator-unknown" } as const;
      const key = wholeKey({ id: uuidv7(now, random), hash, operator, mode, state: "active", ...terms });
      insertKey(transaction, key, { name, sealedReply, issuedAt: now });
      appendChange(transaction, { type: "key", key }, now);
      const payload = { operator, mode, ...terms };
      record(transaction, { action: "operator.key-issued", resource: key.id, commandId, payload, actor }, now, random);
      return { ok: true, keyId: key.id } as const;
    });
    return issued.ok ? { ...issued, sealedReply: sealedReplyOf(transaction, issued.keyId) } : issued;
  });
}

/** Says how many customers an operator has. Neither edge nor office hear of it: it is asked where tokens are made. */
export function declareCustomers(database: ObjectDatabase, command: DeclareCustomers, now: Instant, random: Random): Answer<"declareCustomers"> {
  const { operator, declaredCustomers, actor } = command;
  return database.transaction((transaction) => {
    const before = declaredBy(transaction, operator);
    if (before === null) return { ok: false, refusal: "operator-unknown" };
    if (before === declaredCustomers) return { ok: true };
    writeDeclared(transaction, operator, declaredCustomers);
    record(transaction, { action: "operator.customers-declared", resource: operator, commandId: null, payload: { declaredCustomers, before }, actor }, now, random);
    return { ok: true };
  });
}

/** Takes a key out of force, for ever. Revoking it again changes nothing. */
export function revokeKey(
  database: ObjectDatabase, command: RevokeKey, now: Instant, random: Random,
): Answer<"revokeKey"> {
  const { operator, keyId, actor } = command;
  return database.transaction((transaction) => {
    if (!findOperator(transaction, operator)) return { ok: false, refusal: "operator-unknown" };
    const key = keyOf(transaction, operator, keyId);
    if (!key) return { ok: false, refusal: "key-unknown" };
    if (key.state === "revoked") return { ok: true };
    markRevoked(transaction, keyId, now);
    appendChange(transaction, { type: "key", key: { ...key, state: "revoked" } }, now);
    record(transaction, { action: "operator.key-revoked", resource: keyId, commandId: null, payload: { operator, state: "revoked", before: { state: key.state } }, actor }, now, random);
    return { ok: true };
  });
}

/** Who holds a key and what their tokens are sealed in; null unless key and operator are active and it has not expired. */
export function keyHolder(database: Transaction, hash: string, now: Instant): Answer<"keyHolder"> {
  const key = keyByHash(database, hash);
  if (key?.state !== "active" || (key.expiresAt !== null && key.expiresAt <= now)) return null;
  const operator = findOperator(database, key.operator);
  const epoch = operator?.state === "active" ? currentEpoch(database, operator.id) : null;
  return operator && epoch && { key, operator, epoch, generations: generationsOf(database, operator.id), declaredCustomers: declaredBy(database, operator.id)! };
}

/** What the office lists. */
export const listedRows = { operators: listedOperators, keys: listedKeys };

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export const operatorNames = (database: Transaction, ids: readonly string[]): Answer<"operatorNames"> => namesOf(database, ids);

/** Ten of 32 letters, each equally likely: part of keys and of tokens' associated data. */
const operatorId = (random: Random): string => Array.from(random(10), (byte) => ALPHABET[byte % ALPHABET.length]).join("");

type Entry = Omit<AuditEntry, "channel" | "payload"> & { channel?: string; payload: object };

/** The entry says how far the change log was with it. */
export function record(transaction: Transaction, { payload, ...entry }: Entry, now: Instant, random: Random): void {
  const { seq: sequence } = logHead(transaction);
  recordAudit(transaction, { channel: "api", ...entry, payload: { ...payload, sequence } }, now, random);
}
