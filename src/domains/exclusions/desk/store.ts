import { and, desc, eq, gte } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { auditEntries } from "../../../office/tables.ts";
import { cases } from "../cases/tables.ts";
import { SEARCHED } from "./rules.ts";

/** How often somebody searched since then, counted no further than `most`. From the primary: one may just have been written. */
export async function searchesSince({ primary }: Office, { kind, id }: Pick<Actor, "kind" | "id">, since: Instant, most: number): Promise<number> {
  const { actorKind, actorId, at, action, position } = auditEntries;
  const theirs = and(eq(actorKind, kind), eq(actorId, id), gte(at, since), eq(action, SEARCHED));
  return (await primary.select({ position }).from(auditEntries).where(theirs).limit(most).all()).length;
}

/** The cases about an exclusion, newest first. */
export const casesOfExclusion = (database: OfficeDatabase, exclusion: string, limit: number) =>
  database.select({ reference: cases.reference, kind: cases.kind, state: cases.state }).from(cases)
    .where(eq(cases.exclusionReference, exclusion)).orderBy(desc(cases.id)).limit(limit);
