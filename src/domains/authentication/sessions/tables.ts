import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Instant } from "../../../kernel/clock.ts";
import { oneOf } from "../../../office/columns.ts";
import { users } from "../../users/accounts/tables.ts";
import { ENDINGS, FIRST_FACTORS, SECOND_FACTORS, STAGES } from "./model.ts";

/** Where somebody came from, as coarse as an audit has it. */
const originColumns = { network: text(), agent: text(), country: text(), county: text() };

/** The browsers an account was signed in with, each told by a secret cookie of its own. */
export const devices = sqliteTable(
  "devices",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    /** SHA-256 of the cookie's text, lower-case hexadecimal; null once forgotten: no cookie tells it any more. */
    hash: text(),
    firstSeenAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
    signIns: integer().notNull(),
    /** As it was when it was last signed in with. */
    ...originColumns,
    /** Its holder said so: others' wrong passwords do not lock it out. */
    trustedAt: integer(),
    /** It signs nobody in. */
    blockedAt: integer(),
  },
  (table) => [
    uniqueIndex("devices_by_hash").on(table.userId, table.hash),
    index("devices_of_browser").on(table.hash).where(sql`${table.hash} is not null`),
    index("devices_of_user").on(table.userId, table.lastSeenAt, table.id),
  ],
);

/** Who is signed in, and who was. The session's secret itself is never stored. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    deviceId: text().notNull().references(() => devices.id),
    /** SHA-256 of the cookie's text, lower-case hexadecimal. */
    hash: text().notNull(),
    stage: text({ enum: STAGES }).notNull(),
    first: text({ enum: FIRST_FACTORS }).notNull(),
    second: text({ enum: SECOND_FACTORS }),
    createdAt: integer().notNull(),
    /** When a factor was last shown. */
    provenAt: integer().notNull(),
    seenAt: integer().notNull(),
    expiresAt: integer().notNull(),
    endedAt: integer(),
    ending: text({ enum: ENDINGS }),
    ...originColumns,
  },
  (table) => [
    uniqueIndex("sessions_by_hash").on(table.hash),
    index("sessions_of_user").on(table.userId, table.createdAt, table.id).where(sql`${table.endedAt} is null`),
    index("sessions_of_device").on(table.deviceId).where(sql`${table.endedAt} is null`),
    check("sessions_stage", oneOf("stage", STAGES)),
    check("sessions_first", oneOf("first", FIRST_FACTORS)),
    check("sessions_second", oneOf("second", SECOND_FACTORS)),
    check("sessions_ending", oneOf("ending", ENDINGS)),
    check("sessions_ended", sql`(${table.endedAt} is null) = (${table.ending} is null)`),
  ],
);

/** When any device of an account was last signed in with, and whether one was from there, as columns of a query on `users`. */
export const lastSeenAt = sql<Instant | null>`(select max("d"."lastSeenAt") from ${devices} as "d" where "d"."userId" = ${users.id})`;
export const seenFrom = (country: string | null) =>
  sql<number>`exists (select 1 from ${devices} as "d" where "d"."userId" = ${users.id} and "d"."country" = ${country})`;
