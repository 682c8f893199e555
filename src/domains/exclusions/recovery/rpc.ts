import type { Change } from "../../../check/feed.ts";

/** Why Register answers nothing, or that it does. */
export type RecoveryState = "in-order" | "rows-lost" | "destroyed" | "restoring";

/** What came of a restoration. Numbers are of the lost log. */
export interface RestoreReport {
  /** The log that began. */
  logId: string;
  /** The copy it was read from, by the segment it begins from; 0 when from the beginning. Copies passed over as broken. */
  copy: number;
  brokenCopies: number[];
  /** The last segment, when it was sealed (UTC ms), the last row of the log it holds, and segments that did not follow. */
  segment: number;
  sealedAt: number;
  seq: number;
  strays: number;
  /** Exclusions this Register took on after it had lost rows, by reference. */
  merged: string[];
  /** Each Replica's last row; null when it was of another log or held nothing. `without`: those not asked. */
  replicas: { name: string; seq: number | null }[];
  without: string[];
  /** Rows of which only the pseudonym is left: excluded until an officer completes them. */
  salvaged: number[];
  /** Rows of the directory that were put in force again. */
  directory: number[];
  /** Numbers nobody holds. */
  gaps: [number, number][];
}

export interface RecoveryStatus {
  state: RecoveryState;
  /** How long the oldest change has waited to leave for the bucket, ms; null while nothing is answered. */
  lagMs: number | null;
  /** How far a restoration is; null when none goes on. */
  progress: { doing: "copy" | "segments" | "roots" | "coverage" | "replicas" | "leaving"; done: number; of: number | null } | null;
  /** Why the last step could not be done; the same step is tried again with the next call. */
  stopped: string | null;
  /** Of the last restoration. */
  report: RestoreReport | null;
}

export interface RestoreOrder {
  /** Replicas that need not answer, although they might hold rows nobody else has. */
  without: string[];
  /** The segment to end with although others stand after it; null for none. */
  acceptEnd: number | null;
}

/** Register, for whoever restores it. */
export interface RecoveryApi {
  recovery(): Promise<RecoveryStatus>;
  /** Begins restoring, or goes on with it: a few seconds' worth. Does nothing to a Register that is in order. */
  restoreStep(order: RestoreOrder): Promise<RecoveryStatus>;
}

/** A Replica's rows as they are, however old: they prove nothing about the present. `logId` null: it holds none. */
export interface KeptRows {
  logId: string | null;
  seq: number;
  rows: Change[];
}

export interface ReplicaRecoveryApi {
  /** The rows after `after` that are kept, a page of them. */
  kept(after: number): Promise<KeptRows>;
}
