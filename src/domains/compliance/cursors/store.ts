import { and, eq } from "drizzle-orm";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { auditCursors } from "../tables.ts";

/** How far a job is along the entries; 0 at its beginning. */
export async function cursorOf({ primary }: Office, job: string): Promise<number> {
  const known = await primary.select({ position: auditCursors.position }).from(auditCursors).where(eq(auditCursors.job, job)).get();
  if (known) return known.position;
  await primary.insert(auditCursors).values({ job, position: 0 }).onConflictDoNothing();
  return 0;
}

/** Changes one row, unless somebody else moved it since it was read. */
export const moveCursor = (database: OfficeDatabase, job: string, from: number, to: number) =>
  database.update(auditCursors).set({ position: to }).where(and(eq(auditCursors.job, job), eq(auditCursors.position, from)));
