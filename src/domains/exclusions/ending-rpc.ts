import type { Lineage } from "../../bst/lineage.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { Channel, Receipt } from "./model.ts";

/** One act of a person on their own exclusion. Repeatable by `commandId`. */
export interface EndingCommand {
  commandId: string;
  /** Proven: its holder's exclusion and nobody else's is meant. */
  phone: Lineage;
  reference: string;
  channel: Channel;
}

/**
 * Why an exclusion goes on. `nothing-to-end`: none of this reference is in force for the phone's holder. `ends-by-itself`: it has
 * an end that comes without anybody. `not-theirs-to-end`: officers imposed it. `minimum-runs`: not before `from`; `review-needed`:
 * a permanent one, which officers review, not before `from`. `being-annulled`: officers are about to annul it.
 * `nothing-asked`: the first act is missing, or was too long ago. `waiting`: the second act comes too early.
 */
export type EndingRefusal =
  | { refusal: "nothing-to-end" | "ends-by-itself" | "not-theirs-to-end" | "being-annulled" | "nothing-asked" }
  | { refusal: "command-reused" }
  | { refusal: "minimum-runs" | "waiting"; from: Instant }
  | { refusal: "review-needed"; from: Instant | null };

export type EndingResult = Result<{ receipt: Receipt }, EndingRefusal>;

/** Ending one's own exclusion takes two acts, seven days apart, and one to think better of it (L.N. 112 of 2026, reg. 72(1)). */
export interface EndingApi {
  /** The first act: not before the promised end. Asking again while it waits answers the same and begins nothing anew. */
  askToEnd(command: EndingCommand): Promise<EndingResult>;
  /** The second act: out of force when this answers. */
  confirmEnding(command: EndingCommand): Promise<EndingResult>;
  /** Thinks better of it; nothing was lost meanwhile. */
  keep(command: EndingCommand): Promise<EndingResult>;
}
