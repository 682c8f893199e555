import type { LogHead } from "../../../check/feed.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { recordAudit } from "../../../objects/audit.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import { goOnShipping, type Reading, writeRestoration } from "../../../objects/recovery/restore.ts";
import type { RecoveryParts } from "../../../objects/recovery/ship.ts";
import { dropStranded } from "../../../objects/recovery/stranded.ts";
import { OVERDUE_TASK } from "../deliveries/store.ts";
import { DROP_TASK } from "../drop.ts";
import { WAKE_TASK } from "../move.ts";
import { bringInForceAs } from "../force.ts";
import { logHead, renewLog } from "../log/store.ts";
import type { Advance } from "../roots/door.ts";
import { findOut, withFoundOut } from "../roots/mend.ts";
import { ROOTS_TASK } from "../roots/rotate.ts";
import { keptNow, namesOf } from "../roots/own.ts";
import { type DirectoryRow, type Found, isOfDirectory, reconcile, toSalvage } from "./found.ts";
import { explainedBy, mergeStranded } from "./merge.ts";
import { foundHere, isAlone, isOfTheSet, namesIn, strandedHere } from "./here.ts";
import type { KeptRows, RestoreReport } from "./rpc.ts";
import { RESTORED, salvage, type Stranded, strandedOf, unaudited } from "./store.ts";

export interface RestoreParts {
  recovery: RecoveryParts;
  random: Random;
  replicas: AskedReplica[];
  /** Carries pseudonyms of lost rows on to the roots in use. */
  advance: Advance;
  /** The directory is the operators' slice's; its tasks are due anew. */
  directory: {
    merge(database: ObjectDatabase, now: Instant): void;
    apply(database: ObjectDatabase, row: DirectoryRow, now: Instant): void;
    tasks: string[];
  };
}

interface AskedReplica {
  name: string;
  kept(after: number): Promise<KeptRows>;
}

/** Asks what the Replicas still hold, merges it and what was put aside, and begins another log. */
export async function finish(parts: RestoreParts, reading: Reading, without: string[]): Promise<RestoreReport> {
  const { database, clock } = parts.recovery;
  const lost = logHead(database);
  const asked = parts.replicas.filter(({ name }) => !without.includes(name));
  const held = await Promise.all(asked.map((replica) => everythingKept(replica, lost.seq)));
  const ofIt = held.filter(({ logId }) => logId === lost.logId);
  const found = reconcile(ofIt.map(({ rows }) => rows), lost.seq);
  const stranded = strandedOf(database);
  const out = await findOut(database, parts.advance, [...namesIn(stranded, keptNow(database)), ...found.rows.filter(isOfTheSet)]);
  return database.transaction((transaction) => {
    goOnShipping(parts.recovery, reading);
    const here = { lost, found: foundHere(transaction, found, out), stranded: strandedHere(stranded, out, keptNow(database)) };
    const merged = withFoundOut(transaction, out, () => merge(parts, transaction, here, clock()));
    const { segment, copy, brokenCopies, strays } = reading;
    const replicas = held.map(({ name, logId, seq }) => ({ name, seq: logId === lost.logId ? seq : null }));
    const report: RestoreReport = {
      ...merged, copy, brokenCopies, segment: segment.number, sealedAt: segment.at, seq: lost.seq, strays: strays.count,
      replicas, without, gaps: found.gaps,
    };
    const entry = { action: RESTORED, resource: lost.logId, channel: "api", commandId: null, payload: { ...report } };
    recordAudit(transaction, entry, clock(), parts.random);
    writeRestoration(database, { doing: "leaving", report });
    return report;
  });
}

interface Lost {
  lost: LogHead;
  found: Found;
  stranded: Stranded;
}

/** Everything that was not in the bucket, and the log that begins after it. */
function merge(
  { recovery: { database }, directory, random }: RestoreParts, transaction: Transaction, { lost, found, stranded }: Lost, now: Instant,
): Pick<RestoreReport, "merged" | "directory" | "salvaged" | "logId"> {
  const isExplained = explainedBy(stranded);
  auditTorn(transaction, now, random);
  const merged = mergeStranded(transaction, stranded, now);
  directory.merge(database, now);
  const rows = found.rows.filter(isOfDirectory).filter((row) => !isExplained(row));
  rows.forEach((row) => directory.apply(database, row, now));
  const salvaged = toSalvage(found, isExplained).filter((row) => salvage(transaction, row, lost.logId, now));
  for (const { rootEpoch, p, kind = null } of salvaged) {
    const name = { rootEpoch, p, kind };
    bringInForceAs(transaction, name, isAlone(transaction, name) ? [name] : namesOf(transaction, p), now);
  }
  const seqs = [...found.rows, ...stranded.changes].map(({ seq }) => seq);
  const { logId } = renewLog(transaction, seqs.reduce((one, other) => Math.max(one, other), lost.seq), random);
  for (const task of [WAKE_TASK, DROP_TASK, OVERDUE_TASK, ROOTS_TASK, ...directory.tasks]) setDue(transaction, task, now);
  dropStranded(database);
  return { merged, directory: rows.map(({ seq }) => seq), salvaged: salvaged.map(({ seq }) => seq), logId };
}

/** An exclusion nobody was told of is told of now. */
function auditTorn(transaction: Transaction, now: Instant, random: Random): void {
  const reference = unaudited(transaction);
  if (!reference) return;
  const payload = { sequence: logHead(transaction).seq };
  recordAudit(transaction, { action: "exclusion.restored", resource: reference, channel: "api", commandId: null, payload }, now, random);
}

/** A Replica that does not answer may hold rows nobody else has: going on without it is somebody's decision. */
async function everythingKept({ name, kept }: AskedReplica, after: number): Promise<KeptRows & { name: string }> {
  try {
    const first = await kept(after);
    const rows = [...first.rows];
    for (let page = first; page.rows.length > 0; rows.push(...page.rows)) page = await kept(page.rows.at(-1)!.seq);
    return { ...first, name, rows };
  } catch (error) {
    throw new Error(`the Replica ${name} does not answer`, { cause: error });
  }
}
