import type { Json } from "../kernel/canonical-json.ts";
import type { Instant, Random } from "../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../objects/database.ts";
import { type AuditRecord, commitmentOf, type LogEntry, SALT_BYTES } from "./entry.ts";
import { type AuditRow, dropUntold, giveSalt, insertUntold, oldestWaiting, setLeaf, untoldRows, waitingRows } from "./store.ts";

/** An entry the log has yet to be told of, and what notes where it is there. */
export interface Waiting {
  entry: LogEntry;
  settle: (leaf: number) => void;
}

/** What an object has yet to tell, oldest first. */
export interface Outbox {
  /** When the oldest was done; null when nothing waits. */
  oldest(): Instant | null;
  waiting(limit: number): Waiting[];
}

/** What an object's row means, as the log's commitment has it. */
const recordOf = ({ actor, channel, commandId, outcome, payload, resource }: AuditRow): AuditRecord =>
  ({ actor, channel, commandId, outcome, payload: JSON.parse(payload) as Json, resource });

/** A row an older release wrote, or put aside, has no salt yet and is given one, for good, before anything is made with it. */
function saltOf(database: Transaction, { position, salt }: AuditRow, random: Random): Uint8Array {
  if (salt) return salt;
  const fresh = random(SALT_BYTES);
  giveSalt(database, position, fresh);
  return fresh;
}

function entryOf(database: Transaction, row: AuditRow, random: Random): LogEntry {
  const { id, at, action } = row;
  return { id, at, action, commitment: commitmentOf(saltOf(database, row, random), recordOf(row)) };
}

/** An object's rows of audit. */
export const auditOutbox = (database: ObjectDatabase, random: Random): Outbox => ({
  oldest: () => oldestWaiting(database),
  waiting: (limit) => waitingRows(database, limit).map((row) => ({ entry: entryOf(database, row, random), settle: (leaf) => setLeaf(database, row, leaf) })),
});

/** What an erased vault still had to tell. */
export const untoldOutbox = (database: ObjectDatabase): Outbox => ({
  oldest: () => untoldRows(database, 1)[0]?.at ?? null,
  waiting: (limit) => untoldRows(database, limit).map(({ position, ...entry }) => ({ entry, settle: () => dropUntold(database, position) })),
});

/** All that waits as the log takes it, for what is about to be erased: nothing in it says what it means. */
export const stillUntold = (outbox: Outbox): LogEntry[] => outbox.waiting(Number.MAX_SAFE_INTEGER).map(({ entry }) => entry);

export function keepUntold(database: Transaction, entries: readonly LogEntry[]): void {
  for (const entry of entries) insertUntold(database, entry);
}
