import { and, asc, desc, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** Where a page ended: the values its last row is ordered by, the last of them unique. */
export type Cursor = readonly (string | number)[];

/** An order a list can be read in. */
export interface Order {
  columns: readonly SQLiteColumn[];
  direction: "ascending" | "descending";
}

/** Which part of a list is asked for. */
export interface PageQuery {
  order: Order;
  limit: number;
  /** Null begins. */
  after: Cursor | null;
}

export interface Page<Row> {
  rows: Row[];
  /** Null when this was the last. */
  next: Cursor | null;
}

/**
 * Declares an order that is read both ways: as `name`, and backwards as `-name`. Throws RangeError where rows could be left
 * out or come twice: a column that may be null, a last one that is not unique.
 */
export function bothWays<Name extends string>(name: Name, ...columns: SQLiteColumn[]): Record<Name | `-${Name}`, Order> {
  const last = columns.at(-1);
  if (!last?.primary && !last?.isUnique) throw new RangeError(`the order by ${name} must end with a unique column`);
  if (columns.some(({ notNull }) => !notNull)) throw new RangeError(`a column of the order by ${name} may be null`);
  const orders: Record<string, Order> = { [name]: { columns, direction: "ascending" }, [`-${name}`]: { columns, direction: "descending" } };
  return orders as Record<Name | `-${Name}`, Order>;
}

/** What a select of a page ends with: `.where(where).orderBy(...orderBy).limit(limit)`. One row more than it holds says whether another page follows. */
export function partOf(page: PageQuery, ...filters: (SQL | undefined)[]): { where: SQL | undefined; orderBy: SQL[]; limit: number } {
  const { columns, direction } = page.order;
  const sorted = direction === "ascending" ? asc : desc;
  return { where: and(...filters, beyond(page)), orderBy: columns.map((column) => sorted(column)), limit: page.limit + 1 };
}

/** The rows beyond the cursor; undefined from the beginning. An index over the order's columns answers it. */
function beyond({ order: { columns, direction }, after }: PageQuery): SQL | undefined {
  if (!after) return undefined;
  const row = (parts: readonly unknown[]): SQL => sql.join(parts.map((part) => sql`${part}`), sql`, `);
  return direction === "ascending" ? sql`(${row(columns)}) > (${row(after)})` : sql`(${row(columns)}) < (${row(after)})`;
}

/** The page of what such a select found; each row holds the order's columns under their own names. */
export function pageOf<Row extends object>(found: readonly Row[], { order, limit }: PageQuery): Page<Row> {
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? placeOf(rows.at(-1)!, order) : null };
}

/** A place as the address of a page says it: an instant, and what tells apart what happened at it. */
const PLACE = /^(\d{1,15})[.]([\da-f-]{1,36})$/;

export const placeText = (place: Cursor): string => place.join(".");

/** Reads it back. Whatever nobody made is null, and begins: it reaches nothing but what the list holds either way. */
export function readPlace(text: string | null, { columns }: Order): Cursor | null {
  const [, at, last] = PLACE.exec(text ?? "") ?? [];
  if (at === undefined || last === undefined) return null;
  if (columns.at(-1)!.dataType === "string") return [Number(at), last];
  return Number.isSafeInteger(Number(last)) ? [Number(at), Number(last)] : null;
}

const placeOf = (row: object, { columns }: Order): Cursor => columns.map(({ name }) => (row as Record<string, string | number>)[name]!);
