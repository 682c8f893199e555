import type { Evidence, Finding, GuardRule } from "./model.ts";
import { BLOCK } from "./neighbours.ts";

/** What of an operator's day the rules are judged by. */
export interface DayFigures {
  /** Distinct identifiers seen, and distinct blocks of neighbouring numbers they lie in, as far as they were looked at. */
  identifiers: number;
  blocks: number;
  /** One block in so many was looked at. */
  oneIn: number;
  longestRun: number;
  /** Tokens handed out, and how many of those were of excluded people. */
  tokenised: number;
  excluded: number;
  /** The most that an honest operator's share of excluded people is taken to be. */
  expectedShare: number;
  /** On how many of the last 14 days the quota was used up. */
  exhaustedDays: number;
}

/**
 * From where on a rule warns, and from where on it quarantines. Honest figures: a base of 5 million customers, sorted by number, fills
 * 17 of 100 neighbouring numbers where 30 million are in use, and has runs of 30 where every second number is a customer's.
 */
export const THRESHOLDS = {
  /** Identifiers in each block, once so many were looked at. */
  perBlock: { least: 400, warn: 20, quarantine: 40 },
  run: { warn: 25, quarantine: 50 },
  /** The chance, as its natural logarithm, that an honest operator meets so many excluded: at most 1 in 10⁶, 1 in 10¹². */
  chance: { least: 20, warn: Math.log(1e-6), quarantine: Math.log(1e-12) },
  exhaustedDays: { warn: 3, quarantine: 7 },
} as const;

/**
 * An upper bound of the natural logarithm of the chance to find `found` or more among `of` when each is found with the chance
 * `share`: Chernoff's, −of · KL(found/of ‖ share). 0 when so many are to be expected.
 */
export function logChance(found: number, of: number, share: number): number {
  const seen = found / of;
  if (of === 0 || seen <= share) return 0;
  const rest = seen === 1 ? 0 : (1 - seen) * Math.log((1 - seen) / (1 - share));
  return -of * (seen * Math.log(seen / share) + rest);
}

/** Customers of gambling exclude themselves more often than others do: so many times the register's share of the population, and this at least. */
const OFTENER = 10;
const LEAST_SHARE = 0.02;
/** Kenya's adults, by the census of 2019 (KNBS) carried on. */
const ADULTS = 30_000_000;

/** What share of excluded people an honest operator may meet, by how many pseudonyms the register excludes. Never 1. */
export const expectedShareOf = (excluded: number): number => Math.min(0.5, Math.max(LEAST_SHARE, (OFTENER * excluded) / ADULTS));

const severityOf = (value: number, { warn, quarantine }: { warn: number; quarantine: number }): Finding["severity"] | null =>
  value >= quarantine ? "quarantine" : value >= warn ? "warn" : null;

const found = (rule: GuardRule, severity: Finding["severity"] | null, evidence: Evidence): Finding[] => (severity ? [{ rule, severity, evidence }] : []);

/** Numbers tried one after the other fill their blocks; customers' are scattered. */
function sequential({ identifiers, blocks, oneIn }: DayFigures): Finding[] {
  const { least, ...levels } = THRESHOLDS.perBlock;
  if (identifiers < least) return [];
  const perBlock = identifiers / Math.max(1, blocks);
  return found("sequential-identifiers", severityOf(perBlock, levels), { identifiers, blocks, blockSize: BLOCK, oneBlockIn: oneIn, perBlock: Math.round(perBlock * 10) / 10 });
}

const runs = ({ longestRun }: DayFigures): Finding[] => found("runs-of-numbers", severityOf(longestRun, THRESHOLDS.run), { longestRun });

/** Far more excluded people than customers can hold: somebody turns a list of known ones into tokens, or looks for them. */
function positives({ tokenised, excluded, expectedShare }: DayFigures): Finding[] {
  const { least, warn, quarantine } = THRESHOLDS.chance;
  if (excluded < least) return [];
  const chance = logChance(excluded, tokenised, expectedShare);
  const severity = severityOf(-chance, { warn: -warn, quarantine: -quarantine });
  return found("positive-rate", severity, { tokenised, excluded, expectedShare, logChance: Math.round(chance) });
}

const exhausted = ({ exhaustedDays }: DayFigures): Finding[] =>
  found("quota-exhausted", severityOf(exhaustedDays, THRESHOLDS.exhaustedDays), { exhaustedDays, ofDays: EXHAUSTION_DAYS });

/** Over how many days used-up quotas are counted. */
export const EXHAUSTION_DAYS = 14;

/** Every rule that fires, each with its figures. */
export const judge = (figures: DayFigures): Finding[] => [...sequential(figures), ...runs(figures), ...positives(figures), ...exhausted(figures)];

const REASONS: Record<Exclude<GuardRule, "by-hand">, (evidence: Evidence) => string> = {
  "sequential-identifiers": ({ identifiers, blocks }) => `${identifiers} identifiers lie in ${blocks} blocks of neighbouring numbers: numbers seem to be tried one after the other.`,
  "runs-of-numbers": ({ longestRun }) => `One batch held ${longestRun} numbers that follow each other without a gap.`,
  "positive-rate": ({ tokenised, excluded }) => `${excluded} of ${tokenised} were excluded people, far more than customers can be.`,
  "canary": ({ canaries }) => `${canaries} identifiers were met that belong to nobody.`,
  "quota-exhausted": ({ exhaustedDays, ofDays }) => `The quota was used up on ${exhaustedDays} of ${ofDays} days.`,
};

/** A finding in words. */
export const reasonOf = ({ rule, evidence }: Finding): string => (rule === "by-hand" ? "" : REASONS[rule](evidence));
