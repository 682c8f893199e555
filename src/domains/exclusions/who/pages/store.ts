import { desc, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Transaction } from "../../../../objects/database.ts";
import { crossReferences, salvaged } from "../../tables.ts";
import type { Paged } from "../../who-rpc.ts";

const AT_ONCE = 1_000;

/** The place of a row among those of its instant. */
const position = sql<number>`"rowid"`.as("position");

/** What a page's query ends with: by an instant, which is the first word of the order's name, and by place. */
function partOf({ sort, after, limit }: Paged<string>, at: SQLiteColumn): { where: SQL | undefined; orderBy: SQL[]; limit: number } {
  if (limit > AT_ONCE) throw new RangeError(`more than ${AT_ONCE} rows at once`);
  const backwards = sort.startsWith("-");
  const beyond = after && sql`(${at}, "rowid") ${sql.raw(backwards ? "<" : ">")} (${after[0]}, ${after[1]})`;
  return { where: beyond ?? undefined, orderBy: backwards ? [desc(at), sql`"rowid" desc`] : [sql`${at}`, sql`"rowid"`], limit };
}

export function crossReferencesPage(database: Transaction, page: Paged<"at" | "-at">) {
  const { where, orderBy, limit } = partOf(page, crossReferences.at);
  return database.select({ position, ...getTableColumns(crossReferences) }).from(crossReferences).where(where).orderBy(...orderBy).limit(limit).all();
}

export const crossReferenceAt = (database: Transaction, place: number) =>
  database.select({ position, ...getTableColumns(crossReferences) }).from(crossReferences).where(eq(sql`"rowid"`, place)).get() ?? null;

export function salvagedPage(database: Transaction, page: Paged<"salvagedAt" | "-salvagedAt">) {
  const { where, orderBy, limit } = partOf(page, salvaged.salvagedAt);
  const { rootEpoch: _, ...columns } = getTableColumns(salvaged);
  return database.select({ position, ...columns }).from(salvaged).where(where).orderBy(...orderBy).limit(limit).all();
}
