/**
 * Rows of one table as they travel: JSON made and read by SQLite itself, which costs a tenth of doing it row by row. Each
 * row is its rowid and then its columns' values; a blob is hexadecimal.
 */
export interface TableRows {
  table: string;
  columns: string[];
  /** Rowids that are not there any more. */
  gone: number[];
  /** JSON: `[[rowid, value, …], …]`. */
  rows: string;
}

/** What a sealed object says before its rows. */
export interface Head {
  /** Of a segment its number; of a part its place in the copy, from 1. */
  number: number;
  /**
   * SHA-256 of the sealed bytes of the one before it: of a segment the segment before, of a copy's first part the segment
   * the copy begins from, of the mark that it is whole its last part. Of the beginning, null.
   */
  previous: string | null;
  /** When it was sealed, by the object's clock. */
  at: number;
  /** Of a segment: changes were left for the next, so that the rows do not fit each other before it. */
  more?: boolean;
  /** Of a copy's part: where it ends, that the next may go on. Null for the last. */
  next?: { tab: string; after: number } | null;
}

/** One object's text: its head, and then for each table a line of what it is and one of its rows as JSON. */
export function encodeObject(head: Head, tables: readonly TableRows[]): string {
  const lines = tables.flatMap(({ rows, ...table }) => [JSON.stringify(table), rows]);
  return [JSON.stringify(head), ...lines].join("\n");
}

/** The rows stay JSON, which SQLite reads by itself. */
export function decodeObject(text: string): { head: Head; tables: TableRows[] } {
  const [head, ...lines] = text.split("\n");
  const tables: TableRows[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    tables.push({ ...(JSON.parse(lines[at]!) as Omit<TableRows, "rows">), rows: lines[at + 1]! });
  }
  return { head: JSON.parse(head!) as Head, tables };
}
