import { desc, eq } from "drizzle-orm";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { signIns } from "../../authentication/sign-in/tables.ts";
import { users } from "../accounts/tables.ts";
import { identityVerifications } from "./tables.ts";

export type VerificationRow = typeof identityVerifications.$inferSelect;

/** An account's id by what it is found by; deleted ones too. From the primary: it may just have been made. */
export const idByKey = async ({ primary }: Office, column: "emailKey" | "phoneKey", key: string): Promise<string | null> =>
  (await primary.select({ id: users.id }).from(users).where(eq(users[column], key)).get())?.id ?? null;

/** Whether there is such an account. */
export const isThere = async ({ primary }: Office, id: string): Promise<boolean> =>
  (await primary.select({ id: users.id }).from(users).where(eq(users.id, id)).get()) !== undefined;

/** Newest first. */
export const latestSignIns = ({ primary }: Office, userId: string, limit: number) =>
  primary
    .select({ at: signIns.at, method: signIns.method, outcome: signIns.outcome })
    .from(signIns)
    .where(eq(signIns.userId, userId))
    .orderBy(desc(signIns.at), desc(signIns.id))
    .limit(limit)
    .all();

/** The newest step, which holds; undefined when there was none. From the primary: what is decided on it is written there. */
export const latestVerification = ({ primary }: Office, userId: string): Promise<VerificationRow | undefined> =>
  primary
    .select()
    .from(identityVerifications)
    .where(eq(identityVerifications.userId, userId))
    .orderBy(desc(identityVerifications.at), desc(identityVerifications.id))
    .limit(1)
    .get();

export const insertVerification = (database: OfficeDatabase, row: VerificationRow) => database.insert(identityVerifications).values(row);

export const BY_TIME = bothWays("at", identityVerifications.at, identityVerifications.id);

export async function verificationsPage({ primary }: Office, userId: string, page: PageQuery): Promise<Page<VerificationRow>> {
  const { where, orderBy, limit } = partOf(page, eq(identityVerifications.userId, userId));
  return pageOf(await primary.select().from(identityVerifications).where(where).orderBy(...orderBy).limit(limit).all(), page);
}
