import { equalBytes } from "../../kernel/bytes.ts";
import { DAY, type Instant } from "../../kernel/clock.ts";
import {
  type Exclusion, type ExclusionEvent, type ExclusionState, IN_FORCE, type Receipt, type Standing, type StatedIdentifier, TRANSITIONS,
} from "./model.ts";
import { type Policy, term } from "./policies.ts";

/** So many phones may stand behind one identity document before an officer looks. */
const PHONES_PER_DOCUMENT = 3;

/** Configuration of the rules. */
export interface Settings {
  /** How long an identifier that was only typed stays in force unless something confirms it. */
  provisionalDays: number;
}

/** What an exclusion promises, and under which policy. `endsAt` null is permanent. */
export type Promised = Pick<Exclusion, "policy" | "policyVersion" | "endMode" | "endsAt" | "reviewAt" | "renewsAt">;

/** An identifier as it stands within an exclusion. */
export interface Held extends StatedIdentifier {
  standing: Standing;
  /** As first stated; null for a firm one. */
  provisionalUntil: Instant | null;
}

/** An identifier as stated, and how many other people's phones stand behind it in their active exclusions. */
export type Stated = StatedIdentifier & { phonesBehind: number };

export interface Decision {
  outcome: "registered" | "extended" | "unchanged";
  promised: Promised;
  added: Held[];
}

/** What a policy promises to somebody who starts now. */
export const promise = (policy: Policy, now: Instant): Promised => ({
  policy: policy.code,
  policyVersion: policy.version,
  endMode: policy.endMode,
  ...term(policy, now),
});

/** What a command does for a person: `active` is their exclusion in force, if any, with its identifiers. */
export function decide(
  active: { promised: Promised; identifiers: readonly Held[] } | null,
  offered: Promised,
  stated: readonly Stated[],
  now: Instant,
  settings: Settings,
): Decision {
  const added = additions(active?.identifiers ?? [], stated, now + settings.provisionalDays * DAY);
  if (!active) return { outcome: "registered", promised: offered, added };
  const promised = stronger(active.promised, offered);
  return { outcome: promised === active.promised ? "unchanged" : "extended", promised, added };
}

/**
 * Both promises kept in one: the later end, under the policy that gave it. An exclusion that waits for its holder to end
 * it goes on waiting, whatever is added: a short automatic one must not become the way out of a long one.
 */
export function stronger(current: Promised, offered: Promised): Promised {
  const later = (offered.endsAt ?? Infinity) > (current.endsAt ?? Infinity) ? offered : current;
  if (later.endMode === "confirmed" || (current.endMode === "automatic" && offered.endMode === "automatic")) return later;
  return { ...later, endMode: "confirmed" };
}

/** What is new among the stated identifiers. One that is known keeps its standing, even when it dropped off. */
function additions(known: readonly Held[], stated: readonly Stated[], provisionalUntil: Instant): Held[] {
  const all = [...known];
  for (const { phonesBehind, ...identifier } of stated) {
    if (all.some(({ p }) => equalBytes(p, identifier.p))) continue;
    const standing = standingOf(identifier, phonesBehind, all);
    all.push({ ...identifier, standing, provisionalUntil: standing === "firm" ? null : provisionalUntil });
  }
  return all.slice(known.length);
}

/** A typed identifier counts at once, unless the phone has another or three other phones already stand behind it. */
function standingOf(identifier: StatedIdentifier, phonesBehind: number, beside: readonly Held[]): Standing {
  if (identifier.evidence !== "typed") return "firm";
  const another = beside.some(({ kind, standing }) => kind !== "msisdn" && standing !== "dropped");
  return another || phonesBehind >= PHONES_PER_DOCUMENT ? "held" : "provisional";
}

/**
 * How a typed document stands once the registry knows it as the person's. One that waits for an officer goes on waiting while
 * other people's phones stand behind it, or another document of its kind is proven to be the person's.
 */
export function confirmedStanding(document: Held, beside: readonly Held[], phonesBehind: number): Standing {
  if (document.standing !== "held") return "firm";
  const anotherProven = beside.some(({ kind, evidence, standing }) => kind === document.kind && evidence === "registry" && standing === "firm");
  return anotherProven || phonesBehind >= PHONES_PER_DOCUMENT ? "held" : "firm";
}

/** How many people's phones stand behind an identifier, of everybody who ever stated it. */
export function phonesBehind(statements: readonly { personId: string; state: ExclusionState; standing: Standing }[]): number {
  const standing = statements.filter((statement) => isInForce(statement.state) && inForce(statement.standing));
  return new Set(standing.map(({ personId }) => personId)).size;
}

/** Whether an identifier is excluded by the active exclusion it belongs to. */
export const inForce = (standing: Standing): boolean => standing === "firm" || standing === "provisional";

/** Whether an exclusion in this state excludes. */
export const isInForce = (state: ExclusionState): boolean => (IN_FORCE as readonly ExclusionState[]).includes(state);

/**
 * From when a person can ask to end their exclusion: not before the promised end, and of a permanent one not before officers
 * granted a review. Null when it is not for them to end, or no such time is known.
 */
export function askableFrom({ origin, endMode, endsAt, reviewAt, reviewGrantedAt }: Exclusion): Instant | null {
  if (origin !== "self" || endMode !== "confirmed") return null;
  return endsAt ?? (reviewGrantedAt === null || reviewAt === null ? null : Math.max(reviewAt, reviewGrantedAt));
}

/**
 * What the person is shown. A typed identifier looks the same whether it counts, is held or was known before, and leaves
 * the receipt when its provisional time is over: the receipt must not tell whose it is.
 */
export function receiptOf(exclusion: Exclusion, identifiers: readonly Held[], now: Instant): Receipt {
  const {
    reference, state, origin, caseReference, policy, endMode, startedAt, endsAt, reviewAt, endableFrom, endingLapsesAt, measureUntil, annulsAt, endedAt,
  } = exclusion;
  const shown = identifiers.filter(({ standing, provisionalUntil }) => standing === "firm" || provisionalUntil! > now);
  return {
    reference, state, origin, caseReference, policy, endMode, startedAt, endsAt, reviewAt, askableFrom: askableFrom(exclusion),
    endableFrom, endingLapsesAt, measureUntil, annulsAt, endedAt,
    identifiers: shown.map(({ kind, provisionalUntil }) => ({ kind, provisionalUntil })),
  };
}

/** The state after an event. Throws on an event the state does not know: the caller decided on something stale. */
export function next(state: ExclusionState, event: ExclusionEvent, table = TRANSITIONS): ExclusionState {
  const to = table[state][event];
  if (!to) throw new Error(`an exclusion that is ${state} cannot be ${event}`);
  return to;
}

/** What holds only in one state, and goes with it. */
const OF_A_STATE = { endableFrom: null, endingLapsesAt: null, measureUntil: null, annulsAt: null } as const;

/** The exclusion after an event, with what the event sets: who lengthened it is not reminded of its end within a day. Throws as `next` does. */
export function after(exclusion: Exclusion, event: ExclusionEvent, now: Instant, set: Partial<Exclusion> = {}): Exclusion {
  const state = next(exclusion.state, event);
  const told = event === "lengthened" && { remindedAt: now + DAY };
  return { ...exclusion, ...(state !== exclusion.state && OF_A_STATE), ...told, ...set, state, endedAt: isInForce(state) ? null : now };
}

/** The only ways out of force, by the state they lead to. */
const WAYS_OUT: Partial<Record<ExclusionState, readonly ExclusionEvent[]>> = {
  ended: ["promised-end-passed", "ending-confirmed"],
  dismissed: ["measure-lapsed", "dismissed"],
  annulled: ["annulled"],
};

/** Throws unless the only ways out of force are those above, and there is no way back. */
export function assertTransitions(table: typeof TRANSITIONS): void {
  for (const [from, events] of Object.entries(table) as [ExclusionState, Partial<Record<ExclusionEvent, ExclusionState>>][]) {
    if (!isInForce(from) && Object.keys(events).length > 0) throw new Error(`what is ${from} stays ${from}`);
    for (const [event, to] of Object.entries(events) as [ExclusionEvent, ExclusionState][]) {
      const leaves = Object.values(WAYS_OUT).some((ways) => ways.includes(event));
      if (leaves ? !WAYS_OUT[to]?.includes(event) : !isInForce(to)) throw new Error(`${from}, ${event}: ${to} breaks a promise`);
    }
  }
}

assertTransitions(TRANSITIONS);
