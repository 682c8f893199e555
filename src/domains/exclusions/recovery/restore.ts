import { type Instant, type Random, SECOND } from "../../../kernel/clock.ts";
import { recordAudit } from "../../../objects/audit.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import {
  beginReading, clearOut, dropRestoration, dropStranded, goOnShipping, readRestoration, readStep, type Reading, writeRestoration,
} from "../../../objects/recovery/restore.ts";
import { type RecoveryParts, ship } from "../../../objects/recovery/ship.ts";
import { OVERDUE_TASK } from "../deliveries/store.ts";
import { DROP_TASK, END_TASK } from "../end.ts";
import { bringInForce } from "../force.ts";
import { dropRows, logHead, renewLog } from "../log/store.ts";
import { type DirectoryRow, isOfDirectory, reconcile, toSalvage } from "./found.ts";
import { explainedBy, mergeStranded } from "./merge.ts";
import type { KeptRows, RecoveryStatus, RestoreOrder, RestoreReport } from "./rpc.ts";
import { COUNTS, RESTORED, recount, salvage, strandedOf } from "./store.ts";

export interface RestoreParts {
  recovery: RecoveryParts;
  random: Random;
  replicas: { name: string; kept(after: number): Promise<KeptRows> }[];
  /** The directory is the operators' slice's; its tasks are due anew. */
  directory: {
    merge(database: ObjectDatabase, now: Instant): void;
    apply(database: ObjectDatabase, row: DirectoryRow, now: Instant): void;
    tasks: string[];
  };
}

/** What is kept between steps. */
type Restoration =
  | { doing: "reading"; reading: Reading }
  | { doing: "coverage"; reading: Reading; count: number }
  | { doing: "replicas"; reading: Reading }
  | { doing: "leaving"; report: RestoreReport };

/** A call does about so much, and goes on from there with the next. */
const STEP_MS = 5 * SECOND;

export const isRestoring = (database: ObjectDatabase): boolean => readRestoration(database) !== null;

/** Begins: from here on until the end the object answers nothing. */
export function beginRestoring({ recovery }: RestoreParts): void {
  const { database, tables } = recovery;
  database.transaction(() => {
    clearOut(database, tables);
    writeRestoration(database, { doing: "begin" });
  });
}

/** Goes on for some seconds; the report once everything is done. Throws when the step has to be done again. */
export async function restoreStep(parts: RestoreParts, order: RestoreOrder): Promise<RestoreReport | null> {
  const { database, clock } = parts.recovery;
  const until = clock() + STEP_MS;
  do {
    const restoration = readRestoration<Restoration | { doing: "begin" }>(database)!;
    if (restoration.doing === "leaving") return leave(parts, restoration.report);
    writeRestoration(database, await oneStep(parts, restoration, order));
  } while (clock() < until);
  return null;
}

async function oneStep(parts: RestoreParts, at: Exclude<Restoration, { doing: "leaving" }> | { doing: "begin" }, order: RestoreOrder): Promise<Restoration> {
  const { recovery } = parts;
  if (at.doing === "begin") return { doing: "reading", reading: await beginReading(recovery) };
  if (at.doing === "reading") {
    const reading = await readStep(recovery, at.reading, order.acceptEnd);
    return reading.phase === "read" ? { doing: "coverage", reading, count: 0 } : { doing: "reading", reading };
  }
  if (at.doing === "coverage") {
    recount(recovery.database, at.count);
    if (at.count + 1 < COUNTS) return { ...at, count: at.count + 1 };
    dropRows(recovery.database);
    return { doing: "replicas", reading: at.reading };
  }
  return { doing: "leaving", report: await finish(parts, at.reading, order) };
}

/** Asks what the Replicas still hold, merges it and what was put aside, and begins another log. */
async function finish(parts: RestoreParts, reading: Reading, { without }: RestoreOrder): Promise<RestoreReport> {
  const { database, clock } = parts.recovery;
  const lost = logHead(database);
  const asked = parts.replicas.filter(({ name }) => !without.includes(name));
  const held = await Promise.all(asked.map(async ({ name, kept }) => ({ name, ...(await everythingKept(name, kept, lost.seq)) })));
  const ofIt = held.filter(({ logId }) => logId === lost.logId);
  const found = reconcile(ofIt.map(({ rows }) => rows), lost.seq);
  const [now, stranded] = [clock(), strandedOf(database)];
  const isExplained = explainedBy(stranded);
  return database.transaction((transaction) => {
    goOnShipping(parts.recovery, reading);
    const merged = mergeStranded(transaction, stranded, now);
    parts.directory.merge(database, now);
    const directory = found.rows.filter(isOfDirectory).filter((row) => !isExplained(row));
    directory.forEach((row) => parts.directory.apply(database, row, now));
    const salvaged = toSalvage(found, isExplained).filter((row) => salvage(transaction, row, lost.logId, now));
    for (const { p } of salvaged) bringInForce(transaction, p, now);
    const highest = Math.max(lost.seq, ...found.rows.map(({ seq }) => seq), ...stranded.changes.map(({ seq }) => seq));
    const { logId } = renewLog(transaction, highest, parts.random);
    const report: RestoreReport = {
      logId, copy: reading.copy, brokenCopies: reading.brokenCopies, segment: reading.segment.number, sealedAt: reading.segment.at,
      seq: lost.seq, strays: reading.strays.count, merged,
      replicas: held.map(({ name, logId: of, seq }) => ({ name, seq: of === lost.logId ? seq : null })), without,
      salvaged: salvaged.map(({ seq }) => seq), directory: directory.map(({ seq }) => seq), gaps: found.gaps,
    };
    recordAudit(transaction, { action: RESTORED, resource: lost.logId, channel: "api", commandId: null, payload: { ...report } }, now, parts.random);
    for (const task of [END_TASK, DROP_TASK, OVERDUE_TASK, ...parts.directory.tasks]) setDue(transaction, task, now);
    dropStranded(database);
    writeRestoration(database, { doing: "leaving", report } satisfies Restoration);
    return report;
  });
}

/** A Replica that does not answer may hold rows nobody else has: going on without it is somebody's decision. */
async function everythingKept(name: string, kept: (after: number) => Promise<KeptRows>, after: number): Promise<KeptRows> {
  try {
    const first = await kept(after);
    const rows = [...first.rows];
    for (let page = first; page.rows.length > 0; rows.push(...page.rows)) page = await kept(page.rows.at(-1)!.seq);
    return { ...first, rows };
  } catch (error) {
    throw new Error(`the Replica ${name} does not answer`, { cause: error });
  }
}

/** What the new log begins with has to be outside before anybody is answered from it. */
async function leave({ recovery }: RestoreParts, report: RestoreReport): Promise<RestoreReport> {
  await ship(recovery);
  dropRestoration(recovery.database);
  return report;
}

/** How far it is, in words and numbers. */
export function progressOf(database: ObjectDatabase): RecoveryStatus["progress"] {
  const at = readRestoration<Restoration | { doing: "begin" }>(database);
  if (!at || at.doing === "begin") return null;
  if (at.doing === "coverage") return { doing: "coverage", done: at.count, of: COUNTS };
  if (at.doing !== "reading") return { doing: at.doing, done: 0, of: null };
  const { phase, parts, segment } = at.reading;
  return phase === "copy" ? { doing: "copy", done: parts.read, of: parts.of } : { doing: "segments", done: segment.number, of: null };
}

