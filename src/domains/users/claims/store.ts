import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import type { ClaimState } from "./model.ts";
import { phoneClaims } from "./tables.ts";

export type StoredClaim = typeof phoneClaims.$inferSelect;

/** Without a `state` those that are open. */
export interface ClaimFilter {
  state?: ClaimState | undefined;
}

export const BY_AGE = bothWays("receivedAt", phoneClaims.createdAt, phoneClaims.id);

export async function claimsBy(office: Office, { state }: ClaimFilter, page: PageQuery): Promise<Page<StoredClaim>> {
  const { where, orderBy, limit } = partOf(page, state === undefined ? isNull(phoneClaims.decidedAt) : eq(phoneClaims.state, state));
  const rows = await readNearest(office, (database) => database.select().from(phoneClaims).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

/** From the primary, because it is decided on what it says. */
export const claimByReference = async ({ primary }: Office, reference: string): Promise<StoredClaim | null> =>
  (await primary.select().from(phoneClaims).where(eq(phoneClaims.reference, reference)).get()) ?? null;

export const claimById = async ({ primary }: Office, id: string): Promise<StoredClaim | null> =>
  (await primary.select().from(phoneClaims).where(eq(phoneClaims.id, id)).get()) ?? null;

/** Open ones with who claims in them. */
export const openBoxes = ({ primary }: Office, limit: number): Promise<{ id: string; box: Uint8Array | null; version: number }[]> =>
  primary.select({ id: phoneClaims.id, box: phoneClaims.box, version: phoneClaims.version }).from(phoneClaims)
    .where(and(isNull(phoneClaims.decidedAt), isNotNull(phoneClaims.box))).orderBy(asc(phoneClaims.createdAt), asc(phoneClaims.id)).limit(limit).all();

export const insertClaim = (database: OfficeDatabase, row: StoredClaim) => database.insert(phoneClaims).values(row);

/** Writes what changed, to the version that was read and to no other. */
export const updateClaim = (database: OfficeDatabase, { id, version }: Pick<StoredClaim, "id" | "version">, set: Partial<StoredClaim>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(phoneClaims).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(phoneClaims.id, id), eq(phoneClaims.version, version))),
});
