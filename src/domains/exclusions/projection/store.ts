import { asc, getTableColumns, gt, inArray, max, sql } from "drizzle-orm";
import type { Json } from "../../../kernel/canonical-json.ts";
import { audit } from "../../../objects/audit.ts";
import { listed } from "../../../objects/columns.ts";
import type { Transaction } from "../../../objects/database.ts";
import { exclusionIdentifiers, exclusions } from "../tables.ts";
import type { ListedExclusion, RegisterChange } from "./rpc.ts";

/** The position of the last entry; 0 when there is none. */
export const lastPosition = (database: Transaction): number => database.select({ last: max(audit.position) }).from(audit).get()?.last ?? 0;

/** The entries after a position, in order, and how long each one's text is. */
export function entriesAfter(database: Transaction, after: number, limit: number): { change: RegisterChange; length: number }[] {
  const { salt: _, leaf: __, ...told } = getTableColumns(audit);
  const entries = database.select(told).from(audit).where(gt(audit.position, after)).orderBy(asc(audit.position)).limit(limit).all();
  return entries.map((entry) => ({ change: { ...entry, payload: JSON.parse(entry.payload) as Json }, length: entry.payload.length }));
}

/** The exclusions with these references, those there are. */
export function listedExclusions(database: Transaction, references: readonly string[]): ListedExclusion[] {
  const { wakesAt: __, ...listedColumns } = getTableColumns(exclusions);
  const rows = database.select(listedColumns).from(exclusions).where(inArray(exclusions.reference, listed(references))).all();
  const { exclusionId, p: _, ...identifier } = getTableColumns(exclusionIdentifiers);
  const stated = database.select({ exclusionId, identifier }).from(exclusionIdentifiers)
    .where(inArray(exclusionId, listed(rows.map(({ id }) => id)))).orderBy(sql`rowid`).all();
  const byExclusion = Map.groupBy(stated, (row) => row.exclusionId);
  return rows.map((row) => ({ ...row, identifiers: (byExclusion.get(row.id) ?? []).map(({ identifier }) => identifier) }));
}
