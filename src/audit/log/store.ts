import { and, asc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { listed } from "../../objects/columns.ts";
import type { ObjectDatabase } from "../../objects/database.ts";
import type { TreeEdge } from "../../tlog/edge.ts";
import { EMPTY_EDGE } from "../../tlog/edge.ts";
import { recent, tail, tree, uploaded } from "./tables.ts";
import { decodeEdge } from "./tree.ts";

const THE_ONE = 1;
/** SQLite gives no text longer than 2 MB. */
const AT_ONCE = 1_024;

/** The log's own row, made when there is none. */
export function readTree(database: ObjectDatabase, birth: () => string): typeof tree.$inferSelect {
  const row = { id: THE_ONE, birth: birth(), size: 0 };
  database.insert(tree).values(row).onConflictDoNothing().run();
  return database.select().from(tree).get()!;
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

/** Leaves from a place to before another, in order. */
export const leavesBetween = (database: ObjectDatabase, from: number, to: number): string[] =>
  database.select({ leaf: tail.leaf }).from(tail).where(and(gte(tail.place, from), lt(tail.place, to))).orderBy(asc(tail.place)).all().map(({ leaf }) => leaf);

/** Where those of the ids are that are recent. */
export const recentPlaces = (database: ObjectDatabase, ids: readonly string[]): Map<string, number> =>
  new Map(database.select().from(recent).where(inArray(recent.id, listed(ids))).all().map(({ id, place }) => [id, place]));

/** What the bucket holds of the tree. */
export function readUploaded(database: ObjectDatabase): TreeEdge {
  const row = database.select().from(uploaded).where(eq(uploaded.id, THE_ONE)).get();
  return row ? decodeEdge(row.size, row.edge) : EMPTY_EDGE;
}
