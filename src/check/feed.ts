import type { Kind, Pseudonym } from "../bst/kinds.ts";
import type { Instant } from "../kernel/clock.ts";
import type { ShardBits } from "../snapshot/row.ts";
import type { Allowance, DirectoryRows, EpochRow, OlderKeyRow, OperatorRow } from "./directory.ts";
import type { GenerationRow } from "./generations.ts";

/**
 * What a row of the set is to operators, where that is not what its type says: `extended` lengthens what is in force, and `none` is no news to anybody:
 * the same person under another root, or somebody who is nobody. The set itself takes such a row as any other, so that whoever knows nothing of news,
 * as the release before, stays right: an `excluded` repeated changes nothing.
 */
export type News = "extended" | "none";

/** A row about somebody. Rows from before there were kinds have none. */
export interface SetChange {
  type: "excluded" | "released";
  rootEpoch: number;
  p: Pseudonym;
  kind?: Kind;
  news?: News;
}

/** One row of the change log. `seq` has no gaps; `t` is Register's clock, which never goes back. */
export type Change = { seq: number; t: Instant } & (
  | SetChange
  | { type: "operator"; operator: OperatorRow }
  | { type: "key"; key: OlderKeyRow }
  | { type: "epoch"; epoch: EpochRow }
  | { type: "generation"; generation: GenerationRow }
  | { type: "allowance"; allowance: Allowance }
  | { type: "manifest"; manifest: ManifestRef }
);

/** A published snapshot: the hash of its manifest, and the `seq` up to which it holds the log. */
export interface ManifestRef {
  hash: string;
  sequence: number;
}

/** How far a copy of the log reaches: up to row `seq`, which was the newest at Register's time `t`. */
export interface LogHead {
  /** Drawn anew whenever Register is rebuilt; numbers of different logs do not compare. */
  logId: string;
  seq: number;
  t: Instant;
}

/** What Register answers a Replica. The copy is complete when the last row's `seq`, or `after`, equals `seq`. */
export interface RegisterPoll extends LogHead {
  rows: Change[];
  /** The oldest row still kept: who is not at `from - 1` or further cannot follow any more and begins anew. */
  from: number;
}

/** A page of the whole set, for a Replica that cannot follow from the log's beginning. */
export interface CopyPage {
  logId: string;
  /** The oldest row kept: the copy goes on from there, whatever changed while the pages were read. */
  from: number;
  members: { rootEpoch: number; p: Pseudonym }[];
  /** The root whose pseudonyms the pages are in the order of: a copy whose pages change theirs may have passed over somebody, and begins anew. */
  order?: number;
  /** With the first page: the directory's rows older than `from`, in order. */
  directory: Change[];
}

/** What a Replica answers an isolate: `age` ms have passed, by the Replica's clock, since it sent its own last poll. */
export interface ReplicaPoll extends RegisterPoll {
  age: number;
}

/** What a cold isolate asks: who calls, and the pseudonyms of the tokens it could open. */
export interface FirstQuestion {
  keyHash: string;
  operator: string;
  asked: { epoch: number; p: Pseudonym }[];
}

export interface FirstAnswer extends LogHead {
  age: number;
  directory: DirectoryRows;
  manifest: ManifestRef | null;
  /** In the order asked; null when the key does not hold or the epoch is unknown, for then nothing may be said. */
  excluded: (boolean | null)[];
}

/** Where a shard stands: its set, and its number among the 2^shardBits of it. */
export interface ShardPlace {
  rootEpoch: number;
  shardBits: ShardBits;
  index: number;
}

/** A shard as a Replica's own copy has it at row `seq`, in a shard's bytes. Nobody published it, so it has no known hash. */
export interface LiveShard extends LogHead {
  age: number;
  bytes: Uint8Array;
}

/** A Replica as who waits for rows calls it. */
export interface ReplicaNewsApi {
  /** As `poll`, once there is a row after `after` or the log is another; after some 20 s without one, all the same. Throws as `poll` does. */
  news(after: number, logId: string | null): Promise<ReplicaPoll>;
}

/** A Replica as isolates and Register call it. Any method may throw; whoever asks then has no answer, never `clear`. */
export interface ReplicaApi {
  /** `logId` is the log the asker's rows up to `after` are of; Register, asked the same, learns from it when rows were lost. */
  poll(after: number, logId?: string | null): Promise<ReplicaPoll>;
  first(question: FirstQuestion): Promise<FirstAnswer>;
  /** The third home of a shard, when no other has its published bytes; null when it answered too many just now. */
  shard(place: ShardPlace): Promise<LiveShard | null>;
  /** Rows fresh from Register's commit, and the time of the row before them. Carries rows, never freshness. */
  push(logId: string, rows: Change[], since?: Instant | null): Promise<void>;
}
