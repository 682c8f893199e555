import { and, eq, inArray, isNotNull, isNull, notInArray } from "drizzle-orm";
import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays } from "../../../office/page.ts";
import { devices } from "../../authentication/sessions/tables.ts";
import { users } from "../../users/accounts/tables.ts";
import { lookedAt } from "./tables.ts";

export type Looked = typeof lookedAt.$inferSelect;

// What Register pages by: its rows are not the office's, their places are.
const places = sqliteTable("places", { at: integer().notNull(), salvagedAt: integer().notNull(), position: integer().primaryKey() });
export const BY_MEETING = bothWays("at", places.at, places.position);
export const BY_SALVAGING = bothWays("salvagedAt", places.salvagedAt, places.position);

/** Those of them that were looked at. From the primary: one may just have been. */
export const lookedAmong = ({ primary }: Office, names: readonly string[]): Promise<Looked[]> =>
  primary.select().from(lookedAt).where(inArray(lookedAt.name, [...names])).all();

export const insertLooked = (database: OfficeDatabase, row: Looked) => database.insert(lookedAt).values(row);

const MOST = 100;

/** Accounts that sign in with these phones and whose holder proved them to the account too. */
export const accountsWith = (office: Office, phoneKeys: readonly string[]) =>
  readNearest(office, (database) =>
    database.select({ id: users.id, emailKey: users.emailKey, createdAt: users.createdAt }).from(users)
      .where(and(inArray(users.phoneKey, [...phoneKeys]), isNotNull(users.phoneProvenAt), isNull(users.deletedAt))).limit(MOST).all());

/** The browsers they signed in with. */
export const devicesOf = (office: Office, userIds: readonly string[]) =>
  readNearest(office, (database) =>
    database.select({ hash: devices.hash, since: devices.firstSeenAt }).from(devices)
      .where(and(inArray(devices.userId, [...userIds]), isNotNull(devices.hash))).limit(MOST).all());

/** The same browsers in accounts of other phones. */
export const devicesBeside = (office: Office, hashes: readonly string[], userIds: readonly string[]) =>
  readNearest(office, (database) =>
    database.select({ hash: devices.hash }).from(devices).innerJoin(users, eq(users.id, devices.userId))
      .where(and(inArray(devices.hash, [...hashes]), notInArray(devices.userId, [...userIds]), isNotNull(users.phoneKey))).limit(MOST).all());
