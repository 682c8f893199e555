import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { auditEntries } from "../../../office/tables.ts";

/** Copies of what Register did whose place is not known, in order. */
export async function copiesAfter({ primary }: Office, position: number, limit: number): Promise<{ position: number; id: string; at: Instant }[]> {
  const { position: place, id, at, source, leaf } = auditEntries;
  const waiting = and(eq(source, "register"), isNull(leaf), gt(place, position));
  return primary.select({ position: place, id, at }).from(auditEntries).where(waiting).orderBy(asc(place)).limit(limit).all();
}

/** Notes where entries are in the log, by their positions here. */
export function putPlaces(database: OfficeDatabase, found: readonly { position: number; leaf: number }[]) {
  const cases: SQL[] = found.map(({ position, leaf }) => sql`when ${position} then ${leaf}`);
  const leaf = sql`case ${auditEntries.position} ${sql.join(cases, sql` `)} end`;
  return database.update(auditEntries).set({ leaf }).where(inArray(auditEntries.position, found.map(({ position }) => position)));
}
