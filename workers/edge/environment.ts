import type { EvidenceBatch } from "../../src/check/evidence.ts";
import type { ReplicaApi } from "../../src/check/feed.ts";
import type { ObjectNamespace } from "../../src/kernel/rpc.ts";

/** What the edge may hold: the pairwise keys, the key that signs answers, and a way to the replicas and the published shards. */
export interface Environment {
  REPLICA: ObjectNamespace<ReplicaApi>;
  SHARDS: KVNamespace;
  /** Counts blocks of checks by key for one data centre: `src/check/permits.ts` says what its limit and period must be. */
  CHECK_BLOCKS: RateLimit;
  /** Register's rows, for when no Replica answers. */
  LAST_RESORT: Pick<ReplicaApi, "poll">;
  /** Takes what was answered, for the office. */
  CHECKS: Queue<EvidenceBatch>;
  /** The regions to ask, nearest first, as `parseRegions` reads it. */
  REGIONS: string;
  /** The database "edge" near here, which may be a replica: the second home of published shards. Empty where there is none. */
  EDGE_DATABASE_URL?: string;
  /** Secret: a token that may read there and nothing else. */
  EDGE_DATABASE_TOKEN?: string;
  /** `{"<id>": "<base64url key>"}` */
  PAIR_KEYS: string;
  /** `{"<id>": "<base64url Ed25519 public key>"}`: the keys a published snapshot is believed under. */
  MANIFEST_PUBLIC_KEYS: string;
  /** `{"<id>": "<base64url Ed25519 seed>"}`: the key answers are signed with now. */
  ANSWER_KEY: string;
  /** `{"<id>": "<base64url Ed25519 public key>"}`: that key's and those answers were or will be signed with. */
  ANSWER_PUBLIC_KEYS: string;
}
