import { and, asc, count, desc, eq, getTableColumns, gte, isNotNull, isNull, lt, lte } from "drizzle-orm";
import type { Instant } from "../../../../kernel/clock.ts";
import type { Transaction } from "../../../../objects/database.ts";
import { deliveries, endpoints } from "../tables.ts";

export type EndpointRow = typeof endpoints.$inferSelect;
type DeliveryRow = typeof deliveries.$inferSelect;

/** In the order they were registered. */
export const allEndpoints = (database: Transaction): EndpointRow[] => database.select().from(endpoints).orderBy(asc(endpoints.id)).all();

export const endpointById = (database: Transaction, id: string): EndpointRow | null => database.select().from(endpoints).where(eq(endpoints.id, id)).get() ?? null;

export const countEndpoints = (database: Transaction): number => database.select({ of: count() }).from(endpoints).get()!.of;

export function insertEndpoint(transaction: Transaction, row: typeof endpoints.$inferInsert): void {
  transaction.insert(endpoints).values(row).run();
}

export function changeEndpoint(transaction: Transaction, id: string, set: Partial<EndpointRow>): void {
  transaction.update(endpoints).set(set).where(eq(endpoints.id, id)).run();
}

/** With its log: what it was told stands in the audit. */
export function deleteEndpoint(transaction: Transaction, id: string): void {
  transaction.delete(deliveries).where(eq(deliveries.endpoint, id)).run();
  transaction.delete(endpoints).where(eq(endpoints.id, id)).run();
}

const isActive = eq(endpoints.state, "active");

/** The ones something is sent to now. */
export const dueEndpoints = (database: Transaction, now: Instant): EndpointRow[] =>
  database.select().from(endpoints).where(and(isActive, lte(endpoints.nextAt, now))).orderBy(asc(endpoints.nextAt)).all();

/** When something is sent next; null when nothing waits. */
export const nextDue = (database: Transaction): Instant | null =>
  database.select({ at: endpoints.nextAt }).from(endpoints).where(and(isActive, isNotNull(endpoints.nextAt))).orderBy(asc(endpoints.nextAt)).limit(1).get()?.at ?? null;

export const hasActive = (database: Transaction): boolean => database.select({ id: endpoints.id }).from(endpoints).where(isActive).limit(1).get() !== undefined;

/** There is something for those who have had everything. */
export function wakeIdle(transaction: Transaction, head: number, now: Instant): void {
  transaction.update(endpoints).set({ nextAt: now }).where(and(isActive, isNull(endpoints.nextAt), lt(endpoints.cursor, head))).run();
}

export function insertDelivery(transaction: Transaction, row: typeof deliveries.$inferInsert): void {
  transaction.insert(deliveries).values(row).run();
}

/** The newest first. */
export function deliveriesOf(database: Transaction, endpoint: string, before: number, limit: number): Omit<DeliveryRow, "endpoint">[] {
  const { endpoint: of, ...shown } = getTableColumns(deliveries);
  return database.select(shown).from(deliveries).where(and(eq(of, endpoint), lt(deliveries.id, before))).orderBy(desc(deliveries.id)).limit(limit).all();
}

export function forgetDeliveries(transaction: Transaction, before: Instant): void {
  transaction.delete(deliveries).where(lt(deliveries.at, before)).run();
}

/** When each endpoint there is received an event first; null for not yet. */
export const endpointReceipts = (database: Transaction, sequence: number): { endpoint: string; at: Instant | null }[] =>
  allEndpoints(database).map(({ id }) => ({ endpoint: id, at: firstReceipt(database, id, sequence) }));

export function firstReceipt(database: Transaction, endpoint: string, sequence: number): Instant | null {
  const received = and(eq(deliveries.endpoint, endpoint), eq(deliveries.outcome, "received"), gte(deliveries.last, sequence), lte(deliveries.first, sequence));
  const first = database.select({ at: deliveries.at, durationMs: deliveries.durationMs }).from(deliveries).where(received).orderBy(asc(deliveries.id)).limit(1).get();
  return first ? first.at + first.durationMs : null;
}
