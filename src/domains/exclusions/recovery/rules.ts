import type { Instant } from "../../../kernel/clock.ts";
import type { Exclusion } from "../model.ts";
import { isInForce, type Promised, stronger } from "../rules.ts";

/**
 * What stands for an exclusion that two sides know, when neither saw what the other did. In force on one side, it is in force; of two
 * promises the stronger holds. Where the sides differ on what is under way to end it, nothing is: whoever began that begins again.
 */
export function reconciled(known: Exclusion, other: Exclusion): Exclusion {
  if (!isInForce(other.state)) return known;
  const { id, reference, personId } = known;
  if (!isInForce(known.state)) return { ...other, id, reference, personId };
  const promised = promisedBy(known, other);
  const both = { ...known, ...promisedOf(promised), renewals: Math.max(known.renewals, other.renewals) };
  return known.state === other.state ? { ...both, ...laterOf(known, other) } : { ...both, state: "active", ...NOTHING_UNDER_WAY };
}

/** The stronger of both promises; of a measure and what was decided after it, the decision. */
function promisedBy(known: Exclusion, other: Exclusion): Promised {
  if ((known.state === "provisional") === (other.state === "provisional")) return stronger(known, other);
  return known.state === "provisional" ? other : known;
}

const promisedOf = ({ policy, policyVersion, endMode, endsAt, reviewAt, renewsAt }: Promised): Promised =>
  ({ policy, policyVersion, endMode, endsAt, reviewAt, renewsAt });

type UnderWay = Pick<Exclusion, "endableFrom" | "endingLapsesAt" | "measureUntil" | "annulsAt">;
const NOTHING_UNDER_WAY: UnderWay = { endableFrom: null, endingLapsesAt: null, measureUntil: null, annulsAt: null };

/** Of two beginnings of the same, the later counts. */
function laterOf(one: UnderWay, other: UnderWay): UnderWay {
  const later = (name: keyof UnderWay): Instant | null => (one[name] === null ? null : Math.max(one[name], other[name] ?? 0));
  return { endableFrom: later("endableFrom"), endingLapsesAt: later("endingLapsesAt"), measureUntil: later("measureUntil"), annulsAt: later("annulsAt") };
}

/** Whether the promise itself became another. */
export const isLengthened = (before: Exclusion, merged: Exclusion): boolean =>
  before.endsAt !== merged.endsAt || before.policy !== merged.policy || before.endMode !== merged.endMode;
