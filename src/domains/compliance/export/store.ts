import { and, asc, gte, inArray, isNotNull } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import { auditEntries } from "../../../office/tables.ts";
import type { StoredEntry } from "../store.ts";

/** Sources tell the log of what they did in turns: of so many entries the first in time is seldom the first in the log. */
const NEIGHBOURS = 256;

/** The least place in the log among the first entries done from then on; null when none is there. */
export async function firstPlaceFrom({ primary }: Office, at: Instant): Promise<number | null> {
  const { leaf, at: done, position } = auditEntries;
  const found = await primary.select({ leaf }).from(auditEntries).where(and(gte(done, at), isNotNull(leaf))).orderBy(asc(done), asc(position)).limit(NEIGHBOURS).all();
  return found.length === 0 ? null : Math.min(...found.map((row) => row.leaf!));
}

/** By their ids; from the primary, because whoever verifies wants them all. */
export async function ownEntries({ primary }: Office, ids: readonly string[]): Promise<Map<string, StoredEntry>> {
  if (ids.length === 0) return new Map();
  const found = await primary.select().from(auditEntries).where(inArray(auditEntries.id, [...ids])).all();
  return new Map(found.map((entry) => [entry.id, entry]));
}
