import { type KeyRow, wholeKey } from "../../check/directory.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { once } from "../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { appendChange } from "../exclusions/index.ts";
import { type Answer, record } from "./directory.ts";
import type { RotateKey } from "./rpc.ts";
import { isInForce, leftKey } from "./rules.ts";
import { insertKey, keyOf, markRevoked, nameOfKey, newestKeys, sealedReplyOf, setExpiry } from "./store.ts";

export const findKey = (database: Transaction, operator: string, keyId: string): Answer<"findKey"> => keyOf(database, operator, keyId);

const MOST_KEYS = 200;

export const keysOf = (database: Transaction, operator: string): Answer<"keysOf"> => newestKeys(database, operator, MOST_KEYS);

/** Puts a key in force beside another that it takes the place of, in one step with the other's end. */
export function rotateKey(database: ObjectDatabase, command: RotateKey, now: Instant, random: Random): Answer<"rotateKey"> {
  return database.transaction((transaction) => {
    const issued = once(transaction, { id: command.commandId, fingerprint: `rotateKey ${command.fingerprint}` }, now, () => {
      const old = keyOf(transaction, command.operator, command.keyId);
      if (!old) return { ok: false, refusal: "key-unknown" } as const;
      if (!isInForce(old, now)) return { ok: false, refusal: "key-ended" } as const;
      return { ok: true, keyId: replace(transaction, old, command, now, random) } as const;
    });
    return issued.ok ? { ...issued, sealedReply: sealedReplyOf(transaction, issued.keyId) } : issued;
  });
}

/** Each key has an entry of its own in the audit: what was done to it is found by it. */
function replace(transaction: Transaction, old: KeyRow, command: RotateKey, now: Instant, random: Random): string {
  const { commandId, hash, sealedReply, expiresAt = old.expiresAt, actor } = command;
  const { publicId: _, ...terms } = old;
  const key = wholeKey({ ...terms, id: uuidv7(now, random), hash, expiresAt });
  insertKey(transaction, key, { name: nameOfKey(transaction, old.id), sealedReply, issuedAt: now });
  appendChange(transaction, { type: "key", key }, now);
  const ended = leftKey(old, now + command.overlapMs, now);
  if (ended.state === "revoked") markRevoked(transaction, old.id, now);
  else setExpiry(transaction, old.id, ended.expiresAt);
  appendChange(transaction, { type: "key", key: ended }, now);
  const { operator, mode, scopes, networks, perSecond, perDay } = key;
  const given = { operator, mode, scopes, expiresAt, networks, perSecond, perDay, replaces: old.id };
  record(transaction, { action: "operator.key-issued", resource: key.id, commandId, payload: given, actor }, now, random);
  const left = { operator, state: ended.state, expiresAt: ended.expiresAt, replacedBy: key.id, before: { state: old.state, expiresAt: old.expiresAt } };
  record(transaction, { action: "operator.key-rotated", resource: old.id, commandId, payload: left, actor }, now, random);
  return key.id;
}
