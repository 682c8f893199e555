import { DAY, type Instant } from "../../kernel/clock.ts";
import { periodEnd } from "../../kernel/periods.ts";
import type { Exclusion, ExclusionEvent } from "./model.ts";
import { POLICIES } from "./policies.ts";

/** Days before a promised end on which its holder is told of it. */
const REMINDER_DAYS = [30, 14, 7] as const;

/** Something that happens to an exclusion by itself. */
export interface Due {
  at: Instant;
  event: Extract<
    ExclusionEvent, "promised-end-passed" | "ending-lapsed" | "measure-lapsed" | "annulled" | "renewed" | "reminded"
  >;
}

/** What happens to an exclusion next by itself; null is nothing. What takes it out of force comes before what only tells. */
export function dueOf(exclusion: Exclusion): Due | null {
  return all(exclusion).toSorted((one, other) => one.at - other.at)[0] ?? null;
}

/**
 * What happens to it now; null is nothing. Who slept through several does not hear of each: what takes it out of force comes first,
 * terms that went by are renewed at once, and of reminders the last alone is told, unless the end it tells of is behind too.
 */
export function dueBy(exclusion: Exclusion, now: Instant): Due | null {
  const due = all(exclusion).find(({ at }) => at <= now) ?? null;
  return due?.event === "reminded" && exclusion.endsAt! <= now ? null : due;
}

const all = (exclusion: Exclusion): Due[] => [ending(exclusion), renewal(exclusion), reminder(exclusion)].filter((due) => due !== null);

/** What an event by itself sets. Where nothing happened, the reminders that are behind stay behind. */
export function setBy(exclusion: Exclusion, event: Due["event"] | null, now: Instant): Partial<Exclusion> {
  if (event === "renewed") return nextTerm(exclusion, now);
  return event === "reminded" || event === null ? { remindedAt: Math.max(now, exclusion.remindedAt ?? 0) } : {};
}

function nextTerm({ policy, renewals, renewsAt }: Exclusion, now: Instant): Pick<Exclusion, "renewals" | "renewsAt"> {
  const every = policy === "custom" ? null : POLICIES[policy].renewsEvery;
  if (!every) return { renewals, renewsAt: null };
  const term = { renewals, renewsAt: renewsAt! };
  while (term.renewsAt <= now) Object.assign(term, { renewals: term.renewals + 1, renewsAt: periodEnd(term.renewsAt, every) });
  return term;
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

/** The earliest reminder that is still ahead. Who excluded themself within a day knows, and so does who lengthened it (`after`). */
function reminder({ state, startedAt, endsAt, remindedAt }: Exclusion): Due | null {
  if (state !== "active" || endsAt === null) return null;
  const behind = Math.max(startedAt + DAY, remindedAt ?? 0);
  const ahead = REMINDER_DAYS.map((days) => endsAt - days * DAY).find((at) => at > behind);
  return ahead === undefined ? null : { at: ahead, event: "reminded" };
}
