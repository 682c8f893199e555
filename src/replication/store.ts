import { and, asc, desc, eq, gt, gte, isNotNull, lt, lte, sql } from "drizzle-orm";
import type { Pseudonym } from "../bst/kinds.ts";
import { type Allowance, type DirectoryRows, type EpochRow, type KeyRow, type OlderKeyRow, type OperatorRow, wholeKey } from "../check/directory.ts";
import type { Change, CopyPage, LogHead, ManifestRef, SetChange, ShardPlace } from "../check/feed.ts";
import type { GenerationRow } from "../check/generations.ts";
import { DEFAULT_TERMS } from "../check/terms.ts";
import type { Instant } from "../kernel/clock.ts";
import { type ObjectDatabase, prepared } from "../objects/database.ts";
import { shardStart } from "../snapshot/row.ts";
import { directory, log, members, position, publication, publishedShards } from "./tables.ts";

/** How far the copy has come. */
export interface Position extends LogHead {
  manifest: ManifestRef | null;
  /** The oldest row kept. */
  from: number;
  /** Register lost rows of this log. */
  wentBack: boolean;
}

/** Rows an isolate gets in one answer. */
const PAGE = 5_000;
const THE_ONE = 1;

const thePosition = prepared((database) => database.select().from(position).where(eq(position.id, THE_ONE)).prepare());

export function readPosition(database: ObjectDatabase): Position | null {
  const row = thePosition(database).get();
  return row ? { ...row, manifest: parse<ManifestRef>(row.manifest) } : null;
}

/**
 * Applies rows that follow on the copy's position, all or none. Rows already applied are passed over; answers false,
 * having changed nothing, when there is a gap.
 */
export function applyRows(database: ObjectDatabase, logId: string, rows: readonly Change[]): boolean {
  return database.transaction(() => {
    const at = readPosition(database);
    const fresh = rows.filter((row) => row.seq > (at?.seq ?? 0));
    if (fresh.some((row, index) => row.seq !== (at?.seq ?? 0) + index + 1)) return false;
    fresh.forEach((row) => applyRow(database, row));
    const last = fresh.at(-1);
    const manifest = fresh.findLast((row) => row.type === "manifest")?.manifest ?? at?.manifest ?? null;
    const moved = { logId, seq: last?.seq ?? at?.seq ?? 0, t: last?.t ?? at?.t ?? 0, manifest: manifest && JSON.stringify(manifest) };
    database.insert(position).values({ id: THE_ONE, ...moved }).onConflictDoUpdate({ target: position.id, set: moved }).run();
    return true;
  });
}

/** Keeps it that Register lost rows, so that this copy does not follow it again when it has as many as before. */
export const markWentBack = (database: ObjectDatabase): void => void database.update(position).set({ wentBack: true }).run();

/** Empties the copy: it was of another log. */
export function forget(database: ObjectDatabase): void {
  database.transaction(() => {
    for (const table of [members, log, directory, position, publication, publishedShards]) database.delete(table).run();
  });
}

/**
 * Takes a page of the whole set. The copy answers nothing until `goOnFrom` said where the log goes on and every row
 * from there was applied: a row applied to a page that is newer than it changes nothing that its successors do not mend.
 */
export function takePage(database: ObjectDatabase, { members: page, directory: rows }: CopyPage): void {
  database.transaction(() => {
    for (const member of page) database.insert(members).values(member).onConflictDoNothing().run();
    for (const row of rows) putDirectory(database, row);
  });
}

export function goOnFrom(database: ObjectDatabase, { logId, from }: CopyPage): void {
  database.insert(position).values({ id: THE_ONE, logId, seq: from - 1, t: 0, manifest: null, from }).run();
}

/** Drops the log's rows from before `before` that the announced snapshot holds. Answers whether there may be more. */
export function compact(database: ObjectDatabase, before: Instant): boolean {
  return database.transaction(() => {
    const at = readPosition(database);
    const held = lte(log.seq, at?.manifest?.sequence ?? 0);
    const page = database.select({ seq: log.seq, t: log.t }).from(log).where(held).orderBy(asc(log.seq)).limit(PAGE).all();
    // Register's time never goes back, so the first row that is young enough ends the search.
    const old = page.filter(({ t }) => t < before);
    const last = old.at(-1);
    if (!last) return false;
    database.delete(log).where(lte(log.seq, last.seq)).run();
    database.update(position).set({ from: last.seq + 1 }).run();
    return old.length === PAGE;
  });
}

function applyRow(database: ObjectDatabase, row: Change): void {
  const { seq, t } = row;
  if ("p" in row) {
    const { type, rootEpoch, p, kind, news } = row;
    database.insert(log).values({ seq, t, type, rootEpoch, p, body: JSON.stringify({ kind, news }) }).run();
    if (type === "excluded") database.insert(members).values({ rootEpoch, p }).onConflictDoNothing().run();
    else database.delete(members).where(and(eq(members.rootEpoch, rootEpoch), eq(members.p, p))).run();
  } else {
    database.insert(log).values({ seq, t, type: row.type, body: directoryRow(row)[0] }).run();
    putDirectory(database, row);
  }
}

function putDirectory(database: ObjectDatabase, row: Change): void {
  if ("p" in row) return;
  const [body, kind, name] = directoryRow(row);
  if (!kind) return;
  const target = [directory.kind, directory.name];
  database.insert(directory).values({ kind, name, body }).onConflictDoUpdate({ target, set: { body } }).run();
}

/** A Register of a release before may still be writing keys without terms, which no isolate would take, and such as say no mode. */
const withTerms = (key: OlderKeyRow): KeyRow => wholeKey({ ...DEFAULT_TERMS, ...key });

type DirectoryChange = Exclude<Change, { p: Pseudonym }>;

function directoryRow(row: DirectoryChange): [body: string, kind: keyof DirectoryRows | null, name: string] {
  switch (row.type) {
    case "operator":
      return [JSON.stringify(row.operator), "operators", row.operator.id];
    case "key":
      return [JSON.stringify(withTerms(row.key)), "keys", row.key.hash];
    case "epoch":
      return [JSON.stringify(row.epoch), "epochs", `${row.epoch.operator}/${row.epoch.epoch}`];
    case "generation":
      return [JSON.stringify(row.generation), "generations", `${row.generation.operator}/${row.generation.p}`];
    case "allowance":
      return [JSON.stringify(row.allowance), "allowances", row.allowance.keyId];
    case "manifest":
      return [JSON.stringify(row.manifest), null, ""];
  }
}

/** The log's rows after `after`, a page of them; none when they are not all kept. */
export const rowsAfter = (database: ObjectDatabase, after: number): Change[] =>
  after + 1 < (readPosition(database)?.from ?? 1) ? [] : rowsKept(database, after);

/** The rows after `after` that are kept, whatever went before them. */
export const rowsKept = (database: ObjectDatabase, after: number): Change[] =>
  database.select().from(log).where(gt(log.seq, after)).orderBy(asc(log.seq)).limit(PAGE).all().map(toChange);

function toChange({ seq, t, type, rootEpoch, p, body }: typeof log.$inferSelect): Change {
  if (type === "excluded" || type === "released") return { seq, t, type, rootEpoch: rootEpoch!, p: p!, ...parse<Pick<SetChange, "kind" | "news">>(body) };
  return { seq, t, type, [type]: JSON.parse(body!) } as Change;
}

export function readDirectory(database: ObjectDatabase): DirectoryRows {
  const rows = database.select().from(directory).all();
  const of = <T>(kind: keyof DirectoryRows): T[] => rows.filter((row) => row.kind === kind).map((row) => JSON.parse(row.body) as T);
  return {
    operators: of<OperatorRow>("operators"),
    keys: of<OlderKeyRow>("keys"),
    epochs: of<EpochRow>("epochs"),
    generations: of<GenerationRow>("generations"),
    allowances: of<Allowance>("allowances"),
  };
}

/** Whether the pseudonym is in the set. True is a person who must not play; the caller vouches that the copy is current. */
export const isMember = (database: ObjectDatabase, rootEpoch: number, p: Pseudonym): boolean =>
  database
    .select({ found: sql`1` })
    .from(members)
    .where(and(eq(members.rootEpoch, rootEpoch), eq(members.p, p)))
    .get() !== undefined;

/** The pseudonyms of one shard, ascending, read at one moment. */
export function membersAt(database: ObjectDatabase, { rootEpoch, shardBits, index }: ShardPlace): Pseudonym[] {
  const next = index + 1 < 2 ** shardBits ? lt(members.p, shardStart(index + 1, shardBits)) : undefined;
  const within = and(eq(members.rootEpoch, rootEpoch), gte(members.p, shardStart(index, shardBits)), next);
  return database.select({ p: members.p }).from(members).where(within).orderBy(asc(members.p)).all().map((row) => row.p);
}

/** About how many pseudonyms a set has: as many as 256 times those that begin with a zero byte, for they are spread evenly. */
export function estimateMembers(database: ObjectDatabase, rootEpoch: number): number {
  const first = and(eq(members.rootEpoch, rootEpoch), lt(members.p, shardStart(1, 8)));
  return 256 * database.select({ count: sql<number>`count(*)` }).from(members).where(first).get()!.count;
}

/** The root epochs that have members and whose tokens are read, each found by one step down the index. */
export function rootEpochs(database: ObjectDatabase): number[] {
  const found: number[] = [];
  for (let after = leastRoot(database) - 1; ; after = found.at(-1)!) {
    const next = database.select({ epoch: sql<number | null>`min(${members.rootEpoch})` }).from(members).where(gt(members.rootEpoch, after)).get()!.epoch;
    if (next === null) return found;
    found.push(next);
  }
}

/**
 * The oldest root any epoch that is current or in its grace holds; 0 while there is no such epoch. The sets of roots before it are obsolete:
 * the log's rows that retired their last epochs are applied here, and go before any manifest without those sets to whoever follows.
 */
function leastRoot(database: ObjectDatabase): number {
  const rows = database.select({ body: directory.body }).from(directory).where(eq(directory.kind, "epochs")).all();
  const epochs = rows.map(({ body }) => JSON.parse(body) as EpochRow).filter(({ state }) => state !== "retired");
  return epochs.length > 0 ? Math.min(...epochs.map(({ rootEpoch }) => rootEpoch)) : 0;
}

/** Deletes a page of the sets that are obsolete; answers whether there may be more. */
export function dropObsolete(database: ObjectDatabase): boolean {
  const obsolete = database.select({ rootEpoch: members.rootEpoch, p: members.p }).from(members)
    .where(lt(members.rootEpoch, leastRoot(database))).limit(PAGE).all();
  database.transaction(() => {
    for (const { rootEpoch, p } of obsolete) database.delete(members).where(and(eq(members.rootEpoch, rootEpoch), eq(members.p, p))).run();
  });
  return obsolete.length === PAGE;
}

/** The newest row that changed the set; 0 when none did. */
export const lastSetChange = (database: ObjectDatabase): number =>
  database.select({ seq: log.seq }).from(log).where(isNotNull(log.p)).orderBy(desc(log.seq)).limit(1).get()?.seq ?? 0;

const parse = <T>(json: string | null): T | null => (json === null ? null : (JSON.parse(json) as T));
