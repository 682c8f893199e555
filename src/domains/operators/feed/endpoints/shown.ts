import type { Instant } from "../../../../kernel/clock.ts";
import type { ObjectDatabase } from "../../../../objects/database.ts";
import { readPosition } from "../store.ts";
import type { Delivery, Endpoint } from "./model.ts";
import { breakerOf } from "./rules.ts";
import { allEndpoints, deliveriesOf, endpointById, type EndpointRow } from "./store.ts";

/** An endpoint as people see it: without what it is sealed or signed with. */
export function shown(database: ObjectDatabase, row: EndpointRow, now: Instant): Endpoint {
  const { secret: _, oldSecret: __, oldSecretUntil, sending: ___, ...rest } = row;
  const head = readPosition(database)?.head ?? 0;
  return { ...rest, head, breaker: breakerOf(row, now), oldSecretUntil: oldSecretUntil !== null && oldSecretUntil > now ? oldSecretUntil : null };
}

export const shownEndpoints = (database: ObjectDatabase, now: Instant): Endpoint[] => allEndpoints(database).map((row) => shown(database, row, now));

/** The newest first, before `before`; null for an endpoint that is not there. */
export const shownDeliveries = (database: ObjectDatabase, endpoint: string, before: number, limit: number): Delivery[] | null =>
  endpointById(database, endpoint) && deliveriesOf(database, endpoint, before, limit);
