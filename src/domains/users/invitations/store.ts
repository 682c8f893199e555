import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { operators } from "../../operators/office/tables.ts";
import type { SealedContact } from "./box.ts";
import type { InvitationState } from "./model.ts";
import { operatorInvitations } from "./tables.ts";

export type StoredInvitation = typeof operatorInvitations.$inferSelect;

const { id, operator, role, state, expiresAt, phoneKey, keyId, contact, createdAt } = operatorInvitations;

export const insertInvitation = (database: OfficeDatabase, row: StoredInvitation) => database.insert(operatorInvitations).values(row);

export const BY_INVITING = bothWays("createdAt", createdAt, id);

export async function invitationsBy(office: Office, of: string, filter: { state?: InvitationState | undefined }, page: PageQuery): Promise<Page<StoredInvitation>> {
  const { where, orderBy, limit } = partOf(page, eq(operator, of), filter.state && eq(state, filter.state));
  const rows = await readNearest(office, (database) => database.select().from(operatorInvitations).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

/** From the primary, because it is decided on what it says. */
export const invitationById = async ({ primary }: Office, one: string): Promise<StoredInvitation | null> =>
  (await primary.select().from(operatorInvitations).where(eq(id, one)).get()) ?? null;

/** What the holder of a phone can accept, and what the operators are called, where the office's copy has them yet. */
export const openInvitationsOf = ({ primary }: Office, phone: string, now: Instant) =>
  primary.select({ id, operator, role, expiresAt, name: operators.name }).from(operatorInvitations).leftJoin(operators, eq(operators.id, operator))
    .where(and(eq(phoneKey, phone), gt(expiresAt, now))).all();

/** Nobody is invited any more, and nobody knows who was. */
const OVER = { phoneKey: null, contact: null, keyId: null };

/** Ends one that is open, in the version that was read; to stand as `exactlyOne`. */
export const endInvitation = (
  database: OfficeDatabase, { id: one, version }: StoredInvitation, to: Pick<StoredInvitation, "state"> & Partial<Pick<StoredInvitation, "userId">>, actor: Actor, now: Instant,
) =>
  database.update(operatorInvitations).set({ ...to, ...OVER, ...updatedBy(actor, now, version) })
    .where(and(eq(id, one), eq(operatorInvitations.version, version), eq(state, sql`'open'`)));

/** Ends whatever of the same role and operator a phone was invited to before. */
export const replaceInvitations = (database: OfficeDatabase, of: Pick<StoredInvitation, "operator" | "role" | "phoneKey">, actor: Actor, now: Instant) =>
  database.update(operatorInvitations).set({ state: "withdrawn", ...OVER, updatedAt: now, updatedBy: `${actor.kind}:${actor.id}`, version: sql`${operatorInvitations.version} + 1` })
    .where(and(eq(phoneKey, of.phoneKey!), eq(operator, of.operator), eq(role, of.role)));

export const invitationsToLapse = ({ primary }: Office, now: Instant, limit: number): Promise<StoredInvitation[]> =>
  primary.select().from(operatorInvitations).where(and(eq(state, sql`'open'`), lte(expiresAt, now))).limit(limit).all();

/** Those sealed under an older key-encryption key, or a newer. */
export const invitationsUnderOtherKeys = ({ primary }: Office, current: string, limit: number) =>
  primary.select({ id, contact }).from(operatorInvitations).where(sql`(${keyId} < ${current} or ${keyId} > ${current})`).limit(limit).all();

/** The same box sealed anew; not where it was ended meanwhile. */
export const replaceInvitationBox = (database: OfficeDatabase, one: string, was: Uint8Array, columns: SealedContact) =>
  database.update(operatorInvitations).set(columns).where(and(eq(id, one), eq(contact, was)));
