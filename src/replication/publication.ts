import { and, asc, count, eq, inArray, isNotNull, isNull, lte, notInArray, sql } from "drizzle-orm";
import type { Instant } from "../kernel/clock.ts";
import type { ObjectDatabase } from "../objects/database.ts";
import type { ShardBits } from "../snapshot/row.ts";
import { blobs, publication, publishedShards } from "./tables.ts";

/** What of a publication is kept between its steps. */
export interface Publication {
  state: "writing" | "settling" | "announced";
  sequence: number;
  plan: PlannedSet[];
  manifest: string | null;
  settledAt: Instant | null;
}

export interface PlannedSet {
  rootEpoch: number;
  shardBits: ShardBits;
  /** How many of its shards one step writes. */
  shardsAStep: number;
}

const THE_ONE = 1;

export function readPublication(database: ObjectDatabase): Publication | null {
  const row = database.select().from(publication).get();
  return row ? { ...row, plan: JSON.parse(row.plan) as PlannedSet[] } : null;
}

/** Begins a publication; the one before must have been announced. */
export function beginPublication(database: ObjectDatabase, sequence: number, plan: PlannedSet[]): void {
  database.transaction((transaction) => {
    transaction.delete(publication).run();
    transaction.delete(publishedShards).run();
    transaction.insert(publication).values({ id: THE_ONE, state: "writing", sequence, plan: JSON.stringify(plan) }).run();
  });
}

/** The hashes of a set's shards written so far, in order. */
export const writtenShards = (database: ObjectDatabase, rootEpoch: number): (string | null)[] =>
  database.select().from(publishedShards).where(eq(publishedShards.rootEpoch, rootEpoch)).orderBy(asc(publishedShards.shard)).all()
    .map(({ hash }) => hash);

export const addShards = (database: ObjectDatabase, rows: (typeof publishedShards.$inferInsert)[]): void =>
  database.transaction((transaction) => rows.forEach((row) => transaction.insert(publishedShards).values(row).run()));

/** Notes that the bytes are needed; answers whether they still have to be put into the first home. */
export function needBlob(database: ObjectDatabase, hash: string): boolean {
  const needed = { unusedSince: null };
  database.insert(blobs).values({ hash, written: false, ...needed }).onConflictDoUpdate({ target: blobs.hash, set: needed }).run();
  return !database.select().from(blobs).where(eq(blobs.hash, hash)).get()!.written;
}

/** Notes where the bytes are by now, or that they are not. */
export const noteBlob = (database: ObjectDatabase, hash: string, where: { written: boolean } | { mirrored: boolean }): void =>
  void database.update(blobs).set(where).where(eq(blobs.hash, hash)).run();

const toMirror = and(isNull(blobs.unusedSince), eq(blobs.mirrored, false));

/** Hashes that the first home has and the second, which needs them too, has not; at most `limit`. */
export const unmirrored = (database: ObjectDatabase, limit: number): string[] =>
  database.select({ hash: blobs.hash }).from(blobs).where(and(toMirror, eq(blobs.written, true))).limit(limit).all().map(({ hash }) => hash);

/** How many hashes the second home needs and has not. */
export const countUnmirrored = (database: ObjectDatabase): number =>
  database.select({ count: count() }).from(blobs).where(toMirror).get()!.count;

/** Every byte is written: the manifest that is to be announced, once they have settled. */
export const settle = (database: ObjectDatabase, manifest: string, now: Instant): void =>
  void database.update(publication).set({ state: "settling", manifest, settledAt: now }).run();

/** The publication was announced: what it does not need is unused from now on. */
export function announced(database: ObjectDatabase, manifest: string, now: Instant): void {
  database.transaction((transaction) => {
    transaction.update(publication).set({ state: "announced" }).run();
    const needed = transaction.select({ hash: publishedShards.hash }).from(publishedShards).where(isNotNull(publishedShards.hash));
    const unused = and(isNull(blobs.unusedSince), notInArray(blobs.hash, needed), sql`${blobs.hash} <> ${manifest}`);
    transaction.update(blobs).set({ unusedSince: now }).where(unused).run();
  });
}

/** Hashes that nobody has needed since `before` or longer, at most `limit`. */
export const unusedBlobs = (database: ObjectDatabase, before: Instant, limit: number): string[] =>
  database.select({ hash: blobs.hash }).from(blobs).where(lte(blobs.unusedSince, before)).limit(limit).all().map(({ hash }) => hash);

/** When the next blob that stands unused came to do so; null when none does. */
export const unusedSince = (database: ObjectDatabase): Instant | null =>
  database.select({ at: sql<number | null>`min(${blobs.unusedSince})` }).from(blobs).get()!.at;

export const forgetBlobs = (database: ObjectDatabase, hashes: string[]): void =>
  void database.delete(blobs).where(inArray(blobs.hash, hashes)).run();
