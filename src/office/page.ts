import { and, asc, desc, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** Where a page ended: the values its last row is ordered by, the last of them unique. */
export type Cursor = readonly (string | number)[];

/** Which part of a list is asked for. */
export interface PageQuery {
  limit: number;
  /** Null begins. */
  after: Cursor | null;
}

export interface Page<Row> {
  rows: Row[];
  /** Null when this was the last. */
  next: Cursor | null;
}

/** An order a list can be read in. */
export interface Order {
  columns: readonly SQLiteColumn[];
  direction: "ascending" | "descending";
  /** The index that reads it without sorting: a test holds the query's plan against it. */
  index: string;
}

/** Declares an order. Throws RangeError where rows could be left out or come twice: a column that may be null, a last one that is not unique. */
export function order(direction: Order["direction"], index: string, ...columns: SQLiteColumn[]): Order {
  const last = columns.at(-1);
  if (!last?.primary && !last?.isUnique) throw new RangeError(`the order by ${index} must end with a unique column`);
  if (columns.some(({ notNull }) => !notNull)) throw new RangeError(`a column of the order by ${index} may be null`);
  return { columns, direction, index };
}

/** One row more than a page holds says whether another follows. */
export const rowsToAsk = ({ limit }: PageQuery): number => limit + 1;

/** What a select of a page ends with: `.where(where).orderBy(...orderBy).limit(limit)`. */
export function partOf(order: Order, page: PageQuery, ...filters: (SQL | undefined)[]): { where: SQL | undefined; orderBy: SQL[]; limit: number } {
  const sorted = order.direction === "ascending" ? asc : desc;
  return { where: and(...filters, beyond(order.columns, page, order.direction)), orderBy: order.columns.map((column) => sorted(column)), limit: rowsToAsk(page) };
}

/** Where a row stands in an order; the row holds the order's columns under their own names. */
export const placeIn = ({ columns }: Order) => (row: object): Cursor =>
  columns.map(({ name }) => (row as Record<string, string | number>)[name]!);

export function pageOf<Row>(rows: readonly Row[], { limit }: PageQuery, cursorOf: (row: Row) => Cursor): Page<Row> {
  const shown = rows.slice(0, limit);
  return { rows: shown, next: rows.length > limit ? cursorOf(shown.at(-1)!) : null };
}

/** The rows beyond the cursor, in the order of `columns`; undefined from the beginning. An index over the columns answers it. */
export function beyond(columns: readonly SQLWrapper[], { after }: PageQuery, order: "ascending" | "descending"): SQL | undefined {
  if (!after) return undefined;
  const row = (parts: readonly unknown[]): SQL => sql.join(parts.map((part) => sql`${part}`), sql`, `);
  return order === "ascending" ? sql`(${row(columns)}) > (${row(after)})` : sql`(${row(columns)}) < (${row(after)})`;
}
