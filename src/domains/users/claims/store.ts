import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { beyond, type Page, pageOf, type PageQuery, rowsToAsk } from "../../../office/page.ts";
import type { ClaimState } from "./model.ts";
import { phoneClaims } from "./tables.ts";

export type StoredClaim = typeof phoneClaims.$inferSelect;

const age = [phoneClaims.createdAt, phoneClaims.id] as const;

/** The longest waiting first; `state` null asks for those that are open. */
export async function claimsBy(office: Office, state: ClaimState | null, query: PageQuery): Promise<Page<StoredClaim>> {
  const wanted = and(state === null ? isNull(phoneClaims.decidedAt) : eq(phoneClaims.state, state), beyond(age, query, "ascending"));
  const rows = await readNearest(office, (database) =>
    database.select().from(phoneClaims).where(wanted).orderBy(...age.map((column) => asc(column))).limit(rowsToAsk(query)).all());
  return pageOf(rows, query, ({ createdAt, id }) => [createdAt, id]);
}

/** From the primary, because it is decided on what it says. */
export const claimByReference = async ({ primary }: Office, reference: string): Promise<StoredClaim | null> =>
  (await primary.select().from(phoneClaims).where(eq(phoneClaims.reference, reference)).get()) ?? null;

export const claimById = async ({ primary }: Office, id: string): Promise<StoredClaim | null> =>
  (await primary.select().from(phoneClaims).where(eq(phoneClaims.id, id)).get()) ?? null;

/** Open ones with who claims in them. */
export const openBoxes = ({ primary }: Office, limit: number): Promise<{ id: string; box: Uint8Array | null; version: number }[]> =>
  primary.select({ id: phoneClaims.id, box: phoneClaims.box, version: phoneClaims.version }).from(phoneClaims)
    .where(and(isNull(phoneClaims.decidedAt), isNotNull(phoneClaims.box))).orderBy(...age.map((column) => asc(column))).limit(limit).all();

export const insertClaim = (database: OfficeDatabase, row: StoredClaim) => database.insert(phoneClaims).values(row);

/** Writes what changed, to the version that was read and to no other. */
export const updateClaim = (database: OfficeDatabase, { id, version }: Pick<StoredClaim, "id" | "version">, set: Partial<StoredClaim>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(phoneClaims).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(phoneClaims.id, id), eq(phoneClaims.version, version))),
});
