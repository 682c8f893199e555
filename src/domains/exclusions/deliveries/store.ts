import { asc, count, eq, lte, min } from "drizzle-orm";
import { type Instant, MINUTE, SECOND } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDueOnce } from "../../../objects/due.ts";
import type { Delivery } from "../outbox.ts";
import { deliveries } from "./tables.ts";

const LENT_FOR = 30 * SECOND;
const OVERDUE_AFTER = 10 * MINUTE;

/** The task that looks for identities nobody accepted. */
export const OVERDUE_TASK = "overdue-identities";

/** Writes a delivery in the transaction of what it tells about. */
export function enqueue(transaction: Transaction, delivery: Delivery): void {
  transaction.insert(deliveries).values({ ...delivery, lentUntil: 0 }).run();
  if (delivery.topic === "identity") setDueOnce(transaction, OVERDUE_TASK, delivery.createdAt + OVERDUE_AFTER);
}

/** The oldest deliveries that nobody is delivering, lent to the caller for 30 s. */
export function lend(database: ObjectDatabase, limit: number, now: Instant): Delivery[] {
  return database.transaction((transaction) => {
    const free = transaction.select().from(deliveries).where(lte(deliveries.lentUntil, now));
    const rows = free.orderBy(asc(deliveries.position)).limit(limit).all();
    for (const { position } of rows) {
      transaction.update(deliveries).set({ lentUntil: now + LENT_FOR }).where(eq(deliveries.position, position)).run();
    }
    return rows.map(toDelivery);
  });
}

/** Accepted deliveries leave; ids that are not there are no error, for a repeated call is none. */
export function settle(database: ObjectDatabase, ids: readonly string[]): void {
  database.transaction((transaction) => {
    for (const id of ids) transaction.delete(deliveries).where(eq(deliveries.id, id)).run();
  });
}

/**
 * Raises the alarm while sealed identities wait longer than 10 minutes, and answers when to look again:
 * null when none waits.
 */
export function watchIdentities(
  database: Transaction,
  now: Instant,
  raise: (overdue: { waiting: number; oldestMs: number }) => void,
): Instant | null {
  const identities = database.select({ waiting: count(), oldest: min(deliveries.createdAt) }).from(deliveries);
  const { waiting, oldest } = identities.where(eq(deliveries.topic, "identity")).get()!;
  if (oldest === null) return null;
  if (now < oldest + OVERDUE_AFTER) return oldest + OVERDUE_AFTER;
  raise({ waiting, oldestMs: now - oldest });
  return now + OVERDUE_AFTER;
}

function toDelivery(row: typeof deliveries.$inferSelect): Delivery {
  const { id, personId, createdAt, topic, commandId, box, statements, notice } = row;
  const carried = { identity: { commandId, box, statements: statements ?? [] }, notice: { notice }, release: { commandId, box } };
  return { id, personId, createdAt, topic, ...carried[topic] } as Delivery;
}
