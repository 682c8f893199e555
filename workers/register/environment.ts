import type { AuditLogApi } from "../../src/audit/rpc.ts";
import type { ReplicaApi } from "../../src/check/feed.ts";
import type { ReplicaRecoveryApi } from "../../src/domains/exclusions/recovery/rpc.ts";
import type { EndingSettings } from "../../src/domains/exclusions/index.ts";
import type { RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import type { Grace } from "../../src/domains/operators/epochs.ts";
import { DAY } from "../../src/kernel/clock.ts";
import type { TokenizerApi } from "../../src/domains/tokens/rpc.ts";
import type { ObjectNamespace } from "../../src/kernel/rpc.ts";

export interface Environment {
  REGISTER: ObjectNamespace<RegisterApi>;
  REPLICA: ObjectNamespace<ReplicaApi & ReplicaRecoveryApi>;
  /** The audit log, which is told of what Register does. */
  AUDIT_LOG: ObjectNamespace<Pick<AuditLogApi, "append">>;
  /** Carries pseudonyms on to newer roots. It knows no identifier by them. */
  TOKENIZER: Pick<TokenizerApi, "advance">;
  SHARDS: KVNamespace;
  /** Where what Register holds goes as it changes, so that it can be restored. */
  RECOVERY: R2Bucket;
  /** Where Replicas stand, as `parseRegions` reads it; the first one publishes. */
  REGIONS: string;
  /** How many days an identifier that was only typed stays in force unless something confirms it. */
  PROVISIONAL_DAYS: string;
  /** How many days lie between the two acts that end an exclusion, and for how many more the second can come. */
  ENDING_WAIT_DAYS: string;
  ENDING_OPEN_DAYS: string;
  /** How many days after somebody proved a phone no network can have given its number to somebody else. */
  RECYCLED_DAYS: string;
  /** How many hours there are to object before an exclusion is annulled. */
  ANNULMENT_HOURS: string;
  /** How many days the change log is kept once a snapshot holds it. */
  LOG_DAYS: string;
  /** How many days an operator's tokens are still read after its epoch moved on. */
  EPOCH_GRACE_DAYS: string;
  /** The same where the epoch was left because its tokens or its key were compromised; 0 for not at all. */
  COMPROMISED_GRACE_DAYS: string;
  /** How many pseudonyms a rotation of the root puts beside others in a second: each is a row that isolates keep in memory until the next snapshot. */
  ROOT_ROWS_PER_SECOND: string;
  /** How long a publication gathers changes, how long its bytes settle in KV before it is announced, and how much longer it waits for its second home. */
  PUBLISH_SETTLE_MS: string;
  /** The database "edge" itself, not a replica of it: the second home of published shards. Empty where there is none. */
  EDGE_DATABASE_URL?: string;
  /** Secret: a token that may write there. */
  EDGE_DATABASE_TOKEN?: string;
  /** Secret: `{"<id>": "<base64url Ed25519 seed>"}`, the one key published snapshots are signed with. */
  MANIFEST_KEY: string;
  /** Secret: `{"<number>": "<base64url, 32 bytes>"}`, what goes to the recovery bucket is sealed with; the highest seals. */
  RECOVERY_KEYS: string;
}

/** What the audit log needs beside. */
export interface LogEnvironment extends Environment {
  /** Where anybody reads what the audit log is verified by. */
  LOG: R2Bucket;
  /** The audit log's name for good: the first line of its checkpoints, and the name of its key. */
  LOG_ORIGIN: string;
  /** Who vouches that the log only grows, as a C2SP tlog-policy without its `log` line; empty for nobody. */
  LOG_WITNESSES: string;
  /** Secret: `{"<id>": "<base64url Ed25519 seed>"}`, the one key the audit log signs its checkpoints with. */
  LOG_KEY: string;
}

/** Throws RangeError rather than take what was only typed for a time nobody chose. */
export function provisionalDaysOf({ PROVISIONAL_DAYS }: Pick<Environment, "PROVISIONAL_DAYS">): number {
  const days = Number(PROVISIONAL_DAYS);
  if (!(days > 0)) throw new RangeError("PROVISIONAL_DAYS must be a number of days");
  return days;
}

/** Throws RangeError rather than keep the log for a time nobody chose. */
export function logDaysOf({ LOG_DAYS }: Pick<Environment, "LOG_DAYS">): number {
  const days = Number(LOG_DAYS);
  if (!(days > 0)) throw new RangeError("LOG_DAYS must be a number of days");
  return days;
}

/** Throws RangeError rather than let an exclusion end sooner than anybody chose. */
export function endingSettingsOf({ ENDING_WAIT_DAYS, ENDING_OPEN_DAYS }: Pick<Environment, "ENDING_WAIT_DAYS" | "ENDING_OPEN_DAYS">): EndingSettings {
  const [waitDays, openDays] = [Number(ENDING_WAIT_DAYS), Number(ENDING_OPEN_DAYS)];
  if (!(waitDays > 0 && openDays > 0)) throw new RangeError("ENDING_WAIT_DAYS and ENDING_OPEN_DAYS must be numbers of days");
  return { waitDays, openDays };
}

/** Throws RangeError rather than let phones go after a time nobody chose; 0 lets them go at once. */
export function recycledDaysOf({ RECYCLED_DAYS }: Pick<Environment, "RECYCLED_DAYS">): number {
  const days = Number(RECYCLED_DAYS || Number.NaN);
  if (!(days >= 0)) throw new RangeError("RECYCLED_DAYS must be a number of days");
  return days;
}

/** Throws RangeError rather than annul after a time nobody chose. */
export function annulmentHoursOf({ ANNULMENT_HOURS }: Pick<Environment, "ANNULMENT_HOURS">): number {
  const hours = Number(ANNULMENT_HOURS);
  if (!(hours > 0)) throw new RangeError("ANNULMENT_HOURS must be a number of hours");
  return hours;
}

/** Throws RangeError rather than rotate at a pace nobody chose. */
export function rootRowsPerSecondOf({ ROOT_ROWS_PER_SECOND }: Pick<Environment, "ROOT_ROWS_PER_SECOND">): number {
  const rows = Number(ROOT_ROWS_PER_SECOND);
  if (!(rows > 0)) throw new RangeError("ROOT_ROWS_PER_SECOND must be a number of rows");
  return rows;
}

/** Throws RangeError rather than void an operator's tokens at a time nobody chose. */
export function epochGraceOf({ EPOCH_GRACE_DAYS, COMPROMISED_GRACE_DAYS }: Pick<Environment, "EPOCH_GRACE_DAYS" | "COMPROMISED_GRACE_DAYS">): Grace {
  const [scheduled, compromised] = [Number(EPOCH_GRACE_DAYS), Number(COMPROMISED_GRACE_DAYS || Number.NaN)];
  if (!(scheduled > 0)) throw new RangeError("EPOCH_GRACE_DAYS must be a number of days");
  if (!(compromised >= 0 && compromised <= scheduled)) throw new RangeError("COMPROMISED_GRACE_DAYS must be a number of days, not more than EPOCH_GRACE_DAYS");
  return { scheduled: Math.round(scheduled * DAY), compromised: Math.round(compromised * DAY) };
}
