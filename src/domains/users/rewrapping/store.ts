import { and, desc, eq } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { rewraps } from "./tables.ts";

export type StoredPass = typeof rewraps.$inferSelect;

/** The pass that was begun last; undefined before any. */
export const lastPass = ({ primary }: Office): Promise<StoredPass | undefined> =>
  primary.select().from(rewraps).orderBy(desc(rewraps.id)).limit(1).get();

export const insertPass = (database: OfficeDatabase, pass: StoredPass) => database.insert(rewraps).values(pass);

/** Takes the pass further than it was read. */
export const movePass = (
  database: OfficeDatabase, { id, version }: StoredPass, moved: Pick<StoredPass, "next" | "tally" | "finishedAt">, actor: Actor, now: Instant,
) => database.update(rewraps).set({ ...moved, ...updatedBy(actor, now, version) }).where(and(eq(rewraps.id, id), eq(rewraps.version, version)));
