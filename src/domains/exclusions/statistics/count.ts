import { type Clock, DAY, type Instant, type Random, SECOND } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { dayAfter, dayStart, nairobiDay } from "../../../kernel/periods.ts";
import { copyRows } from "../../../office/commit.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { progressRow } from "../office/store.ts";
import { happeningsOf } from "./history.ts";
import type { Counted, DayFigures } from "./model.ts";
import { beginAnew, type Copy, dueOf, NOTHING_COUNTED } from "./rules.ts";
import {
  beginCounted, changesBetween, changesWithin, countedRow, type Days, dropRuns, finishRun, firstChangeFrom, historiesOf, insertRun, moveCounted, replaceDays, subjectsOf,
} from "./store.ts";
import { Tally } from "./tally.ts";

export interface CountParts {
  office: Office;
  clock: Clock;
  random: Random;
}

/** What one run takes on; the next minute's goes on from there. */
const RUN_MS = 15 * SECOND;
const CHANGES_AT_ONCE = 250;
const POSITIONS_AT_ONCE = 2_000;
const RUNS_KEPT_MS = 90 * DAY;
const NOTHING: DayFigures = { counts: [], shifts: [], waited: [] };

/**
 * Counts the days on which Register did something since they were counted last, each anew and as a whole: any number may do
 * this at once and be stopped anywhere. A minute in which nothing happened costs one question. Throws when the database does
 * not answer, and the next run counts what this one left.
 */
export async function keepStatistics({ office, clock, random }: CountParts): Promise<void> {
  const { counted, copy } = await standing(office);
  if (copy === null || dueOf(counted, copy) === "nothing") return;
  const startedAt = clock();
  const id = uuidv7(startedAt, random);
  await office.primary.batch([insertRun(office.primary, { id, startedAt }), dropRuns(office.primary, uuidv7(startedAt - RUNS_KEPT_MS, (length) => new Uint8Array(length)))]);
  const run = { processed: 0, failed: 0 };
  try {
    await countDue(office, run, () => clock() < startedAt + RUN_MS);
  } catch (error) {
    run.failed++;
    throw error;
  } finally {
    await finishRun(office.primary, id, { ...run, finishedAt: clock() });
  }
}

/** How far the figures and what they are counted from are; null while there is no copy. */
export async function standing({ primary }: Office): Promise<{ counted: Counted; copy: Copy | null }> {
  const [[counted], [copy]] = await primary.batch([countedRow(primary), progressRow(primary)]);
  if (counted) return { counted, copy: copy ?? null };
  await beginCounted(primary, NOTHING_COUNTED);
  return standing({ primary, nearest: primary });
}

async function countDue(office: Office, run: { processed: number }, mayGoOn: () => boolean): Promise<void> {
  while (mayGoOn()) {
    const { counted, copy } = await standing(office);
    if (copy === null) return;
    const due = dueOf(counted, copy);
    if (due === "nothing") return;
    if (due === "anew") await replace(office, counted, beginAnew(counted, copy), null, NOTHING);
    else run.processed += await (due === "days" ? countNext(office, counted, copy) : countOn(office, counted, copy, mayGoOn));
  }
}

/** Counts the next day anew of all there are; what stood of days without a change leaves with it. */
async function countNext({ primary, ...office }: Office, counted: Counted, copy: Copy): Promise<number> {
  const from = counted.recountFrom!;
  const [next] = await firstChangeFrom(primary, dayStart(from));
  if (!next) {
    const asOf = counted.position === copy.position ? copy.asOf : counted.asOf;
    await replace({ primary, ...office }, counted, { ...counted, recountFrom: null, asOf }, { from, to: null }, NOTHING);
    return 0;
  }
  const { date } = nairobiDay(next.at);
  await replace({ primary, ...office }, counted, { ...counted, recountFrom: dayAfter(date, 1) }, { from, to: date }, await figuresOf(primary, date));
  return 1;
}

/** Counts the days of the changes that have come. Only with the last of them the figures are further than they were. */
async function countOn(office: Office, counted: Counted, copy: Copy, mayGoOn: () => boolean): Promise<number> {
  const changes = await changesBetween(office.primary, counted.position, copy.position, POSITIONS_AT_ONCE);
  const days = [...new Set(changes.map(({ at }) => nairobiDay(at).date))];
  const all = changes.length < POSITIONS_AT_ONCE;
  const reached = { ...counted, position: all ? copy.position : changes.at(-1)!.position, ...(all && { asOf: copy.asOf }) };
  let at = counted;
  for (const [done, date] of days.entries()) {
    if (!mayGoOn()) return done;
    const to = done === days.length - 1 ? reached : counted;
    if (!(await replace(office, at, to, { from: date, to: date }, await figuresOf(office.primary, date)))) return done;
    at = { ...to, version: at.version + 1 };
  }
  // Nothing of what was done concerned an exclusion.
  if (days.length === 0) await replace(office, counted, reached, null, NOTHING);
  return days.length;
}

/** Puts in figures and how far they are, or nothing where somebody else was first. */
const replace = ({ primary, nearest }: Office, from: Counted, to: Counted, days: Days | null, figures: DayFigures): Promise<boolean> =>
  copyRows({ primary, nearest }, [...(days ? replaceDays(primary, days, figures) : []), { exactlyOne: moveCounted(primary, from, to) }]);

/** One day's figures, from everything Register did on it. */
async function figuresOf(database: OfficeDatabase, date: string): Promise<DayFigures> {
  const span = { from: dayStart(date), until: dayStart(dayAfter(date, 1)) };
  const tally = new Tally(date);
  let after: { at: Instant; id: string } | null = null;
  for (;;) {
    const changes: Awaited<ReturnType<typeof changesWithin>> = await changesWithin(database, span, after, CHANGES_AT_ONCE);
    await addTo(tally, database, changes);
    if (changes.length < CHANGES_AT_ONCE) return tally.figures();
    after = changes.at(-1)!;
  }
}

async function addTo(tally: Tally, database: OfficeDatabase, changes: readonly { id: string; reference: string }[]): Promise<void> {
  if (changes.length === 0) return;
  const [wanted, references] = [new Set(changes.map(({ id }) => id)), [...new Set(changes.map(({ reference }) => reference))]];
  const [histories, subjects] = await database.batch([historiesOf(database, references), subjectsOf(database, references)]);
  const byReference = Map.groupBy(histories, ({ reference }) => reference);
  for (const subject of subjects) {
    const happenings = happeningsOf(byReference.get(subject.reference) ?? [], subject.policy);
    for (const happening of happenings) if (wanted.has(happening.id)) tally.add(subject, happening);
  }
}
