import { PURPOSES } from "../../check/question.ts";
import { toHex } from "../../kernel/bytes.ts";
import type { Json } from "../../kernel/canonical-json.ts";
import { systemActor } from "../../kernel/actor.ts";
import { type Instant, MINUTE, type Random, SECOND } from "../../kernel/clock.ts";
import { recordAudit } from "../../objects/audit.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { leafHash, rootOf } from "../../tlog/merkle.ts";
import { countsToEnter, minuteToEnter, setEntered } from "./store.ts";

/** The task that has the counts of minutes in the audit. */
export const ENTER_TASK = "enter-counts";

/** What an isolate counted has come by then, as a rule. */
const SETTLES_MS = 90 * SECOND;
const MINUTES_A_TURN = 50;
/** What one entry holds; more goes into another. */
const BATCHES_AN_ENTRY = 2_000;

type Counted = ReturnType<typeof countsToEnter>[number];

/** When a minute is entered; one that is over for long waits as well, because what is late seldom comes alone. */
export const dueAt = (minute: Instant, now: Instant): Instant => Math.max(minute + MINUTE, now) + SETTLES_MS;

/**
 * Has the counts of each minute that is over in the audit, each count once: those that come late are another entry of the same minute. Answers when to
 * come again.
 */
export function enterCounts(database: ObjectDatabase, operator: string, now: Instant, random: Random): Instant | null {
  for (let turn = 0; turn < MINUTES_A_TURN; turn++) {
    const minute = minuteToEnter(database);
    if (minute === null) return null;
    if (minute + MINUTE + SETTLES_MS > now) return minute + MINUTE + SETTLES_MS;
    database.transaction((transaction) => enterMinute(transaction, operator, minute, now, random));
  }
  return now;
}

function enterMinute(transaction: Transaction, operator: string, minute: Instant, now: Instant, random: Random): void {
  const counted = countsToEnter(transaction, minute, BATCHES_AN_ENTRY);
  const present = PURPOSES.filter((purpose) => counted.some((one) => one.purpose === purpose));
  const purposes = present.map((purpose) => ({ purpose, ...summed(counted.filter((one) => one.purpose === purpose)) }));
  const payload = { minute: new Date(minute).toISOString(), purposes };
  const actor = systemActor("check-counts");
  const id = recordAudit(transaction, { action: "checks.counted", resource: `operator/${operator}`, channel: "clock", commandId: null, payload, actor }, now, random);
  setEntered(transaction, counted, id);
}

/** Batches in the order they came, and the RFC 6962 tree's hash over leaves that are their roots: an answer's id is proven in a batch, and that here. */
function summed(counted: readonly Counted[]): Record<string, Json> {
  const batches = counted.map(({ isolate, batch, count, root }) => ({ isolate, batch, count, root: toHex(root) }));
  return { count: counted.reduce((sum, { count }) => sum + count, 0), root: toHex(rootOf(counted.map(({ root }) => leafHash(root)))), batches };
}
