import type { UsagePeriod } from "../../analytics/model.ts";
import { type Instant, DAY } from "../../../kernel/clock.ts";
import { ACKNOWLEDGED_STATES, type AcknowledgedState } from "../../operators/acknowledgements/model.ts";
import { type Evidence, type Input, type Inputs, type Loss, type Standing } from "./model.ts";

/** A key, as far as its hygiene is judged. */
export interface KeyFacts {
  id: string;
  networks: readonly string[];
  issuedAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
}

/** What was read about an operator and a period. Null is what nobody could say. */
export interface Facts {
  from: Instant;
  to: Instant;
  /** Day by day. */
  usage: readonly UsagePeriod[];
  standing: Standing;
  /** How many identifiers that are nobody's it came with. */
  canaries: number;
  keys: readonly KeyFacts[];
  /** The day each key was last used, by the key; one that is not there was not used as far as is known. */
  lastUsed: Readonly<Record<string, Instant>>;
  /** On how many of the days a licence was in force. */
  licensedDays: number | null;
}

/** A key that is as old as that should have been replaced. */
const OLD_MS = 365 * DAY;

type Counts = Pick<Inputs, Input>;
type Some = Partial<Counts>;

/** The sum of what is known; null where nothing is. */
function known(numbers: readonly (number | null)[]): number | null {
  const some = numbers.filter((one) => one !== null);
  return some.length === 0 ? null : some.reduce((sum, one) => sum + one, 0);
}

const AT_PLAY = ["deposit", "bet"] as const;
const AT_THE_DOOR = ["registration", "login"] as const;

function checksIn(usage: Facts["usage"]): Some {
  const foundAt = (purposes: readonly (keyof UsagePeriod["purposes"])[]) => known(usage.flatMap((day) => purposes.map((purpose) => day.purposes[purpose].found)));
  const foundAtPlay = foundAt(AT_PLAY);
  const found = known([foundAtPlay, foundAt(AT_THE_DOOR)]);
  const stale = usage.flatMap((day) => day.stale ?? []);
  return {
    ...playIn(usage), found,
    // Of what was found it is known where.
    foundAtPlay: found === null ? null : (foundAtPlay ?? 0),
    checksAsked: known(stale.map(({ asked }) => asked)), retiredTokenChecks: known(stale.map(({ retired }) => retired)),
  };
}

/** Of the days alone that counted both and that nothing is known to be missing of. */
function playIn(usage: Facts["usage"]): Some {
  const asked = ({ purposes }: UsagePeriod, names: readonly (keyof UsagePeriod["purposes"])[]) => known(names.flatMap((name) => [purposes[name].clear, purposes[name].found]));
  const days = usage.filter(({ batchesLost, answersDropped }) => batchesLost === 0 && answersDropped === 0)
    .map((day) => ({ login: asked(day, ["login"]), play: asked(day, AT_PLAY) }))
    .filter(({ login, play }) => login !== null && play !== null);
  return { loginChecks: known(days.map(({ login }) => login)), playChecks: known(days.map(({ play }) => play)) };
}

const NAMES = {
  session_ended: ["sessionsEnded", "sessionsEndedLate"], account_closed: ["accountsClosed", "accountsClosedLate"],
  marketing_removed: ["marketingRemoved", "marketingRemovedLate"], balance_returned: ["balancesReturned", "balancesReturnedLate"],
} as const satisfies Record<AcknowledgedState, readonly [Input, Input]>;

function standingIn({ events, received, handled, acknowledged: { byState } }: Standing): Some {
  const acknowledged = ACKNOWLEDGED_STATES.flatMap((state) => {
    const { count, lateCount } = byState[state];
    return [[NAMES[state][0], count], [NAMES[state][1], lateCount]];
  });
  return { events, receivedLate: received.lateCount, handledLate: handled.lateCount, ...(Object.fromEntries(acknowledged) as Some) };
}

function keysIn({ keys, lastUsed, from, to }: Facts): Some {
  const inForce = keys.filter(({ issuedAt, revokedAt, expiresAt }) => issuedAt < to && (revokedAt ?? to) >= to && (expiresAt ?? to) >= to);
  const some = (is: (key: KeyFacts) => boolean): number => inForce.filter(is).length;
  return {
    keysInForce: inForce.length,
    keysBound: some(({ networks }) => networks.length > 0),
    keysExpiring: some(({ expiresAt }) => expiresAt !== null),
    keysRenewed: some(({ issuedAt }) => issuedAt > to - OLD_MS),
    // A new one need not have been used yet.
    keysUsed: some(({ id, issuedAt }) => Math.max(lastUsed[id] ?? 0, issuedAt) >= from),
  };
}

const lossOf = (usage: Facts["usage"]): Loss => ({
  batchesLost: known(usage.map((day) => day.batchesLost)),
  answersDropped: known(usage.map((day) => day.answersDropped)),
  daysUnknown: usage.filter((day) => day.batchesLost === null).length,
});

/** What formulas take of what was read. */
export function evidenceOf(facts: Facts): Evidence {
  const days = Math.round((facts.to - facts.from) / DAY);
  const inputs = {
    ...checksIn(facts.usage), ...standingIn(facts.standing), ...keysIn(facts), canariesAccepted: facts.canaries, days, licensedDays: facts.licensedDays,
  };
  return { inputs: inputs as Counts, loss: lossOf(facts.usage) };
}
