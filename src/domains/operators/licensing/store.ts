import { and, asc, desc, eq, getTableColumns, gt, isNull, lt, lte, notExists, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { operators } from "../office/tables.ts";
import type { Standing } from "./model.ts";
import { licences, licenceSteps, licenceWarnings } from "./tables.ts";

export type StoredLicence = typeof licences.$inferSelect;
export type StoredStep = typeof licenceSteps.$inferSelect;

const inPlace = isNull(licences.supersededAt);
const { id, operator, state, expiresAt, version } = licences;

/** The licence of an operator that none superseded, revoked or not; a query still to be run. */
export const licenceOf = (database: OfficeDatabase, of: string) => database.select().from(licences).where(and(eq(operator, of), inPlace));

/** The same from the primary, because it is decided on what it says; null when there is none. */
export const licenceToDecide = async ({ primary }: Office, of: string): Promise<StoredLicence | null> => (await licenceOf(primary, of).get()) ?? null;

export const BY_END = bothWays("expiresAt", expiresAt, id);

/** Without a standing all that none superseded. `until`: those that end before. */
export interface LicenceFilter {
  standing?: Standing | undefined;
  until?: Instant | undefined;
  now: Instant;
}

const standing = ({ standing: wanted, now }: LicenceFilter) => {
  if (wanted === "lapsed") return and(eq(state, sql`'in-force'`), lte(expiresAt, now));
  if (wanted === "in-force") return and(eq(state, sql`'in-force'`), gt(expiresAt, now));
  return wanted && eq(state, wanted);
};

export async function licencesBy(office: Office, filter: LicenceFilter, page: PageQuery): Promise<Page<StoredLicence>> {
  const { where, orderBy, limit } = partOf(page, inPlace, standing(filter), filter.until === undefined ? undefined : lt(expiresAt, filter.until));
  const rows = await readNearest(office, (database) => database.select().from(licences).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

/** Every licence an operator ever had, the newest first. */
export const licencesOf = (database: OfficeDatabase, of: string) =>
  database.select().from(licences).where(eq(operator, of)).orderBy(desc(licences.issuedAt));

/** What happened to a licence, the oldest first. */
export const stepsOf = (database: OfficeDatabase, licenceId: string) =>
  database.select().from(licenceSteps).where(eq(licenceSteps.licenceId, licenceId)).orderBy(asc(licenceSteps.number));

/** The steps of every licence an operator ever had, each licence's in order. */
export async function livesOf(office: Office, of: string): Promise<StoredStep[][]> {
  const rows = await readNearest(office, (database) =>
    database.select(getTableColumns(licenceSteps)).from(licences).innerJoin(licenceSteps, eq(licenceSteps.licenceId, id)).where(eq(operator, of)).all());
  return [...Map.groupBy(rows, ({ licenceId }) => licenceId).values()].map((steps) => steps.toSorted((one, other) => one.number - other.number));
}

/** Those in force that end in this span and had no such warning of it. */
export const licencesToWarn = ({ primary }: Office, { days, after, until }: { days: number; after: Instant; until: Instant }, limit: number): Promise<StoredLicence[]> =>
  primary.select().from(licences).where(and(inPlace, eq(state, sql`'in-force'`), gt(expiresAt, after), lte(expiresAt, until), notExists(
    primary.select({ one: sql`1` }).from(licenceWarnings)
      .where(and(eq(licenceWarnings.licenceId, id), eq(licenceWarnings.expiresAt, expiresAt), eq(licenceWarnings.days, days))),
  ))).orderBy(asc(expiresAt)).limit(limit).all();

/** Which warnings of its present end a licence had. */
export const warningsOf = (database: OfficeDatabase, { id: of, expiresAt: end }: Pick<StoredLicence, "id" | "expiresAt">) =>
  database.select({ days: licenceWarnings.days, at: licenceWarnings.at }).from(licenceWarnings)
    .where(and(eq(licenceWarnings.licenceId, of), eq(licenceWarnings.expiresAt, end))).orderBy(desc(licenceWarnings.days));

/** Licences of which Register says something else, by the office's copy of it, with what it says. */
export const licencesUntold = ({ primary }: Office, limit: number): Promise<StoredLicence[]> =>
  primary.select(getTableColumns(licences)).from(licences).innerJoin(operators, eq(operators.id, operator)).where(and(inPlace, sql`(
    ${operators.state} <> case when ${state} = 'in-force' then 'active' else 'suspended' end
    or ${operators.licensedUntil} is not ${expiresAt}
    or ${operators.requiredKinds} <> ${licences.requiredKinds}
  )`)).limit(limit).all();

export const insertLicence = (database: OfficeDatabase, row: StoredLicence) => database.insert(licences).values(row);
export const insertStep = (database: OfficeDatabase, row: StoredStep) => database.insert(licenceSteps).values(row);
export const insertWarning = (database: OfficeDatabase, row: typeof licenceWarnings.$inferInsert) => database.insert(licenceWarnings).values(row);

/** Writes what changed, to the version that was read and to no other. */
export const updateLicence = (database: OfficeDatabase, { id: one, version: read }: Pick<StoredLicence, "id" | "version">, set: Partial<StoredLicence>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(licences).set({ ...set, ...updatedBy(actor, now, read) }).where(and(eq(id, one), eq(version, read), inPlace)),
});
