import { citizenActor, systemActor } from "../../../kernel/actor.ts";
import { canonicalJson, type Json } from "../../../kernel/canonical-json.ts";
import { type Clock, SECOND } from "../../../kernel/clock.ts";
import { type CopiedEntry, putEntries } from "../../../office/audit.ts";
import { type Change, copyRows } from "../../../office/commit.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { reasonOf, who } from "../../../office/entry.ts";
import { copyOfDirectory, dropOlderDirectory } from "../../operators/office/index.ts";
import type { ListedChange, ProjectionApi, ProjectionPage, RegisterChange } from "../projection/rpc.ts";
import { operatorOf } from "../projection/rules.ts";
import { advance, askedAfter, beginAnew, NOTHING_YET, type Progress } from "./rules.ts";
import { beginProgress, dropOlder, moveProgress, progressRow, putChanges, putExclusions } from "./store.ts";

export interface ProjectionParts {
  office: Office;
  register: ProjectionApi;
  clock: Clock;
}

const CHANGES_AT_ONCE = 500;
/** The doors that citizens come through. */
const CITIZENS_DOORS: readonly string[] = ["web", "ussd", "sms"];
/** What one run takes on; the next one goes on from there. The platform lets work after an answer go on for 30 s. */
const PAGES = 100;
const RUN_MS = 20 * SECOND;

/**
 * Brings the office's copy of Register up to date, page by page. A page is written with its place in one batch, or not at
 * all, so that any number may do this at once and be stopped anywhere. True when the copy is whole; throws when Register or
 * the database does not answer, and nothing is lost by it.
 */
export async function project({ office, register, clock }: ProjectionParts): Promise<boolean> {
  const until = clock() + RUN_MS;
  for (let pages = 0; pages < PAGES && clock() < until; pages++) {
    const progress = await readProgress(office);
    const page = await register.projection(askedAfter(progress), CHANGES_AT_ONCE);
    const next = advance(progress, page, clock());
    const rows = next ? copyOf(office.primary, page, progress, next) : [];
    const written = await copyRows(office, [...rows, { exactlyOne: moveProgress(office.primary, progress, next ?? beginAnew(progress)) }]);
    if (written && next && page.position >= page.head) return true;
  }
  return false;
}

/** From the primary: what it says is what the next page follows. */
export async function readProgress({ primary }: Office): Promise<Progress> {
  const [known] = await progressRow(primary);
  if (known) return known;
  await beginProgress(primary, NOTHING_YET);
  return (await progressRow(primary))[0]!;
}

/** Everything a page says, and without what only older generations had when the new one becomes whole with it. */
function copyOf(database: OfficeDatabase, page: ProjectionPage, before: Progress, { generation, wholeGeneration }: Progress): Change<object>["rows"] {
  const references = new Set(page.exclusions.map(({ reference }) => reference));
  const changes = page.changes.filter(({ resource }) => references.has(resource)).map(told);
  const ofDirectory = page.changes.flatMap((change) => {
    const operator = operatorOf(change);
    return operator === null ? [] : [{ ...told(change), operator }];
  });
  const becomesWhole = wholeGeneration === generation && before.wholeGeneration !== generation;
  return [
    ...(page.exclusions.length > 0 ? [putExclusions(database, page.exclusions.map((row) => ({ ...row, generation })))] : []),
    ...(changes.length > 0 ? [putChanges(database, changes.map(({ resource: reference, ...row }) => ({ ...row, reference, generation })))] : []),
    ...copyOfDirectory(database, { ...page, changes: ofDirectory }, generation),
    ...(page.changes.length > 0 ? [putEntries(database, page.changes.map(entryOf))] : []),
    ...(becomesWhole ? [...dropOlder(database, generation), ...dropOlderDirectory(database, generation)] : []),
  ];
}

/** As an entry of the office's audit log. Who is nobody Register knows leads to nobody here. */
function entryOf({ id, at, action, resource, actor, channel, commandId, outcome, payload }: RegisterChange): CopiedEntry {
  const by = actor ?? (CITIZENS_DOORS.includes(channel) ? citizenActor(channel) : systemActor("register"));
  const reason = reasonOf(payload, actor);
  return { ...who(by), id, at, action, resource, channel, commandId, outcome, reason, payload: canonicalJson(payload), source: "register" };
}

/** Entries say their place in the change log within what they tell. */
function told({ id, position, action, resource, channel, at, payload }: RegisterChange): ListedChange {
  const { sequence = null, ...rest } = payload as { sequence?: number } & Record<string, Json>;
  return { id, position, action, resource, channel, at, sequence, payload: rest };
}
