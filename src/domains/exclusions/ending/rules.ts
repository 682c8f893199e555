import { DAY, type Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { EndingRefusal } from "../ending-rpc.ts";
import type { Exclusion } from "../model.ts";
import { askableFrom } from "../rules.ts";

/** How long the second act of an ending has to wait for, and how long it can then come. */
export interface EndingSettings {
  waitDays: number;
  openDays: number;
}

/** What an act makes of an exclusion: events in order; none leaves it as it is. */
export interface Step {
  event: "ending-asked" | "ending-cancelled" | "ending-lapsed" | "ending-confirmed";
  set?: Partial<Exclusion>;
}

export type Decision = Result<{ steps: readonly Step[] }, EndingRefusal>;

const refused = (refusal: EndingRefusal): Decision => ({ ok: false, ...refusal });
const doing = (...steps: Step[]): Decision => ({ ok: true, steps });

/** The first act. Asked again while it waits, it stands as it was asked first; a forgotten one begins anew. */
export function decideAsking(exclusion: Exclusion, now: Instant, { waitDays, openDays }: EndingSettings): Decision {
  const refusal = notTheirsYet(exclusion, now);
  if (refusal) return refused(refusal);
  const endableFrom = now + waitDays * DAY;
  const asked: Step = { event: "ending-asked", set: { endableFrom, endingLapsesAt: endableFrom + openDays * DAY } };
  if (exclusion.state !== "ending") return doing(asked);
  return isForgotten(exclusion, now) ? doing({ event: "ending-lapsed" }, asked) : doing();
}

/** The second act. */
export function decideConfirming(exclusion: Exclusion, now: Instant): Decision {
  const refusal = notTheirsYet(exclusion, now);
  if (refusal) return refused(refusal);
  const { state, endableFrom } = exclusion;
  if (state !== "ending" || endableFrom === null || isForgotten(exclusion, now)) return refused({ refusal: "nothing-asked" });
  return now < endableFrom ? refused({ refusal: "waiting", from: endableFrom }) : doing({ event: "ending-confirmed" });
}

/** Thinks better of it. What keeps somebody excluded is never refused for the time it comes at. */
export function decideKeeping(exclusion: Exclusion): Decision {
  const refusal = notTheirs(exclusion);
  if (refusal) return refused(refusal);
  return exclusion.state === "ending" ? doing({ event: "ending-cancelled" }) : refused({ refusal: "nothing-asked" });
}

/** Why its holder does not end it now, whatever was asked before; null when they can. */
function notTheirsYet(exclusion: Exclusion, now: Instant): EndingRefusal | null {
  const refusal = notTheirs(exclusion);
  if (refusal) return refusal;
  const from = askableFrom(exclusion);
  if (from !== null && from <= now) return null;
  return exclusion.endsAt === null ? { refusal: "review-needed", from: from ?? exclusion.reviewAt } : { refusal: "minimum-runs", from: exclusion.endsAt };
}

function notTheirs({ origin, state, endMode }: Exclusion): EndingRefusal | null {
  if (origin !== "self") return { refusal: "not-theirs-to-end" };
  if (state === "annulling") return { refusal: "being-annulled" };
  return endMode === "automatic" ? { refusal: "ends-by-itself" } : null;
}

/** Whether the first act is behind, also when nothing has noted that yet. In doubt it is, and the exclusion goes on. */
const isForgotten = ({ endingLapsesAt }: Exclusion, now: Instant): boolean => endingLapsesAt === null || endingLapsesAt <= now;
