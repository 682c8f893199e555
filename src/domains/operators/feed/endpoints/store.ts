import { and, asc, eq, gte, lte } from "drizzle-orm";
import type { Instant } from "../../../../kernel/clock.ts";
import type { Transaction } from "../../../../objects/database.ts";
import { deliveries, endpoints } from "../tables.ts";

/** When each endpoint there is received an event first; null for not yet. */
export const endpointReceipts = (database: Transaction, sequence: number): { endpoint: string; at: Instant | null }[] =>
  database.select({ id: endpoints.id }).from(endpoints).orderBy(asc(endpoints.id)).all().map(({ id }) => ({ endpoint: id, at: receivedAt(database, id, sequence) }));

function receivedAt(database: Transaction, endpoint: string, sequence: number): Instant | null {
  const received = and(eq(deliveries.endpoint, endpoint), eq(deliveries.outcome, "received"), gte(deliveries.last, sequence), lte(deliveries.first, sequence));
  const first = database.select({ at: deliveries.at, durationMs: deliveries.durationMs }).from(deliveries).where(received).orderBy(asc(deliveries.last), asc(deliveries.id)).limit(1).get();
  return first ? first.at + first.durationMs : null;
}
