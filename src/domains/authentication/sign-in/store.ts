import { and, eq, gte, lt, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import { attempts, signIns } from "./tables.ts";

/**
 * Adds one to the failures of a key in one statement and answers them. What was forgotten by now counts from one; while
 * they are fewer than `most`, each puts the forgetting off to `until`.
 */
export async function countAttempt(database: OfficeDatabase, key: string, now: Instant, until: Instant, most: number) {
  const isOld = sql`${attempts.forgottenAt} <= ${now}`;
  const [row] = await database
    .insert(attempts)
    .values({ key, failures: 1, forgottenAt: until })
    .onConflictDoUpdate({
      target: attempts.key,
      set: {
        failures: sql`case when ${isOld} then 1 else ${attempts.failures} + 1 end`,
        forgottenAt: sql`case when ${isOld} or ${attempts.failures} < ${most} then ${until} else ${attempts.forgottenAt} end`,
      },
    })
    .returning();
  return row!;
}

export const forgetAttempts = (database: OfficeDatabase, key: string) => database.delete(attempts).where(eq(attempts.key, key));

/** Forgets a phone's failures, on every device: a device's key is the phone's with more behind a space. */
export const forgetAttemptsOn = (database: OfficeDatabase, phoneKey: string) =>
  database.delete(attempts).where(and(gte(attempts.key, phoneKey), lt(attempts.key, `${phoneKey}!`)));

export const insertSignIn = (database: OfficeDatabase, row: typeof signIns.$inferInsert) => database.insert(signIns).values(row);
