import type { Instant } from "../kernel/clock.ts";
import type { Purpose } from "./question.ts";

/**
 * What an isolate tells the office about one operator's checks, through a queue that may deliver it twice, late or never.
 * `isolate` and `batch` name it; the batches of one isolate and operator count up from 1 without gaps, so that one that
 * never came is seen. Of people who are not excluded it holds nothing, only how often was answered.
 */
export interface EvidenceBatch {
  operator: string;
  /** Drawn when the isolate began. */
  isolate: string;
  batch: number;
  /** Answers that could not be kept until they could be sent, so that the counts are known to be too low. */
  dropped: number;
  clear: ClearCount[];
  excluded: FoundAnswer[];
  spent: KeySpent[];
}

/** Checks a key asked, whatever was answered: what its quota is spent on. */
export interface KeySpent {
  keyId: string;
  checks: number;
  /** Of them, those answered so, by purpose; the release before does not say. */
  clear?: Partial<Record<Purpose, number>> | undefined;
  excluded?: Partial<Record<Purpose, number>> | undefined;
}

/** How often `clear` was answered within a minute, and a commitment to the ids of those answers. */
export interface ClearCount {
  /** The minute's beginning. */
  minute: Instant;
  purpose: Purpose;
  count: number;
  /** The RFC 6962 Merkle tree hash, in hexadecimal, over leaves that hold up to 256 answer ids each, in the order answered. */
  root: string;
}

/** One answer `excluded`, for the person it found. */
export interface FoundAnswer {
  answerId: string;
  purpose: Purpose;
  /** The hour's beginning: nobody needs to know it closer. */
  hour: Instant;
  /** The pseudonym that was found, in hexadecimal, and the root epoch it is of. */
  p: string;
  rootEpoch: number;
}
