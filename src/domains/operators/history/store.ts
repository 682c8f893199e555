import { eq } from "drizzle-orm";
import type { Json } from "../../../kernel/canonical-json.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Order, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { auditEntries } from "../../../office/tables.ts";
import { operatorChanges } from "../office/tables.ts";

/** Something that was done to an operator, or by its people to it. */
export interface Deed {
  id: string;
  at: Instant;
  action: string;
  resource: string;
  /** Null of what Register did. */
  by: { kind: string; id: string } | null;
  payload: Json;
}

export const BY_TIME = bothWays("at", operatorChanges.at, operatorChanges.id);

/** What Register did to an operator and its keys: of its audit entries the copy by operator. */
export const changesPage = (database: OfficeDatabase, operator: string, page: PageQuery) => {
  const { where, orderBy, limit } = partOf(page, eq(operatorChanges.operator, operator));
  return database.select().from(operatorChanges).where(where).orderBy(...orderBy).limit(limit);
};

const IN_THE_OFFICE = [auditEntries.at, auditEntries.id];
const inTheOffice = (order: Order): Order => ({ ...order, columns: IN_THE_OFFICE });

/** What the office did to its licence and its members, and what their reading it left. */
export const entriesPage = (database: OfficeDatabase, operator: string, page: PageQuery) => {
  const { where, orderBy, limit } = partOf({ ...page, order: inTheOffice(page.order) }, eq(auditEntries.resource, `operator/${operator}`));
  return database.select().from(auditEntries).where(where).orderBy(...orderBy).limit(limit);
};

/** A page of both, in one order. */
export const historyOf = (office: Office, operator: string, page: PageQuery): Promise<Page<Deed>> =>
  readNearest(office, async (database) => {
    const [changes, entries] = await Promise.all([changesPage(database, operator, page).all(), entriesPage(database, operator, page).all()]);
    const deeds: Deed[] = [
      ...changes.map(({ id, at, action, resource, payload }) => ({ id, at, action, resource, by: null, payload })),
      ...entries.map(({ id, at, action, resource, actorKind, actorId, payload }) =>
        ({ id, at, action, resource, by: { kind: actorKind, id: actorId }, payload: JSON.parse(payload) as Json })),
    ];
    const sign = page.order.direction === "ascending" ? 1 : -1;
    return pageOf(deeds.toSorted((a, b) => sign * (a.at - b.at || (a.id < b.id ? -1 : 1))), page);
  });
