import { SECOND } from "../../../kernel/clock.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import {
  beginReading, dropRestoration, readRestoration, readStep, type Reading, writeRestoration,
} from "../../../objects/recovery/restore.ts";
import { Forked, ship } from "../../../objects/recovery/ship.ts";
import { clearOut } from "../../../objects/recovery/stranded.ts";
import { dropRows } from "../log/store.ts";
import { beginMending, mendPage } from "../roots/mend.ts";
import { finish, type RestoreParts } from "./finish.ts";
import type { RecoveryStatus, RestoreOrder, RestoreReport } from "./rpc.ts";
import { COUNTS, recount } from "./store.ts";

/** What is kept between steps. */
type Restoration =
  | { doing: "begin" }
  | { doing: "reading"; reading: Reading }
  | { doing: "roots"; reading: Reading }
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
    writeRestoration(database, { doing: "begin" } satisfies Restoration);
  });
}

/** Goes on for some seconds; the report once everything is done. Throws when the step has to be done again. */
export async function restoreStep(parts: RestoreParts, order: RestoreOrder): Promise<RestoreReport | null> {
  const { database, clock } = parts.recovery;
  const until = clock() + STEP_MS;
  do {
    const restoration = readRestoration<Restoration>(database)!;
    if (restoration.doing === "leaving") return leave(parts, restoration.report);
    writeRestoration(database, await oneStep(parts, restoration, order));
  } while (clock() < until);
  return null;
}

async function oneStep(parts: RestoreParts, at: Exclude<Restoration, { doing: "leaving" }>, order: RestoreOrder): Promise<Restoration> {
  const { recovery } = parts;
  if (at.doing === "begin") return { doing: "reading", reading: await beginReading(recovery) };
  if (at.doing === "reading") {
    const reading = await readStep(recovery, at.reading, order.acceptEnd);
    if (reading.phase !== "read") return { doing: "reading", reading };
    beginMending(recovery.database);
    return { doing: "roots", reading };
  }
  if (at.doing === "roots") {
    const isMore = await mendPage(recovery.database, parts.advance, recovery.clock());
    return isMore ? at : { doing: "coverage", reading: at.reading, count: 0 };
  }
  if (at.doing === "coverage") {
    recount(recovery.database, at.count);
    if (at.count + 1 < COUNTS) return { ...at, count: at.count + 1 };
    dropRows(recovery.database);
    return { doing: "replicas", reading: at.reading };
  }
  return { doing: "leaving", report: await finish(parts, at.reading, order.without) };
}

/**
 * What the new log begins with has to be outside before anybody is answered from it. A storage that went back to here after
 * it had left finds what a later self put in its place, and begins again.
 */
async function leave(parts: RestoreParts, report: RestoreReport): Promise<RestoreReport | null> {
  try {
    await ship(parts.recovery);
  } catch (error) {
    if (!(error instanceof Forked)) throw error;
    beginRestoring(parts);
    return null;
  }
  dropRestoration(parts.recovery.database);
  return report;
}

/** How far it is, in words and numbers. */
export function progressOf(database: ObjectDatabase): RecoveryStatus["progress"] {
  const at = readRestoration<Restoration>(database);
  if (!at || at.doing === "begin") return null;
  if (at.doing === "coverage") return { doing: "coverage", done: at.count, of: COUNTS };
  if (at.doing !== "reading") return { doing: at.doing, done: 0, of: null };
  const { phase, parts, segment } = at.reading;
  if (phase === "copy") return { doing: "copy", done: parts.read, of: parts.of };
  return { doing: "segments", done: segment.number, of: null };
}

