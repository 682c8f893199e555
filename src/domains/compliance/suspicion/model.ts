import type { Outcome } from "../../../audit/entry.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import type { Instant } from "../../../kernel/clock.ts";

/** What is found suspicious, each by a rule of its own. */
export const RULES = [
  "identities-in-bulk", "read-outside-hours", "read-without-case", "own-record-read", "searches-without-result", "self-approval", "refusals-in-a-row",
  "exports-in-bulk", "two-countries", "short-lived-key", "short-lived-role",
] as const;
export type Rule = (typeof RULES)[number];

/** What a rule counted, and what it holds for usual; countries, times and roles as texts. */
export type Figures = Readonly<Record<string, number | string>>;

/** An entry of the audit log as rules see it. */
export interface SeenEntry {
  position: number;
  id: string;
  at: Instant;
  action: string;
  resource: string;
  actorKind: string;
  actorId: string;
  country: string | null;
  outcome: Outcome;
  payload: Json;
}

/** What is known beside an entry: all of it was written before it. */
export interface Around {
  /** What its actor did in the hour before it, in order. */
  byActor: readonly SeenEntry[];
  /** What was done to its resource in the hour before it, in order. */
  toResource: readonly SeenEntry[];
  /** Whether something about the person was open whom the entry is about. */
  workOpen: boolean;
}

/** A rule that speaks, and on what it rests. */
export interface Finding {
  rule: Rule;
  figures: Figures;
  /** Entries' ids in order, the found one last. */
  evidence: string[];
}

/** From which number on rules speak, and when people work, in Nairobi. */
export interface Thresholds {
  /** Reads of different persons' data by one officer within an hour. */
  identitiesInAnHour: number;
  /** Searches by one officer within an hour that found nobody. */
  emptySearchesInAnHour: number;
  /** Refused attempts of one actor within an hour, with nothing done between. */
  refusalsInARow: number;
  /** Pages of the audit log exported by one officer within an hour. */
  exportsInAnHour: number;
  /** A key that is revoked, or a role that is taken, sooner than so many minutes after it was given; at most 60. */
  keyMinutes: number;
  roleMinutes: number;
  /** Hours of the day, Monday to Friday: from the one to before the other. */
  workFrom: number;
  workUntil: number;
}

export const USUAL: Thresholds = {
  identitiesInAnHour: 30, emptySearchesInAnHour: 10, refusalsInARow: 5, exportsInAnHour: 20, keyMinutes: 10, roleMinutes: 60, workFrom: 7, workUntil: 20,
};
