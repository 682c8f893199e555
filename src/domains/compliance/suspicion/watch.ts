import { systemActor } from "../../../kernel/actor.ts";
import { type Clock, type Random, SECOND } from "../../../kernel/clock.ts";
import { copyRows } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import { cursorOf, moveCursor } from "../cursors/store.ts";
import type { Finding, SeenEntry, Thresholds } from "./model.ts";
import { aroundOf, asksForWork, judge, personOf, together, UNDOING, WINDOW_MS } from "./rules.ts";
import { doneBy, doneTo, entriesAfter, putFlags, type Span, type Work, workAbout } from "./store.ts";

export interface WatchParts {
  office: Office;
  thresholds: Thresholds;
  clock: Clock;
  random: Random;
}

const JOB = "suspicion";
const AT_ONCE = 200;
/** What one minute's run takes on; the next goes on from there. */
const RUN_MS = 10 * SECOND;

/**
 * Looks at every entry once, in the order they were written, and marks the suspicious. Marks and how far it came are written in one batch, or
 * neither, so that any number may do this at once and be stopped anywhere. Throws when the database does not answer; nothing is lost by it.
 */
export async function watchEntries(parts: WatchParts): Promise<void> {
  const until = parts.clock() + RUN_MS;
  while (parts.clock() < until && (await watchSome(parts)));
}

/** False when nothing is left to look at. */
async function watchSome({ office, thresholds, clock, random }: WatchParts): Promise<boolean> {
  const position = await cursorOf(office, JOB);
  const entries = together(await entriesAfter(office, position, AT_ONCE));
  if (entries.length === 0) return false;
  const found = await findingsIn(office, entries, thresholds, clock());
  const marks = found.length > 0 ? putFlags(office.primary, found, systemActor(JOB), clock(), random) : [];
  await copyRows(office, [...marks, { exactlyOne: moveCursor(office.primary, JOB, position, entries.at(-1)!.position) }]);
  return true;
}

async function findingsIn(office: Office, entries: readonly SeenEntry[], thresholds: Thresholds, now: number): Promise<(Finding & { entryId: string })[]> {
  const times = entries.map(({ at }) => at);
  const span: Span = { from: Math.min(...times) - WINDOW_MS, until: Math.max(...times) };
  const [byActors, toResources, work] = await Promise.all([
    among(entries.filter(({ actorKind }) => actorKind === "user").map(({ actorId }) => actorId), (ids) => doneBy(office, ids, span)),
    among(entries.filter(({ action }) => UNDOING.includes(action)).map(({ resource }) => resource), (resources) => doneTo(office, resources, span)),
    among(entries.filter(asksForWork).map((entry) => personOf(entry)!), (ids) => workAbout(office, ids, now)),
  ]);
  return entries.flatMap((entry) =>
    judge(entry, aroundOf(entry, { byActors, toResources }, wasOpen(work, entry)), thresholds).map((one) => ({ ...one, entryId: entry.id })));
}

/** Asks for each once, and not at all for none. */
const among = async <Found>(names: readonly string[], ask: (names: string[]) => Promise<Found[]>): Promise<Found[]> =>
  names.length === 0 ? [] : ask([...new Set(names)]);

const wasOpen = (work: readonly Work[], entry: SeenEntry): boolean =>
  work.some(({ personId, from, until }) => personId === personOf(entry) && from <= entry.at && entry.at <= until);
