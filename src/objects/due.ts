import { asc, eq, lte } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type Instant, SECOND } from "../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "./database.ts";

/** What an object has to do later, by name, and when. Part of each object's schema. */
export const due = sqliteTable("due", {
  task: text().primaryKey(),
  at: integer().notNull(),
});

/** Sets when a task runs next; null takes it off. Called inside the transaction that makes the task necessary. */
export function setDue(database: Transaction, task: string, at: Instant | null): void {
  if (at === null) {
    database.delete(due).where(eq(due.task, task)).run();
  } else {
    database.insert(due).values({ task, at }).onConflictDoUpdate({ target: due.task, set: { at } }).run();
  }
}

/** Sets when a task runs next, unless that is already set. */
export function setDueOnce(database: Transaction, task: string, at: Instant): void {
  database.insert(due).values({ task, at }).onConflictDoNothing().run();
}

/** Arms the object's one alarm for the earliest task. An alarm that failed six times is silent, so every call re-arms it. */
export async function armAlarm(database: ObjectDatabase, storage: DurableObjectStorage): Promise<void> {
  const next = database.select().from(due).orderBy(asc(due.at)).limit(1).get();
  if (next) await storage.setAlarm(next.at);
  else await storage.deleteAlarm();
}

/** What happens when a task is due; it answers when it wants to run again, null for never. */
export type Tasks = Record<string, (now: Instant) => Instant | null | Promise<Instant | null>>;

const RETRY_AFTER = 10 * SECOND;

/**
 * Runs every task that is due and arms the alarm for the next one. A task that throws is tried again 10 s later and
 * does not keep the others from running; its error goes to `report`.
 */
export async function runDue(
  database: ObjectDatabase,
  storage: DurableObjectStorage,
  now: Instant,
  tasks: Tasks,
  report: (task: string, error: unknown) => void,
): Promise<void> {
  try {
    for (const { task } of database.select().from(due).where(lte(due.at, now)).orderBy(asc(due.at)).all()) {
      try {
        setDue(database, task, (await tasks[task]?.(now)) ?? null);
      } catch (error) {
        setDue(database, task, now + RETRY_AFTER);
        report(task, error);
      }
    }
  } finally {
    await armAlarm(database, storage);
  }
}
