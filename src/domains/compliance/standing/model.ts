import type { Instant } from "../../../kernel/clock.ts";
import type { AcknowledgedState } from "../../operators/acknowledgements/model.ts";

/** The numbers that formulas take. Null is no data: it is no 0, and nothing follows from it. */
export const INPUTS = [
  "found", "foundAtPlay", "loginChecks", "playChecks", "checksAsked", "retiredTokenChecks",
  "events", "receivedLate", "handledLate",
  "sessionsEnded", "sessionsEndedLate", "accountsClosed", "accountsClosedLate", "marketingRemoved", "marketingRemovedLate", "balancesReturned", "balancesReturnedLate",
  "canariesAccepted", "keysInForce", "keysBound", "keysExpiring", "keysRenewed", "keysUsed", "days", "licensedDays",
] as const;
export type Input = (typeof INPUTS)[number];
export type Inputs = Readonly<Record<Input, number | null>>;

/** Where a figure's events are listed. */
export const SOURCES = ["usage", "deliveries", "canaries", "keys", "licence"] as const;
export type Source = (typeof SOURCES)[number];

/** What is known to be missing of what was counted. The first two are null where nothing was heard of. */
export interface Loss {
  /** Batches of counts that are known to have been sent and did not come. */
  batchesLost: number | null;
  /** Answers that nobody could keep until they could be counted. */
  answersDropped: number | null;
  /** Days of the period of which no count came at all. */
  daysUnknown: number;
}

/** What is known of an operator and a period, and what of it is known to be missing. */
export interface Evidence {
  inputs: Inputs;
  loss: Loss;
}

/** One figure of compliance: everything it takes to come to it again. */
export interface Finding {
  name: string;
  /** Of the formula. */
  version: number;
  /** In the score, beside the others'. */
  weight: number;
  /** As `evaluate` reads it. */
  code: string;
  source: Source;
  /** The numbers the formula takes. */
  inputs: Readonly<Record<string, number | null>>;
  /** What of these numbers is known to be missing; null where they are read whole, or not at all. */
  loss: Loss | null;
  /** From 0 to 1; null is no data. */
  value: number | null;
}

/** domain.md's: from so much of 100 on. */
export const BANDS = { excellent: 90, good: 75, adequate: 60, poor: 50, critical: 0 } as const;
export type Band = keyof typeof BANDS;

export interface Score {
  /** From 0 to 100, to one decimal and never rounded up; null is no data. */
  score: number | null;
  band: Band | null;
  /** How much of all weight rests on data, from 0 to 1. */
  part: number;
}

/** Days in Nairobi, as `2026-10-01`; `to` is the first that is not of it. */
export interface Days {
  from: string;
  to: string;
}

/** What the configuration says about scores, reports and violations. */
export interface Terms {
  /** Below this part of the weight there is no score. */
  leastPart: number;
  /** How long after its end a month is reported: until then what is late is known to be. */
  graceDays: number;
  /** How long an operator has to respond to a violation. */
  responseDays: number;
  /** A violation is proposed when events were not worked through, or not received, for so long. */
  overdueDays: number;
  unreceivedHours: number;
}

export const USUAL: Terms = { leastPart: 0.5, graceDays: 8, responseDays: 14, overdueDays: 3, unreceivedHours: 24 };

/** How often something was done, and how often it was, or still is, late. */
interface Timed {
  count: number;
  lateCount: number;
}

/** How an operator took the events that began within a time, as far as its feed still holds them. */
export interface Standing {
  /** How many there were. */
  events: number;
  received: Timed;
  handled: { lateCount: number };
  acknowledged: { byState: Readonly<Record<AcknowledgedState, Timed>> };
}

/** Says how an operator took the events of from until before to. */
export type Standings = (operator: string, from: Instant, to: Instant) => Promise<Standing>;
