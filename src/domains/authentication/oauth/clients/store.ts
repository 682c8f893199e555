import { and, eq } from "drizzle-orm";
import type { Actor } from "../../../../kernel/actor.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import { updatedBy } from "../../../../office/columns.ts";
import type { Office, OfficeDatabase } from "../../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../../office/page.ts";
import { oauthClients } from "../tables.ts";

export type ClientRow = typeof oauthClients.$inferSelect;

export const insertClient = (database: OfficeDatabase, row: ClientRow) => database.insert(oauthClients).values(row);

/** Changes a client read in this version; to stand as `exactlyOne`. */
export const updateClient = (database: OfficeDatabase, { id, version }: ClientRow, change: Partial<ClientRow>, actor: Actor, now: Instant) =>
  database.update(oauthClients).set({ ...change, ...updatedBy(actor, now, version) })
    .where(and(eq(oauthClients.id, id), eq(oauthClients.version, version)));

/** A client, suspended or not. From the primary: what is decided on it is written there. */
export const clientById = ({ primary }: Office, id: string): Promise<ClientRow | undefined> =>
  primary.select().from(oauthClients).where(eq(oauthClients.id, id)).get();

/** Their ids are in the order of their making. */
export const BY_CREATION = bothWays("createdAt", oauthClients.id);

export async function clientsPage({ primary }: Office, page: PageQuery): Promise<Page<ClientRow>> {
  const { where, orderBy, limit } = partOf(page);
  return pageOf(await primary.select().from(oauthClients).where(where).orderBy(...orderBy).limit(limit).all(), page);
}
