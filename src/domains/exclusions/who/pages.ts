import { eq, getTableColumns, sql } from "drizzle-orm";
import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
import type { Transaction } from "../../../objects/database.ts";
import { bothWays, partOf } from "../../../office/page.ts";
import { crossReferences, salvaged } from "../tables.ts";
import type { Paged } from "../who-rpc.ts";

const AT_ONCE = 1_000;

/** A table's rows by when they came to be; rows of one instant by their place. */
const met = sqliteTable("crossReferences", { at: integer().notNull(), position: integer("rowid").primaryKey() });
const kept = sqliteTable("salvaged", { salvagedAt: integer().notNull(), position: integer("rowid").primaryKey() });

export const BY_MEETING = bothWays("at", met.at, met.position);
export const BY_SALVAGING = bothWays("salvagedAt", kept.salvagedAt, kept.position);

const columns = { position: sql<number>`"rowid"`.as("position"), ...getTableColumns(crossReferences) };

export function crossReferencesPage(database: Transaction, { sort, after, limit }: Paged<keyof typeof BY_MEETING>) {
  const { where, orderBy } = partOf({ order: BY_MEETING[sort], after, limit: within(limit) });
  return database.select(columns).from(crossReferences).where(where).orderBy(...orderBy).limit(limit).all();
}

export const crossReferenceAt = (database: Transaction, position: number) =>
  database.select(columns).from(crossReferences).where(eq(met.position, position)).get() ?? null;

export function salvagedPage(database: Transaction, { sort, after, limit }: Paged<keyof typeof BY_SALVAGING>) {
  const { p, logId, seq, t, salvagedAt } = salvaged;
  const { where, orderBy } = partOf({ order: BY_SALVAGING[sort], after, limit: within(limit) });
  return database.select({ position: columns.position, p, logId, seq, t, salvagedAt }).from(salvaged).where(where).orderBy(...orderBy).limit(limit).all();
}

function within(limit: number): number {
  if (limit > AT_ONCE) throw new RangeError(`more than ${AT_ONCE} rows at once`);
  return limit;
}
