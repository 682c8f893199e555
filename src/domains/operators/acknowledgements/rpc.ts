import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { AcknowledgedState, Lateness, Standing } from "./model.ts";
import type { TimeRefusal } from "./rules.ts";

/** What an operator did about one person. */
export interface Acknowledgement {
  /** What the person's token holds, under its root and each newer one. */
  ps: readonly Pseudonym[];
  state: AcknowledgedState;
  at: Instant;
}

export interface AcknowledgementBatch {
  commandId: string;
  fingerprint: string;
  actor: Actor;
  /** Every event up to this was worked through: whoever of them is not acknowledged is no customer. Null says nothing. */
  handledThrough: number | null;
  acknowledgements: readonly Acknowledgement[];
}

/** What was taken. */
export interface Acknowledged {
  /** How far the operator has worked its events through by all that it said; null while it said nothing of it. */
  handledThrough: number | null;
  /** How many of the acknowledgements changed something, and how many said nothing new. */
  recorded: number;
  unchanged: number;
  /** Those, by their places, of persons who are not excluded as far as the feed goes: of them nothing is kept. */
  notExcluded: number[];
}

/** A part of a batch that is not taken, by its place; null is `handledThrough`. */
export interface RefusedPart {
  place: number | null;
  refusal: TimeRefusal | "not-received";
}

/** `refused`: each part that cannot be taken; nothing of the batch was kept. */
export type AcknowledgeRefusal = { refusal: "command-reused" } | { refusal: "refused"; parts: RefusedPart[] };

/** Something that stands in an operator's feed about one of the pseudonyms that were asked for. */
export interface ToldEvent {
  sequence: number;
  type: string;
  at: Instant;
  /** When it was first received, by whichever door; null while it was not. */
  receivedAt: Instant | null;
  /** When the operator first said that it had worked through it. */
  handledAt: Instant | null;
}

/** What an operator's feed knows of an exclusion. */
export interface Propagated {
  events: ToldEvent[];
  /** What the operator said of the person; of each state the earliest. */
  acknowledged: { state: AcknowledgedState; at: Instant; saidAt: Instant }[];
  /** Whether an endpoint stands, or the feed was ever pulled: nothing can be received without. */
  reachable: boolean;
}

/** What operators say they did, as their feeds keep it. Every verb throws where the feed cannot say how far it is. */
export interface AcknowledgementsApi {
  /** All of a batch, or nothing. Repeatable by `commandId`; and saying it again under another is no change. */
  acknowledge(batch: AcknowledgementBatch): Promise<Result<{ taken: Acknowledged }, AcknowledgeRefusal>>;
  /** What the operator is late with now; empty when it keeps up. */
  overdue(): Promise<Lateness[]>;
  /** How it kept up with the events that began from then on and before. */
  standing(from: Instant, to: Instant): Promise<Standing>;
  /** What it was told, and said, of an exclusion of these pseudonyms that was in force from then until then. */
  propagated(ps: readonly Pseudonym[], from: Instant, until: Instant): Promise<Propagated>;
}
