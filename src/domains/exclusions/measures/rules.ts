import { DAY, HOUR, type Instant } from "../../../kernel/clock.ts";
import { type Period, periodEnd } from "../../../kernel/periods.ts";
import type { Result } from "../../../kernel/result.ts";
import type { ImposeCommand, MeasureRefusal, TwoOfficers } from "../measures-rpc.ts";
import { type Exclusion, type ExclusionEvent, type StatedIdentifier, TRANSITIONS } from "../model.ts";
import { POLICIES } from "../policies.ts";
import { inForce, type Held, type Promised } from "../rules.ts";

/** No end that officers choose lies farther ahead: what is to last longer is permanent. */
const LONGEST: Period = { unit: "years", count: 5, minimumDays: 1825 };
/** A measure is for the time it takes to hear somebody. */
const MEASURE_DAYS = 30;

/** What officers' decision makes of an exclusion. */
export type Measure = {
  event: Extract<
    ExclusionEvent,
    "measure-upheld" | "dismissed" | "review-granted" | "review-refused" | "lengthened" | "annulment-begun" | "annulment-stopped"
  >;
  set: Partial<Exclusion>;
};
export type Judged = Result<Measure, MeasureRefusal>;

const refuse = <Refusal extends MeasureRefusal["refusal"]>(refusal: Refusal) => ({ ok: false, refusal }) as const;

/** The measure, if the exclusion's state knows it. */
const step = ({ state }: Exclusion, event: Measure["event"], set: Partial<Exclusion> = {}): Judged =>
  TRANSITIONS[state][event] ? { ok: true, event, set } : refuse("not-now");

/** Whether one person decided alone. */
export const isOneOfficer = ([proposer, seconder]: TwoOfficers): boolean => proposer === seconder;

const isAhead = (endsAt: Instant | null, now: Instant): boolean => endsAt === null || (endsAt > now && endsAt <= periodEnd(now, LONGEST));

/**
 * What is imposed ends by itself or by a dismissal, never by an act of its holder: `automatic`, also without an end. A permanent
 * one is neither reviewed nor renewed, for an appeal is what can lift it.
 */
const imposedUntil = (endsAt: Instant | null): Promised => ({
  ...(endsAt === null ? { policy: "permanent", policyVersion: POLICIES.permanent.version } : { policy: "custom", policyVersion: 1 }),
  endMode: "automatic", endsAt, reviewAt: null, renewsAt: null,
});

/** How an exclusion begins that officers impose. */
export function judgeImposing(
  { endsAt, measureUntil }: Pick<ImposeCommand, "endsAt" | "measureUntil">, now: Instant,
): Result<Promised & Pick<Exclusion, "state" | "measureUntil">, MeasureRefusal> {
  if (!isAhead(endsAt, now)) return refuse("out-of-bounds");
  const promised = imposedUntil(endsAt);
  if (measureUntil === null) return { ok: true, ...promised, state: "active", measureUntil };
  const isMeasure = measureUntil > now && measureUntil <= now + MEASURE_DAYS * DAY && measureUntil <= (endsAt ?? Infinity);
  return isMeasure ? { ok: true, ...promised, state: "provisional", measureUntil } : refuse("out-of-bounds");
}

/** Upholding never shortens the measure; one that is over is over, whether or not the alarm was there yet. */
export function judgeUpholding(exclusion: Exclusion, endsAt: Instant | null, now: Instant): Judged {
  const { measureUntil } = exclusion;
  if (measureUntil === null || measureUntil <= now) return refuse("not-now");
  if (endsAt !== null && endsAt < measureUntil) return refuse("shortens");
  return isAhead(endsAt, now) ? step(exclusion, "measure-upheld", imposedUntil(endsAt)) : refuse("out-of-bounds");
}

export const judgeDismissal = (exclusion: Exclusion): Judged =>
  exclusion.origin === "self" ? refuse("not-imposed") : step(exclusion, "dismissed");

/** A review opens the way to ending a permanent exclusion of one's own, or closes it until the next; it never ends it. */
export function judgeReview(exclusion: Exclusion, granted: boolean, now: Instant): Judged {
  const { origin, state, endsAt, reviewAt, reviewGrantedAt } = exclusion;
  if (origin !== "self" || state !== "active" || endsAt !== null || reviewAt === null || reviewGrantedAt !== null) return refuse("not-now");
  if (now < reviewAt) return { ok: false, refusal: "too-early", from: reviewAt };
  const { reviewAgainAfter } = POLICIES.permanent;
  return granted
    ? step(exclusion, "review-granted", { reviewGrantedAt: now })
    : step(exclusion, "review-refused", { reviewAt: reviewAgainAfter && periodEnd(now, reviewAgainAfter) });
}

/** A longer time of its own is its holder's wish. What is imposed for longer is a case of its own. */
export function judgeLengthening(exclusion: Exclusion, endsAt: Instant, now: Instant): Judged {
  if (exclusion.origin !== "self") return refuse("not-now");
  if (!(endsAt > (exclusion.endsAt ?? Infinity))) return refuse("shortens");
  if (!isAhead(endsAt, now)) return refuse("out-of-bounds");
  return step(exclusion, "lengthened", { policy: "custom", policyVersion: 1, endsAt, reviewAt: null, renewsAt: null });
}

/** What a case imposed is lifted by dismissing it: only one's own can turn out to be somebody else's. */
export const judgeAnnulment = (exclusion: Exclusion, coolingHours: number, now: Instant): Judged =>
  exclusion.origin === "self" ? step(exclusion, "annulment-begun", { annulsAt: now + coolingHours * HOUR }) : refuse("not-now");

/** In time as long as it is not annulled. */
export const judgeObjection = (exclusion: Exclusion): Judged => step(exclusion, "annulment-stopped");

/** Whether an identifier is in an exclusion by somebody's word alone, and still counts or may. */
export const isOnlyTyped = ({ kind, evidence, standing }: Pick<Held, "kind" | "evidence" | "standing">): boolean =>
  kind !== "msisdn" && evidence === "typed" && (inForce(standing) || standing === "held");

/** What officers were shown counts for good. */
export const shown = (identifier: StatedIdentifier): Held => ({ ...identifier, standing: "firm", provisionalUntil: null });
