import { and, asc, count, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import type { ApplicationState } from "./model.ts";
import { operatorApplications } from "./tables.ts";

export type StoredApplication = typeof operatorApplications.$inferSelect;

const { id, state, version, keyId, contact, decidedAt, operator } = operatorApplications;

export const BY_RECEIPT = bothWays("receivedAt", operatorApplications.createdAt, id);

export async function applicationsBy(office: Office, filter: { state?: ApplicationState | undefined }, page: PageQuery): Promise<Page<StoredApplication>> {
  const { where, orderBy, limit } = partOf(page, filter.state && eq(state, filter.state));
  const rows = await readNearest(office, (database) => database.select().from(operatorApplications).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

/** From the primary, because it is decided on what it says. */
export const applicationByReference = async ({ primary }: Office, reference: string): Promise<StoredApplication | null> =>
  (await primary.select().from(operatorApplications).where(eq(operatorApplications.reference, reference)).get()) ?? null;

/** How many applications bear a company's registration number, whatever became of them. */
export const countOfCompany = async ({ primary }: Office, registrationNumber: string): Promise<number> =>
  (await primary.select({ of: count() }).from(operatorApplications).where(eq(operatorApplications.registrationNumber, registrationNumber)).get())!.of;

/** Approved ones whose operator nobody enrolled yet, or of which the office did not hear that Register did. */
export const applicationsToEnrol = ({ primary }: Office, limit: number): Promise<StoredApplication[]> =>
  primary.select().from(operatorApplications).where(and(eq(state, sql`'approved'`), isNull(operator))).orderBy(asc(decidedAt)).limit(limit).all();

/** Decided ones of which nobody has to know any more who spoke for the company. An approved one is needed until it was carried out. */
export const applicationsToErase = ({ primary }: Office, decidedBefore: Instant, limit: number) =>
  primary.select({ id, version, reference: operatorApplications.reference }).from(operatorApplications)
    .where(and(lt(decidedAt, decidedBefore), isNotNull(decidedAt), isNotNull(contact), sql`(${state} <> 'approved' or ${operator} is not null)`)).limit(limit).all();

/** Those sealed under an older key-encryption key, or a newer. */
export const applicationsUnderOtherKeys = ({ primary }: Office, current: string, limit: number) =>
  primary.select({ id, contact }).from(operatorApplications).where(sql`(${keyId} < ${current} or ${keyId} > ${current})`).limit(limit).all();

export const insertApplication = (database: OfficeDatabase, row: StoredApplication) => database.insert(operatorApplications).values(row);

/** Writes what changed, to the version that was read and to no other. */
export const updateApplication = (database: OfficeDatabase, { id: one, version: read }: Pick<StoredApplication, "id" | "version">, set: Partial<StoredApplication>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(operatorApplications).set({ ...set, ...updatedBy(actor, now, read) }).where(and(eq(id, one), eq(version, read))),
});

/** The same box sealed anew; not where it was erased meanwhile. */
export const replaceApplicationBox = (database: OfficeDatabase, one: string, was: Uint8Array, columns: Pick<StoredApplication, "contact" | "keyId">) =>
  database.update(operatorApplications).set(columns).where(and(eq(id, one), eq(contact, was)));
