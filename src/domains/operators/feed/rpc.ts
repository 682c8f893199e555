import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Digest, EventType, FeedPage } from "./model.ts";
import type { Rows, Taken } from "./take.ts";

/** When one event about somebody reached whom; `pulled` is the pull feed. Null for not yet. */
export interface Received {
  sequence: number;
  type: EventType;
  at: Instant;
  pulled: Instant | null;
  endpoints: { endpoint: string; at: Instant | null }[];
}

/** One operator's events, numbered, and where they are delivered. The object is named by the operator's id; it knows nobody but by pseudonyms. */
export interface FeedApi {
  /** Rows fresh from a Replica, which need not be asked for then. Answers whether there is anybody to be told at once. */
  poke(rows: Rows): Promise<{ taken: Taken; wanted: boolean }>;
  /** At most 1,000 events after `after`, oldest first, in the operator's tokens of now. Throws when Register or the tokenizer is needed and does not answer. */
  events(after: number, limit: number): Promise<FeedPage>;
  /** Null for a day of which nothing is kept. */
  digest(day: string): Promise<Digest | null>;
  /** Every event that is kept about any of these, oldest first. */
  receivedOf(ps: readonly Pseudonym[]): Promise<Received[]>;
}
