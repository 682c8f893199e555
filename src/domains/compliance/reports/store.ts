import { and, desc, eq, getTableColumns, gt, inArray, isNull, lt, max, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Instant } from "../../../kernel/clock.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { operators } from "../../operators/office/tables.ts";
import { complianceReports, complianceRuns } from "./tables.ts";

export type StoredReport = typeof complianceReports.$inferSelect;
export type ListedReport = Omit<StoredReport, "findings">;
export type StoredRun = typeof complianceRuns.$inferSelect;

export const BY_TIME = bothWays("computedAt", complianceReports.computedAt, complianceReports.id);

const { findings: _findings, ...LISTED } = getTableColumns(complianceReports);

/** Which reports are asked for. */
export interface ReportFilter {
  operator?: string | undefined;
  month?: string | undefined;
}

export async function reportsBy(office: Office, { operator, month }: ReportFilter, page: PageQuery): Promise<Page<ListedReport>> {
  const { where, orderBy, limit } = partOf(page, operator === undefined ? undefined : eq(complianceReports.operator, operator), monthIs(month, operator));
  return pageOf(await readNearest(office, (database) => database.select(LISTED).from(complianceReports).where(where).orderBy(...orderBy).limit(limit).all()), page);
}

/** An operator has few: its own index finds them, whatever the month. */
const monthIs = (month: string | undefined, operator: string | undefined) =>
  month === undefined ? undefined : operator === undefined ? eq(complianceReports.month, month) : sql`+${complianceReports.month} = ${month}`;

/** One of an operator's; another's is none. */
export const reportOf = async (office: Office, operator: string, id: string): Promise<StoredReport | null> =>
  (await readNearest(office, (database) => database.select().from(complianceReports).where(and(eq(complianceReports.id, id), eq(complianceReports.operator, operator))).get())) ?? null;

/** Of each of these operators its newest month, in its newest edition. */
export async function newestOf(office: Office, operatorIds: readonly string[]): Promise<ListedReport[]> {
  if (operatorIds.length === 0) return [];
  const other = alias(complianceReports, "other");
  const isNewest = notExists(office.primary.select({ id: other.id }).from(other)
    .where(and(eq(other.operator, complianceReports.operator), sql`(${other.month}, ${other.edition}) > (${complianceReports.month}, ${complianceReports.edition})`)));
  return readNearest(office, (database) => database.select(LISTED).from(complianceReports).where(and(inArray(complianceReports.operator, [...operatorIds]), isNewest)).all());
}

/** The newest edition of an operator's month; 0 when there is none. */
export async function newestEdition({ primary }: Office, operator: string, month: string): Promise<number> {
  const [row] = await primary.select({ edition: max(complianceReports.edition) }).from(complianceReports).where(and(eq(complianceReports.operator, operator), eq(complianceReports.month, month)));
  return row?.edition ?? 0;
}

export const insertReport = (database: OfficeDatabase, row: StoredReport) => database.insert(complianceReports).values(row);

/** Operators after one that were there before an instant and have no report of the month, in the order of their ids. */
export const withoutReport = ({ primary }: Office, month: string, before: Instant, after: string, limit: number): Promise<{ id: string }[]> =>
  primary.select({ id: operators.id }).from(operators)
    .leftJoin(complianceReports, and(eq(complianceReports.operator, operators.id), eq(complianceReports.month, month)))
    .where(and(isNull(complianceReports.id), gt(operators.id, after), lt(operators.enrolledAt, before))).orderBy(operators.id).limit(limit).all();

export const lastRun = (office: Office, month: string): Promise<StoredRun | undefined> =>
  office.primary.select().from(complianceRuns).where(eq(complianceRuns.month, month)).orderBy(desc(complianceRuns.id)).limit(1).get();

export const insertRun = (database: OfficeDatabase, run: StoredRun) => database.insert(complianceRuns).values(run);

export const finishRun = (database: OfficeDatabase, id: string, ended: Partial<StoredRun>) => database.update(complianceRuns).set(ended).where(eq(complianceRuns.id, id));

/** Those that began before this id could be drawn. */
export const dropRuns = (database: OfficeDatabase, before: string) => database.delete(complianceRuns).where(lt(complianceRuns.id, before));
