import type { Instant } from "../../../kernel/clock.ts";
import { dayAfter, dayStart, nairobiDay } from "../../../kernel/periods.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { Digest, FeedEvent, FeedPage, StoredEvent } from "./model.ts";
import { digestOf, eventId } from "./rules.ts";
import { eventsAfter, eventsBetween, insertPull, keptDigest, lastDigest, type Position, pulledUpTo, readPosition } from "./store.ts";

/** The most events one page has: as many as the tokenizer takes at once. */
export const MOST_A_PAGE = 1_000;

/** A page after `after`, its tokens sealed by `seal`; what is handed out counts as fetched. Throws what `seal` does, and then nothing was. */
export async function readPage(
  database: ObjectDatabase, after: number, limit: number, seal: (feedId: string, stored: readonly StoredEvent[]) => Promise<FeedEvent[]>, now: Instant,
): Promise<FeedPage> {
  const { feedId, head, from, t } = readPosition(database)!;
  const stored = eventsAfter(database, after, Math.min(limit, MOST_A_PAGE));
  const events = await seal(feedId, stored);
  const next = events.at(-1)?.sequence ?? Math.min(after, head);
  if (events.length > 0) notePull(database, events[0]!.sequence, next, now);
  return { events, next, head, from, through: t };
}

function notePull(database: Transaction, first: number, last: number, at: Instant): void {
  const known = pulledUpTo(database);
  if (last > known) insertPull(database, { first: Math.max(first, known + 1), last, at });
}

/** A day's digest. A day that is over and was read whole is the same for good; null for one of which nothing is kept any more, or from before the feed began. */
export function digest(database: ObjectDatabase, day: string): Digest | null {
  const kept = keptDigest(database, day);
  if (kept) return { ...kept, complete: true };
  const at = readPosition(database);
  return at && day >= firstDay(database, at) ? computeDigest(database, day) : null;
}

/** The first day whose events may still be here. Whatever was closed before it has its digest. */
export function firstDay(database: ObjectDatabase, { begunOn }: Position): string {
  const last = lastDigest(database);
  return last === null ? begunOn : dayAfter(last, 1);
}

export function computeDigest(database: ObjectDatabase, day: string): Digest {
  const { feedId, t } = readPosition(database)!;
  const [from, to] = [dayStart(day), nairobiDay(dayStart(day)).endsAt];
  const events = eventsBetween(database, from, to).map(({ sequence, type, at }) => ({ sequence, id: eventId(feedId, sequence), type, at: new Date(at).toISOString() }));
  return { day, first: events[0]?.sequence ?? null, last: events.at(-1)?.sequence ?? null, count: events.length, hash: digestOf(events), complete: t >= to };
}
