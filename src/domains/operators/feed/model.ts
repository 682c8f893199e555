import type { Kind, Pseudonym } from "../../../bst/kinds.ts";
import type { Instant } from "../../../kernel/clock.ts";

/** What an operator is told of. `feed.reset`: what was before cannot be told event by event any more, so everything is to be scrubbed. */
export const EVENT_TYPES = ["exclusion.started", "exclusion.extended", "exclusion.ended", "token.rotated", "policy.changed", "feed.reset"] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** An event before it has its number. */
export interface NewEvent {
  type: EventType;
  /** Register's time. */
  at: Instant;
  rootEpoch: number | null;
  p: Pseudonym | null;
  /** Null where it is not known, and where the event is about nobody. */
  kind: Kind | null;
  /** Of a token that was retired by itself: which one. */
  epoch: number | null;
  generation: number | null;
}

export interface StoredEvent extends NewEvent {
  sequence: number;
}

/** An event as the operator reads it, with tokens of its own and nothing else of anybody. */
export interface FeedEvent {
  /** 1, 2, 3, … without a gap. */
  sequence: number;
  /** The same for good. */
  id: string;
  type: EventType;
  /** ISO 8601, UTC. */
  at: string;
  /** One for each identifier; of one whose kind is not known, one for each kind, of which the operator holds one at most. */
  tokens: string[];
}

export interface FeedPage {
  events: FeedEvent[];
  /** What to ask after next time. */
  next: number;
  /** The last number there is. */
  head: number;
  /** The oldest that is kept: who asks after less than the one before it has missed some, and scrubs. */
  from: number;
  /** Up to when nothing is missing. */
  through: Instant;
}

/** A day in Nairobi; `hash` is what `digestOf` says. */
export interface Digest {
  day: string;
  first: number | null;
  last: number | null;
  count: number;
  hash: string;
  /** Whether the day is over and all of it is here. */
  complete: boolean;
}

/** `gone`: the endpoint answered 410. */
export type DisabledWhy = "asked" | "gone";

export type DeliveryWhat = "events" | "test" | "challenge";

/** `received` is a 2xx; `blocked` an address nothing is sent to; `late` no answer in time; `unreachable` no connection, or one that broke. */
export type DeliveryOutcome = "received" | "refused" | "redirected" | "gone" | "throttled" | "late" | "unreachable" | "blocked" | "wrong-answer";
