import type { Outcome } from "../../../audit/entry.ts";
import { DAY, type Instant, type Random } from "../../../kernel/clock.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "../../../kernel/bytes.ts";
import { uuidv8 } from "../../../kernel/ids.ts";
import { startOfDay } from "../../../kernel/periods.ts";
import type { Result } from "../../../kernel/result.ts";
import { recordAudit } from "../../../objects/audit.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import type { GuardRefusal } from "../guard-rpc.ts";
import { figuresOf, handedOut, seen, theDay } from "./day.ts";
import type { Finding } from "./model.ts";
import { actOn, refusalOf, TELL_TASK } from "./quarantine.ts";
import { leftOf, spend } from "./quota.ts";
import type { AskedBatch, CheckedCanary, MetBatch, Quarantined } from "./rpc.ts";
import { judge } from "./rules.ts";
import { addCount, addExhausted, insertMeeting, quarantineInForce, spentBy, writeSpent } from "./store.ts";

/** Nobody is known to be excluded before tokens are made: whatever the share, it is none too many. */
const NOT_YET = 1;

/**
 * Counts a batch against the operator's day and looks at it, in one step with its audit entry; what it looks like tells on the
 * next one. Refused, it is counted as denied and nothing else.
 */
export function admit(database: ObjectDatabase, batch: AskedBatch, now: Instant, random: Random): Result<object, GuardRefusal> {
  return database.transaction((transaction) => {
    const refusal = refusalFor(transaction, batch, now);
    if (refusal) {
      addCount(transaction, startOfDay(now), "denied", batch.count);
      if (refusal.refusal === "quota-exhausted") addExhausted(transaction, startOfDay(now));
    } else {
      take(transaction, batch, now);
    }
    note(transaction, batch, refusal?.refusal ?? "admitted", now, random);
    const { door, quota, identifiers = [] } = batch;
    const day = theDay(transaction, batch.count + leftOf(quota, spentBy(transaction, door, startOfDay(now))), now, random);
    const after = refusal ? day : seen(transaction, day, identifiers);
    actOn(transaction, batch.operator, judge(figuresOf(transaction, after, NOT_YET)), after, now, random);
    return refusal ? { ok: false, ...refusal } : { ok: true };
  });
}

function refusalFor(transaction: Transaction, { door, quota, count }: AskedBatch, now: Instant): GuardRefusal | null {
  const quarantine = quarantineInForce(transaction);
  if (quarantine) return { refusal: "quarantined", reason: quarantine.reason, since: quarantine.since };
  const today = startOfDay(now);
  // Kenya's days are of one length.
  return spend(quota, spentBy(transaction, door, today), count) ? null : { refusal: "quota-exhausted", until: today + DAY };
}

function take(transaction: Transaction, { door, quota, count }: AskedBatch, now: Instant): void {
  const today = startOfDay(now);
  writeSpent(transaction, door, today, spend(quota, spentBy(transaction, door, today), count)!);
  if (door === "blind") addCount(transaction, today, "evaluated-blind", count);
}

/** Counts what is about to be handed out. Where one of them is nobody's, nothing is, and the operator is quarantined at once. */
export function met(database: ObjectDatabase, batch: MetBatch, now: Instant, random: Random): Result<object, Quarantined> {
  return database.transaction((transaction) => {
    const { canaries, operator, count, excluded, expectedShare } = batch;
    const day = theDay(transaction, count, now, random);
    if (canaries.length > 0) {
      for (const canary of canaries) insertMeeting(transaction, { id: meetingId(operator, canary, String(now)), canary, how: "tokenised", purpose: null, at: now });
      setDue(transaction, TELL_TASK, now);
      const finding: Finding = { rule: "canary", severity: "quarantine", evidence: { canaries: canaries.length, of: count } };
      actOn(transaction, operator, [finding], day, now, random);
      addCount(transaction, day.day, "denied", count);
      note(transaction, batch, "quarantined", now, random);
      return refusalOf(quarantineInForce(transaction)!);
    }
    const after = handedOut(transaction, day, count, excluded);
    addCount(transaction, day.day, "issued", count);
    actOn(transaction, operator, judge(figuresOf(transaction, after, expectedShare)), after, now, random);
    return { ok: true };
  });
}

/** An identifier that is nobody's was checked: the office is told. False when it was told of this check before. */
export function metByCheck(database: ObjectDatabase, { canary, answerId, purpose, at }: CheckedCanary, now: Instant): boolean {
  return database.transaction((transaction) => {
    const fresh = insertMeeting(transaction, { id: meetingId(answerId, canary), canary, how: "checked", purpose, at });
    if (fresh) setDue(transaction, TELL_TASK, now);
    return fresh;
  });
}

/** The same of the same meeting. */
const meetingId = (...parts: string[]): string => uuidv8(sha256(utf8(parts.join(" "))));

const came = (outcome: string): Outcome => (outcome === "quarantined" || outcome === "quota-exhausted" ? "refused" : "done");

/** Whose key, by which door, how many and what became of it; nothing of whom. */
function note(transaction: Transaction, { operator, keyId, door, count }: Pick<AskedBatch, "operator" | "keyId" | "door" | "count">, outcome: string, now: Instant, random: Random): void {
  const entry = { action: "tokens.batch", resource: `operator/${operator}`, channel: door, commandId: null, payload: { count, outcome }, outcome: came(outcome) };
  recordAudit(transaction, { ...entry, actor: { kind: "operator", id: keyId, origin: null } }, now, random);
}
