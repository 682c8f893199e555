import { DAY, type Instant } from "../../kernel/clock.ts";
import type { Exclusion, ExclusionEvent } from "./model.ts";

/** Days before a promised end on which its holder is told of it. */
export const REMINDER_DAYS = [30, 14, 7] as const;

/** Something that happens to an exclusion by itself. */
export interface Due {
  at: Instant;
  event: Extract<
    ExclusionEvent, "promised-end-passed" | "ending-lapsed" | "measure-lapsed" | "annulled" | "renewed" | "reminded"
  >;
}

/** What happens to an exclusion next by itself; null is nothing. What takes it out of force comes before what only tells. */
export function dueOf(exclusion: Exclusion): Due | null {
  const all = [ending(exclusion), renewal(exclusion), reminder(exclusion)].filter((due) => due !== null);
  return all.toSorted((one, other) => one.at - other.at)[0] ?? null;
}

function ending({ state, endMode, endsAt, endingLapsesAt, measureUntil, annulsAt }: Exclusion): Due | null {
  if (state === "ending" && endingLapsesAt !== null) return { at: endingLapsesAt, event: "ending-lapsed" };
  if (state === "provisional" && measureUntil !== null) return { at: measureUntil, event: "measure-lapsed" };
  const promised: Due | null = isOpen(state) && endMode === "automatic" && endsAt !== null ? { at: endsAt, event: "promised-end-passed" } : null;
  if (state !== "annulling" || annulsAt === null || (promised && promised.at <= annulsAt)) return promised;
  return { at: annulsAt, event: "annulled" };
}

const isOpen = (state: Exclusion["state"]): boolean => state === "active" || state === "annulling";

const renewal = ({ state, renewsAt }: Exclusion): Due | null =>
  state === "active" && renewsAt !== null ? { at: renewsAt, event: "renewed" } : null;

/** The earliest reminder that is still ahead. Who has excluded themself a day ago knows; no reminder comes sooner. */
function reminder({ state, startedAt, endsAt, remindedAt }: Exclusion): Due | null {
  if (state !== "active" || endsAt === null) return null;
  const behind = Math.max(startedAt + DAY, remindedAt ?? 0);
  const ahead = REMINDER_DAYS.map((days) => endsAt - days * DAY).find((at) => at > behind);
  return ahead === undefined ? null : { at: ahead, event: "reminded" };
}
