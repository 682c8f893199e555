import { isObject } from "./answers.ts";
import { ask, type Connection, connectionOf, type ConnectionOptions } from "./http.ts";

/** What may have happened to an operator's customers; later types are possible. */
export type EventType = "exclusion.started" | "exclusion.extended" | "exclusion.ended" | "token.rotated" | "policy.changed" | "feed.reset";

/** What the register tells an operator, by webhook and pull feed alike. */
export interface FeedEvent {
  /** 1, 2, 3, … of this operator, without gaps. */
  sequence: number;
  id: string;
  type: EventType | (string & {});
  /** ISO 8601. */
  at: string;
  /** The operator's own, one person's: one for each of their identifiers. */
  tokens: string[];
}

/** What the register says of a day in Nairobi, for whoever would know that nothing is missing. */
export interface Digest {
  day: string;
  /** Null, as `last`, where nothing happened. */
  first: number | null;
  last: number | null;
  count: number;
  /** SHA-256, hexadecimal, over a line for each event. */
  hash: string;
  /** Whether the day is over and all of it was read: a later answer is the same. */
  complete: boolean;
}

/** What an operator says it did about one of its customers. */
export interface Acknowledgement {
  token: string;
  state: "session_ended" | "account_closed" | "marketing_removed" | "balance_returned";
  /** ISO 8601. */
  at: string;
}

export interface Acknowledged {
  /** How far the operator is by all that it said; null while it said nothing of it. */
  handledThrough: number | null;
  recorded: number;
  /** Of which an earlier time was said before. */
  unchanged: number;
  /** Pointers to those of persons who are not excluded: of them nothing is kept. */
  notExcluded: string[];
}

/**
 * Something is missing between two events. Of a message: ask the feed for what comes after the last that was worked through. Of
 * the feed, which keeps 30 days: check every customer, then go on from its newest.
 */
export class GapError extends Error {
  override readonly name = "GapError";
  readonly expected: number;

  constructor(expected: number, found: number) {
    super(`event ${found} came where ${expected} was expected`);
    this.expected = expected;
  }
}

export const isEvent = (value: unknown): value is FeedEvent =>
  isObject(value) && Number.isSafeInteger(value.sequence) && typeof value.id === "string" && typeof value.type === "string" && typeof value.at === "string"
  && Array.isArray(value.tokens) && value.tokens.every((token) => typeof token === "string");

/**
 * Those of the events that come after the last one that was worked through, in order. One that came before is left out, for
 * messages may come twice; throws GapError where one is missing.
 */
export function newEvents(events: readonly FeedEvent[], after: number): FeedEvent[] {
  const fresh = events.filter(({ sequence }) => sequence > after).toSorted((a, b) => a.sequence - b.sequence);
  for (const [at, { sequence }] of fresh.entries()) if (sequence !== after + 1 + at) throw new GapError(after + 1 + at, sequence);
  return fresh;
}

/** Whether these events, in order, are all and exactly those of the day's digest. */
export async function isWhole(events: readonly FeedEvent[], { count, hash }: Digest): Promise<boolean> {
  const lines = events.map(({ sequence, id, type, at }) => `${sequence} ${id} ${type} ${at}\n`).join("");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines));
  return events.length === count && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("") === hash;
}

const MOST_AT_ONCE = 1_000;

export type FeedOptions = ConnectionOptions & Required<Pick<ConnectionOptions, "key">>;

/** An operator's events, asked for: with a key that has the scope `events`. */
export class OperatorFeed {
  readonly #connection: Connection;

  constructor(options: FeedOptions) {
    this.#connection = connectionOf(options);
  }

  /**
   * Every event after `after`, in order, up to the newest; then it ends. Keep the sequence of the last one that was worked
   * through, and begin there the next time. Throws GapError where one is missing, ProblemError, and Error when nobody answers.
   */
  async *events(after: number): AsyncGenerator<FeedEvent> {
    let done = after;
    for (;;) {
      const { events, head } = await ask(this.#connection, "GET", `/v1/events?after=${done}&limit=${MOST_AT_ONCE}`);
      if (!Array.isArray(events) || !events.every(isEvent) || typeof head !== "number") throw new Error("the answer is not whole");
      const fresh = newEvents(events, done);
      if (fresh.length === 0 && head > done) throw new GapError(done + 1, head);
      for (const event of fresh) yield event;
      done += fresh.length;
      if (done >= head) return;
    }
  }

  /** What the register says of a day, such as 2026-11-24. Throws ProblemError for one of which nothing is kept. */
  async digest(day: string): Promise<Digest> {
    const said = await ask(this.#connection, "GET", `/v1/events/digests/${encodeURIComponent(day)}`);
    if (typeof said.count !== "number" || typeof said.hash !== "string") throw new Error("the answer is not whole");
    return said as unknown as Digest;
  }

  /**
   * Says what was done: up to 1,000 acknowledgements, and up to which event everything was worked through, which says that
   * whoever is not acknowledged is no customer. Safe to repeat. Throws ProblemError for what the register refuses, and then
   * nothing was taken; Error when it does not answer: then say it again.
   */
  async acknowledge(said: { handledThrough?: number; acknowledgements?: readonly Acknowledgement[] }): Promise<Acknowledged> {
    const taken = await ask(this.#connection, "POST", "/v1/acknowledgements", said, { "idempotency-key": crypto.randomUUID() });
    if (typeof taken.recorded !== "number" || !Array.isArray(taken.notExcluded)) throw new Error("the answer is not whole");
    return taken as unknown as Acknowledged;
  }
}
