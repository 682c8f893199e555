import type { AuditLogApi } from "../../../audit/rpc.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { copyRows } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import { cursorOf, moveCursor } from "../cursors/store.ts";
import { doneWith } from "./rules.ts";
import { copiesAfter, putPlaces } from "./store.ts";

export interface PlaceParts {
  office: Office;
  log: Pick<AuditLogApi, "find">;
  clock: Clock;
}

const JOB = "places";
const AT_ONCE = 1_000;
/** What one run takes on; the next goes on from there. */
const PAGES = 10;

/**
 * Asks the log where copies of Register's entries are, in the order they were copied. What was found, or never will be, is asked for once.
 * Any number may do this at once and be stopped anywhere. Throws when the log or the database does not answer; nothing is lost by it.
 */
export async function placeCopies(parts: PlaceParts): Promise<void> {
  for (let page = 0; page < PAGES; page++) if (!(await placeSome(parts))) return;
}

/** False when nothing more is to be found now. */
async function placeSome({ office, log, clock }: PlaceParts): Promise<boolean> {
  const from = await cursorOf(office, JOB);
  const copies = await copiesAfter(office, from, AT_ONCE);
  if (copies.length === 0) return false;
  const leaves = await log.find(copies.map(({ id }) => id));
  const asked = copies.map((copy, at) => ({ ...copy, leaf: leaves[at] ?? null }));
  const found = asked.flatMap(({ position, leaf }) => (leaf === null ? [] : [{ position, leaf }]));
  const done = doneWith(asked, clock());
  const places = found.length > 0 ? [putPlaces(office.primary, found)] : [];
  const moved = done === null ? [] : [{ exactlyOne: moveCursor(office.primary, JOB, from, done) }];
  if (places.length + moved.length === 0) return false;
  await copyRows(office, [...places, ...moved]);
  return done !== null && copies.length === AT_ONCE;
}
