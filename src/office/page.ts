import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

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

/** One row more than a page holds says whether another follows. */
export const rowsToAsk = ({ limit }: PageQuery): number => limit + 1;

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
