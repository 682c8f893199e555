import type { ReplicaApi } from "../../src/check/feed.ts";
import type { ReplicaRecoveryApi } from "../../src/domains/exclusions/recovery/rpc.ts";
import type { RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import type { ObjectNamespace } from "../../src/kernel/rpc.ts";

export interface Environment {
  REGISTER: ObjectNamespace<RegisterApi>;
  REPLICA: ObjectNamespace<ReplicaApi & ReplicaRecoveryApi>;
  SHARDS: KVNamespace;
  /** Where what Register holds goes as it changes, so that it can be restored. */
  RECOVERY: R2Bucket;
  /** Where Replicas stand, as `parseRegions` reads it; the first one publishes. */
  REGIONS: string;
  /** How many days an identifier that was only typed stays in force unless something confirms it. */
  PROVISIONAL_DAYS: string;
  /** How many days the change log is kept once a snapshot holds it. */
  LOG_DAYS: string;
  /** How long a publication gathers changes, and how long its bytes settle in KV before it is announced. */
  PUBLISH_SETTLE_MS: string;
  /** Secret: `{"<id>": "<base64url Ed25519 seed>"}`, the one key published snapshots are signed with. */
  MANIFEST_KEY: string;
  /** Secret: `{"<number>": "<base64url, 32 bytes>"}`, what goes to the recovery bucket is sealed with; the highest seals. */
  RECOVERY_KEYS: string;
}

/** Throws RangeError rather than keep the log for a time nobody chose. */
export function logDaysOf({ LOG_DAYS }: Pick<Environment, "LOG_DAYS">): number {
  const days = Number(LOG_DAYS);
  if (!(days > 0)) throw new RangeError("LOG_DAYS must be a number of days");
  return days;
}
