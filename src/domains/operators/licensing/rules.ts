import type { OperatorRow } from "../../../check/directory.ts";
import { DAY, type Instant } from "../../../kernel/clock.ts";
import { periodEnd } from "../../../kernel/periods.ts";
import type { Result } from "../../../kernel/result.ts";
import { LICENCE_ACTS, type LicenceAct, type LicenceEvent, type LicenceState, type LicenceTerms, type Standing, WARNED_DAYS } from "./model.ts";

/** A licence as what can be done with it is judged. */
export interface Judged extends Omit<LicenceTerms, "type"> {
  state: LicenceState;
}

export type LicenceRefusal = { refusal: "not-now" | "expiry-missing" | "expiry-unfit" | "nothing-changed" };

const LONGEST_YEARS = 10;

const refuse = <Refusal extends LicenceRefusal["refusal"]>(refusal: Refusal) => ({ ok: false, refusal }) as const;

/** How a licence stands now. One that was suspended when its time was over is suspended still: both are to be mended. */
export const standingOf = ({ state, expiresAt }: Pick<Judged, "state" | "expiresAt">, now: Instant): Standing =>
  state === "in-force" && now >= expiresAt ? "lapsed" : state;

/** Whether a licence may be issued, or renewed, until then: a day ahead at least, so that it is in force when it is carried out. */
export const fitsExpiry = (expiresAt: Instant, now: Instant): boolean =>
  expiresAt >= now + DAY && expiresAt <= periodEnd(now, { unit: "years", count: LONGEST_YEARS, minimumDays: 0 });

/** In which states an act is possible. */
const POSSIBLE: Readonly<Record<LicenceAct, readonly LicenceState[]>> = {
  renew: ["in-force", "suspended"], amend: ["in-force", "suspended"], suspend: ["in-force"], reinstate: ["suspended"], revoke: ["in-force", "suspended"],
};

/** The acts that a state knows. */
export const actsIn = (state: LicenceState): LicenceAct[] => LICENCE_ACTS.filter((act) => POSSIBLE[act].includes(state));

const AFTER: Partial<Record<LicenceAct, LicenceState>> = { suspend: "suspended", reinstate: "in-force", revoke: "revoked" };

/** What an officer asks for beside the act; what is left out stays. */
export type Asked = Partial<Pick<LicenceTerms, "conditions" | "requiredKinds" | "expiresAt">>;

/** What an act makes of a licence. A renewal moves the end on; whatever else is said changes the terms with it. */
export function judgeAct(found: Judged, act: LicenceAct, asked: Asked, now: Instant): Result<{ set: Partial<Judged> }, LicenceRefusal> {
  if (!POSSIBLE[act].includes(found.state)) return refuse("not-now");
  const { expiresAt, ...terms } = asked;
  const state = AFTER[act];
  if (state) return { ok: true, set: { state } };
  if (act === "amend") return changes(found, terms) ? { ok: true, set: terms } : refuse("nothing-changed");
  if (expiresAt === undefined) return refuse("expiry-missing");
  return fitsExpiry(expiresAt, now) && expiresAt > found.expiresAt ? { ok: true, set: { ...terms, expiresAt } } : refuse("expiry-unfit");
}

const changes = (found: Judged, terms: Omit<Asked, "expiresAt">): boolean =>
  (["conditions", "requiredKinds"] as const).some((name) => terms[name] !== undefined && JSON.stringify(terms[name]) !== JSON.stringify(found[name]));

/** What Register is told of a licence: whatever is not in force stops new customers at once, a lapse does by its time. */
export const wordOf = ({ state, expiresAt, requiredKinds }: Judged): Pick<OperatorRow, "state" | "requiredKinds"> & { licensedUntil: Instant } =>
  ({ state: state === "in-force" ? "active" : "suspended", licensedUntil: expiresAt, requiredKinds });

/** Which ends each warning is for: those later than `after` and not later than `until`. Whoever came late to one gets the next. */
export const warningSpans = (now: Instant): { days: number; after: Instant; until: Instant }[] =>
  WARNED_DAYS.map((days, at) => ({ days, after: now + (WARNED_DAYS[at + 1] ?? 0) * DAY, until: now + days * DAY }));

/** What a licence was from a step on, until the next or until its end. */
export interface LicenceLife {
  event: LicenceEvent;
  at: Instant;
  expiresAt: Instant;
}

/**
 * On how many days of a period a licence was in force as the day began. Null where none was when the period began: of one before, or of an
 * operator whose licences are not recorded here, nothing is known.
 */
export function daysInForce(lives: readonly (readonly LicenceLife[])[], from: Instant, to: Instant): number | null {
  if (!lives.flat().some(({ at }) => at <= from)) return null;
  const days = Array.from({ length: Math.round((to - from) / DAY) }, (_, day) => from + day * DAY);
  return days.filter((day) => lives.some((steps) => isInForce(steps, day))).length;
}

function isInForce(steps: readonly LicenceLife[], at: Instant): boolean {
  const last = steps.filter((step) => step.at <= at).toSorted((one, other) => one.at - other.at).at(-1);
  return last !== undefined && last.event !== "suspended" && last.event !== "revoked" && at < last.expiresAt;
}
