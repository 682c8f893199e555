import { HOUR, type Instant, MINUTE } from "../../../kernel/clock.ts";
import { nairobiClock } from "../../../kernel/periods.ts";
import type { Around, Figures, Finding, Rule, SeenEntry, Thresholds } from "./model.ts";

/** How far before an entry rules look. */
export const WINDOW_MS = HOUR;
/** So many entries tell enough of very many. */
const MOST_EVIDENCE = 50;

/** What shows somebody's data to one of the office's people. */
const READS: readonly string[] = [
  "identity.read", "exclusion.identifiers-viewed", "exclusion.token-holdings-viewed", "exclusion.duplicates-viewed", "case.evidence-read", "data-request.statement-read",
  "token-lookup.read",
];
const SEARCHES: readonly string[] = ["user.searched", "exclusion.sought"];
/** Refusals of who would decide alone about what they asked for themself. */
const ALONE: readonly string[] = ["own-proposal", "own-lookup"];

const KEY_REVOKED = "operator.key-revoked";
const ROLE_TAKEN = "user.role-taken";
/** What undoes something that may have been given a moment before. */
export const UNDOING: readonly string[] = [KEY_REVOKED, ROLE_TAKEN];

type Judge = (entry: SeenEntry, around: Around, usual: Thresholds) => Omit<Finding, "rule"> | null;

const field = ({ payload }: SeenEntry, name: string): unknown => (payload as Record<string, unknown> | null)?.[name];
const finding = (figures: Figures, evidence: readonly SeenEntry[]): Omit<Finding, "rule"> => ({ figures, evidence: evidence.slice(-MOST_EVIDENCE).map(({ id }) => id) });

const isRead = ({ action, outcome }: SeenEntry): boolean => READS.includes(action) && outcome === "done";
const isEmptySearch = (entry: SeenEntry): boolean => SEARCHES.includes(entry.action) && field(entry, "hits") === 0;
const isExport = ({ action }: SeenEntry): boolean => action === "audit.exported";
const isRefused = ({ outcome }: SeenEntry): boolean => outcome === "refused";

/** Whose data an entry is about; null when it is about no person in Register. */
export const personOf = ({ resource }: Pick<SeenEntry, "resource">): string | null => (resource.startsWith("person/") ? resource.slice("person/".length) : null);

/** Whether rules have to be told if something about the person was open. */
export const asksForWork = (entry: SeenEntry): boolean => isRead(entry) && personOf(entry) !== null;

function isWorkingTime(at: Instant, { workFrom, workUntil }: Thresholds): boolean {
  const { weekday, hour } = nairobiClock(at);
  return weekday <= 5 && hour >= workFrom && hour < workUntil;
}

/** Speaks when so many are reached, and again at each multiple: not at each that follows. */
const reaching = (most: number, found: readonly SeenEntry[], count = found.length): Omit<Finding, "rule"> | null =>
  count > 0 && count % most === 0 ? finding({ count, most }, found) : null;

/** So many of a kind by one actor within the hour. */
const inAnHour = (is: (entry: SeenEntry) => boolean, most: (usual: Thresholds) => number): Judge =>
  (entry, { byActor }, usual) => (is(entry) ? reaching(most(usual), [...byActor.filter(is), entry]) : null);

/** Undone within minutes of having been given; `same` says whether it is the same thing that was. */
const undone = (by: string, given: string, within: (usual: Thresholds) => number, same: (before: SeenEntry, entry: SeenEntry) => boolean): Judge =>
  (entry, { toResource }, usual) => {
    if (entry.action !== by) return null;
    const before = toResource.findLast((one) => one.action === given && same(one, entry));
    const age = before ? entry.at - before.at : Number.POSITIVE_INFINITY;
    return before && age < within(usual) * MINUTE ? finding({ minutes: Math.floor(age / MINUTE), most: within(usual) }, [before, entry]) : null;
  };

/** A read of somebody more than before in the hour: the same person's twice counts once. */
const identitiesInBulk: Judge = (entry, { byActor }, { identitiesInAnHour: most }) => {
  if (!isRead(entry)) return null;
  const reads = byActor.filter(isRead);
  if (reads.some(({ resource }) => resource === entry.resource)) return null;
  const first = [...new Map([...reads, entry].map((read) => [read.resource, read])).values()];
  return reaching(most, first);
};

const readOutsideHours: Judge = (entry, { byActor }, usual) => {
  const isOutside = (read: SeenEntry): boolean => isRead(read) && !isWorkingTime(read.at, usual);
  if (!isOutside(entry) || byActor.some(isOutside)) return null;
  return finding({ time: nairobiClock(entry.at).time, from: usual.workFrom, until: usual.workUntil }, [entry]);
};

const refusalsInARow: Judge = (entry, { byActor }, { refusalsInARow: most }) => {
  if (!isRefused(entry)) return null;
  const begins = byActor.findLastIndex((one) => !isRefused(one)) + 1;
  return reaching(most, [...byActor.slice(begins), entry]);
};

const twoCountries: Judge = (entry, { byActor }) => {
  const before = byActor.findLast(({ country }) => country !== null);
  if (!before || entry.country === null || before.country === entry.country) return null;
  return finding({ first: before.country!, second: entry.country }, [before, entry]);
};

const JUDGES: Readonly<Record<Rule, Judge>> = {
  "identities-in-bulk": identitiesInBulk,
  "read-outside-hours": readOutsideHours,
  "read-without-case": (entry, { workOpen }) => (asksForWork(entry) && !workOpen ? finding({}, [entry]) : null),
  "own-record-read": (entry) => (isRead(entry) && entry.resource === `user/${entry.actorId}` ? finding({}, [entry]) : null),
  "searches-without-result": inAnHour(isEmptySearch, ({ emptySearchesInAnHour }) => emptySearchesInAnHour),
  "self-approval": (entry) => (isRefused(entry) && ALONE.includes(String(field(entry, "refusal"))) ? finding({}, [entry]) : null),
  "refusals-in-a-row": refusalsInARow,
  "exports-in-bulk": inAnHour(isExport, ({ exportsInAnHour }) => exportsInAnHour),
  "two-countries": twoCountries,
  "short-lived-key": undone(KEY_REVOKED, "operator.key-issued", ({ keyMinutes }) => keyMinutes, () => true),
  "short-lived-role": undone(
    ROLE_TAKEN, "user.role-assigned", ({ roleMinutes }) => roleMinutes,
    (before, entry) => field(before, "role") === field(entry, "role") && field(before, "operator") === field(entry, "operator"),
  ),
};

/** What of an entry is suspicious. Only of people at work: what jobs and citizens do is judged by nothing here. */
export function judge(entry: SeenEntry, around: Around, usual: Thresholds): Finding[] {
  if (entry.actorKind !== "user" && !UNDOING.includes(entry.action)) return [];
  return (Object.keys(JUDGES) as Rule[]).flatMap((rule) => {
    const found = JUDGES[rule](entry, around, usual);
    return found ? [{ rule, ...found }] : [];
  });
}

/** As many of the first entries as lie within an hour of the first: what was before them is asked for in one go, however far apart the others are. */
export function together<Entry extends Pick<SeenEntry, "at">>(entries: readonly Entry[]): Entry[] {
  const [first] = entries;
  const end = first ? entries.findIndex(({ at }) => Math.abs(at - first.at) > WINDOW_MS) : 0;
  return entries.slice(0, end < 0 ? entries.length : end);
}

/** What stands around one entry, of what is known around a page: only what was written before it, and not more than the window earlier. */
export function aroundOf(entry: SeenEntry, known: { byActors: readonly SeenEntry[]; toResources: readonly SeenEntry[] }, workOpen: boolean): Around {
  const isBefore = ({ position, at }: SeenEntry): boolean => position < entry.position && at >= entry.at - WINDOW_MS && at <= entry.at;
  return {
    byActor: known.byActors.filter((one) => one.actorId === entry.actorId && one.actorKind === entry.actorKind && isBefore(one)),
    toResource: known.toResources.filter((one) => one.resource === entry.resource && isBefore(one)),
    workOpen,
  };
}
