import { and, eq } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import type { Quarantine } from "../guard/model.ts";
import type { QuarantineState } from "./model.ts";
import { tokenQuarantines } from "./tables.ts";

export type StoredQuarantine = typeof tokenQuarantines.$inferSelect;

export const BY_SINCE = bothWays("since", tokenQuarantines.since, tokenQuarantines.id);

export async function quarantinesBy(office: Office, state: QuarantineState | undefined, page: PageQuery): Promise<Page<StoredQuarantine>> {
  const { where, orderBy, limit } = partOf(page, state && eq(tokenQuarantines.state, state));
  const rows = await readNearest(office, (database) => database.select().from(tokenQuarantines).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

/** From the primary, because it is decided on what it says. */
export const quarantineById = async ({ primary }: Office, id: string): Promise<StoredQuarantine | null> =>
  (await primary.select().from(tokenQuarantines).where(eq(tokenQuarantines.id, id)).get()) ?? null;

/** As its operator's object tells it; one that is there stays as it is. */
export const insertQuarantine = (database: OfficeDatabase, operator: string, { id, rule, reason, evidence, since, by }: Quarantine) =>
  database.insert(tokenQuarantines).values({
    id, operator, rule, reason, evidence, since, state: "open", createdAt: since, createdBy: by, updatedAt: since, updatedBy: by, version: 1,
  }).onConflictDoNothing();

/** Writes what changed, to the version that was read and to no other. */
export const updateQuarantine = (database: OfficeDatabase, { id, version }: Pick<StoredQuarantine, "id" | "version">, set: Partial<StoredQuarantine>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(tokenQuarantines).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(tokenQuarantines.id, id), eq(tokenQuarantines.version, version))),
});
