import { HOUR, type Instant } from "../../../kernel/clock.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import type { ExclusionState } from "../model.ts";
import { isInForce } from "../rules.ts";
import type { Figure, Wait } from "./model.ts";

/** Something Register did to an exclusion, as its audit entry tells it. */
export interface Told {
  id: string;
  at: Instant;
  action: string;
  channel: string;
  payload: Json;
}

/** What is counted of one change. */
export interface Happening {
  id: string;
  figures: Figure[];
  /** Under which policy: of an exclusion that is lengthened, the new one. */
  policy: string;
  channel: string;
  shifts: { policy: string; change: 1 | -1 }[];
  waits: { wait: Wait; hours: number }[];
}

/** What is known of an exclusion between two changes. */
interface Moment {
  begun: boolean;
  inForce: boolean;
  policy: string;
  /** Undefined before any entry said it. */
  endsAt: Instant | null | undefined;
  /** When its holder asked to end it, while that is open. */
  askedAt: Instant | null;
}

/** What entries of Register say of an exclusion; each says some of it. */
interface Said {
  policy?: string;
  endsAt?: Instant | null;
  state?: ExclusionState;
}

const LENGTHENING = "exclusion.extended";
const FIGURE_OF: Readonly<Record<string, Figure>> = {
  "exclusion.renewed": "renewed",
  "exclusion.ending-asked": "ending-asked",
  "exclusion.ending-cancelled": "ending-kept",
  "exclusion.ending-lapsed": "ending-lapsed",
};

/**
 * What is counted of everything that happened to one exclusion, in Register's order. Of each change no more is looked at than
 * what came before it, so that a day counted later is counted the same. `policyNow` stands in where no entry has said one.
 */
export function happeningsOf(changes: readonly Told[], policyNow: string): Happening[] {
  let before: Moment = { begun: false, inForce: false, policy: policyNow, endsAt: undefined, askedAt: null };
  return changes.map((change) => {
    const now = momentAfter(before, change);
    const happening = between(before, now, change);
    before = now;
    return happening;
  });
}

const lengthens = ({ endsAt }: Moment, { action, payload }: Told): boolean =>
  action === LENGTHENING && endsAt !== undefined && (payload as Said).endsAt !== undefined && (payload as Said).endsAt !== endsAt;

function momentAfter(before: Moment, change: Told): Moment {
  const { policy = before.policy, endsAt = before.endsAt, state } = change.payload as Said;
  const inForce = state === undefined ? before.inForce || !before.begun : isInForce(state);
  return { begun: true, inForce, policy, endsAt, askedAt: askedAfter(before, change) };
}

function askedAfter(before: Moment, change: Told): Instant | null {
  const { state } = change.payload as Said;
  if (state === "ending") return before.askedAt ?? change.at;
  return state !== undefined || lengthens(before, change) ? null : before.askedAt;
}

function between(before: Moment, now: Moment, change: Told): Happening {
  const { state } = change.payload as Said;
  const left = before.inForce && !now.inForce ? [state as Figure] : [];
  const figures: Figure[] = [
    ...(before.begun ? [] : ["begun" as const]),
    ...(lengthens(before, change) ? ["lengthened" as const] : []),
    ...(FIGURE_OF[change.action] ? [FIGURE_OF[change.action]!] : []),
    ...left,
  ];
  return { id: change.id, figures, policy: now.policy, channel: change.channel, shifts: shiftsOf(before, now), waits: waitsOf(before, change, figures) };
}

function shiftsOf(before: Moment, now: Moment): Happening["shifts"] {
  if (before.inForce === now.inForce && before.policy === now.policy) return [];
  return [
    ...(before.inForce ? [{ policy: before.policy, change: -1 as const }] : []),
    ...(now.inForce ? [{ policy: now.policy, change: 1 as const }] : []),
  ];
}

/** Register's clock may have been set: nobody waits less than nothing. */
const hoursFrom = (from: Instant, to: Instant): number => Math.max(0, Math.floor((to - from) / HOUR));

function waitsOf({ endsAt, askedAt }: Moment, { at }: Told, figures: readonly Figure[]): Happening["waits"] {
  const since = (wait: Wait, from: Instant) => [{ wait, hours: hoursFrom(from, at) }];
  if (figures.includes("ending-asked") && typeof endsAt === "number" && endsAt <= at) return since("end-to-asked", endsAt);
  if (askedAt === null) return [];
  if (figures.includes("ended")) return since("asked-to-ended", askedAt);
  return figures.includes("ending-kept") ? since("asked-to-kept", askedAt) : [];
}
