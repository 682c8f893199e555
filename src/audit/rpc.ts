import type { Instant } from "../kernel/clock.ts";
import type { AuditSource, LogEntry } from "./entry.ts";

/** The one AuditLog's name. */
export const LOG_NAME = "log";
/** Entries that are taken in one call. */
export const ENTRIES_AT_ONCE = 256;

/**
 * `indexes` are the entries' places in the log, in their order; an entry that is there already has the place it had. `busy`: more waits than
 * the log takes on. `halted`: what the log holds and what it published differ, and people have to look. Then nothing was taken, and the
 * entries are to come again later.
 */
export type Appended = { ok: true; indexes: number[] } | { ok: false; refusal: "busy" | "halted" };

export interface LogStatus {
  /** How many entries the log has, how many of them anybody can read in the bucket, and how many its published checkpoint vouches for. */
  size: number;
  uploaded: number;
  published: number;
  /** When the published checkpoint was published; null when none was. */
  publishedAt: Instant | null;
  /** Names of the witnesses whose cosignature the published checkpoint has, and of those that are asked in vain. */
  cosigned: string[];
  missing: string[];
  /** Why it takes nothing; null when it does. */
  halted: string | null;
}

/** The audit log: one object, one tree. */
export interface AuditLogApi {
  /** Takes at most 256 entries; answers when they are in the tree, signed and stored. Throws RangeError for what is no entry. */
  append(source: AuditSource, entries: readonly LogEntry[]): Promise<Appended>;
  /** Where entries with these ids are, at most 1,000; null for those that are not in the log. */
  find(ids: readonly string[]): Promise<(number | null)[]>;
  /** The newest checkpoint, a signed note of the log alone; null before the first entry. */
  checkpoint(): Promise<string | null>;
  /** Proves the entry in the published checkpoint, or in the newest if that is younger: a `tlog-proof@v1`. Null for what is not in the log. */
  prove(index: number): Promise<string | null>;
  status(): Promise<LogStatus>;
  /** Whom to believe: the log's key and its witnesses, as a C2SP tlog-policy. */
  policy(): Promise<string>;
}
