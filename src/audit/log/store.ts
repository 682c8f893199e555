import { and, asc, gte, inArray, lt, sql } from "drizzle-orm";
import type { Instant } from "../../kernel/clock.ts";
import { listed } from "../../objects/columns.ts";
import type { ObjectDatabase } from "../../objects/database.ts";
import { EMPTY_EDGE, type TreeEdge } from "../../tlog/edge.ts";
import { published, recent, spans, tail, tree, uploaded } from "./tables.ts";
import { bundleStart, decodeEdge, encodeEdge } from "./tree.ts";

const THE_ONE = 1;
/** SQLite gives no text longer than 2 MB. */
const AT_ONCE = 1_024;

/** Entries whose ids one span tells of. */
export const SPAN = 65_536;

/** The log's own row, made when there is none. */
export function readTree(database: ObjectDatabase, birth: () => string): typeof tree.$inferSelect {
  const there = database.select().from(tree).get();
  return there ?? database.insert(tree).values({ id: THE_ONE, birth: birth(), size: 0 }).returning().get();
}

/** The tree grew by these leaves, to the size of the signed checkpoint. Called in one transaction. */
export function keepGrowth(database: ObjectDatabase, from: number, leaves: readonly string[], note: string): void {
  for (let at = 0; at < leaves.length; at += AT_ONCE) {
    const some = JSON.stringify(leaves.slice(at, at + AT_ONCE));
    database.run(sql`INSERT INTO tail (place, leaf) SELECT key + ${from + at}, value FROM json_each(${some})`);
  }
  database.run(sql`INSERT INTO recent (place, id) SELECT place, json_extract(leaf, '$.id') FROM tail WHERE place >= ${from}`);
  database.update(tree).set({ size: from + leaves.length, note }).run();
}

export const keepHalted = (database: ObjectDatabase, halted: string | null): void => void database.update(tree).set({ halted }).run();

/** Leaves from a place to before another, in order. */
export const leavesBetween = (database: ObjectDatabase, from: number, to: number): string[] =>
  database.select({ leaf: tail.leaf }).from(tail).where(and(gte(tail.place, from), lt(tail.place, to))).orderBy(asc(tail.place)).all().map(({ leaf }) => leaf);

/** Where those of the ids are that are recent. */
export const recentPlaces = (database: ObjectDatabase, ids: readonly string[]): Map<string, number> =>
  new Map(database.select().from(recent).where(inArray(recent.id, listed(ids))).all().map(({ id, place }) => [id, place]));

/** The spans that may tell of some of the ids, the newest first. */
export const spansAround = (database: ObjectDatabase, ids: readonly string[]): number[] =>
  database.select().from(spans).all()
    .filter(({ least, greatest }) => ids.some((id) => least <= id && id <= greatest))
    .map(({ number }) => number).toReversed();

/** The edge of what the bucket holds of the tree. */
export function readUploaded(database: ObjectDatabase): TreeEdge {
  const row = database.select().from(uploaded).get();
  return row ? decodeEdge(row.size, row.edge) : EMPTY_EDGE;
}

export const uploadedSize = (database: ObjectDatabase): number => database.select({ size: uploaded.size }).from(uploaded).get()?.size ?? 0;

/** The bucket holds the tree of this edge: of its leaves, only those of the unfinished bundle stay. Called in one transaction. */
export function keepUploaded(database: ObjectDatabase, edge: TreeEdge): void {
  const row = { size: Number(edge.size), edge: encodeEdge(edge) };
  database.insert(uploaded).values({ id: THE_ONE, ...row }).onConflictDoUpdate({ target: uploaded.id, set: row }).run();
  database.delete(tail).where(lt(tail.place, bundleStart(row.size))).run();
}

/** The oldest span that need not be recent any more, because one more than itself is in the bucket after it; null while none is. */
export function spanToForget(database: ObjectDatabase): { span: number; ids: string } | null {
  const oldest = database.select({ place: recent.place }).from(recent).orderBy(asc(recent.place)).limit(1).get();
  const span = (oldest?.place ?? 0) / SPAN;
  if (uploadedSize(database) < (span + 2) * SPAN) return null;
  const rows = database.select({ id: recent.id }).from(recent).where(lt(recent.place, (span + 1) * SPAN)).orderBy(asc(recent.place)).all();
  return { span, ids: rows.map(({ id }) => id).join("") };
}

/** The bucket holds the span's ids. Called in one transaction. */
export function forgetSpan(database: ObjectDatabase, span: number): void {
  const end = (span + 1) * SPAN;
  database.run(sql`INSERT INTO spans (number, least, greatest) SELECT ${span}, min(id), max(id) FROM recent WHERE place < ${end}`);
  database.delete(recent).where(lt(recent.place, end)).run();
}

export const readPublished = (database: ObjectDatabase) => database.select().from(published).get() ?? null;

export function keepPublished(database: ObjectDatabase, size: number, note: string, at: Instant): void {
  const row = { size, note, at };
  database.insert(published).values({ id: THE_ONE, ...row }).onConflictDoUpdate({ target: published.id, set: row }).run();
}
