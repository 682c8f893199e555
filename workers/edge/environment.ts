import type { ReplicaApi } from "../../src/check/feed.ts";
import type { ObjectNamespace } from "../../src/kernel/rpc.ts";

/** What the edge may hold: the pairwise keys, and a way to the replicas and the published shards. */
export interface Environment {
  REPLICA: ObjectNamespace<ReplicaApi>;
  SHARDS: KVNamespace;
  /** Register's rows, for when no Replica answers. */
  LAST_RESORT: Pick<ReplicaApi, "poll">;
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
}
