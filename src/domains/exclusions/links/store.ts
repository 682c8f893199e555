import { inArray } from "drizzle-orm";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { lookedAt } from "./tables.ts";

export type Looked = typeof lookedAt.$inferSelect;

/** Those of them that were looked at, by name. From the primary: one may just have been. */
export async function lookedAmong({ primary }: Office, names: readonly string[]): Promise<Map<string, Looked>> {
  if (names.length === 0) return new Map();
  const rows = await primary.select().from(lookedAt).where(inArray(lookedAt.name, [...names])).all();
  return new Map(rows.map((row) => [row.name, row]));
}

export const insertLooked = (database: OfficeDatabase, row: Looked) => database.insert(lookedAt).values(row);
