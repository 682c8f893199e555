import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type Actor, ACTOR_KINDS } from "../kernel/actor.ts";
import { oneOf } from "./columns.ts";

/** What the office did, in order; only added to. Names no identity. The audit log is told of each entry from here. */
export const auditEntries = sqliteTable(
  "auditEntries",
  {
    position: integer().primaryKey({ autoIncrement: true }),
    /** UUIDv7; the log takes each entry once by this. */
    id: text().notNull(),
    at: integer().notNull(),
    /** `<resource type>.<verb>`. */
    action: text().notNull(),
    /** The type and id of what it was done to. */
    resource: text().notNull(),
    actorKind: text().$type<Actor["kind"]>().notNull(),
    actorId: text().notNull(),
    network: text(),
    agent: text(),
    country: text(),
    county: text(),
    commandId: text(),
    /** Canonical JSON. */
    payload: text().notNull(),
  },
  (table) => [
    index("auditEntries_by_time").on(table.at),
    index("auditEntries_of_resource").on(table.resource, table.at),
    index("auditEntries_of_actor").on(table.actorKind, table.actorId, table.at),
    check("auditEntries_actorKind", oneOf("actorKind", ACTOR_KINDS)),
  ],
);

/** What others are to be told of, until they were. */
export const events = sqliteTable("events", {
  position: integer().primaryKey({ autoIncrement: true }),
  /** UUIDv7; whoever is told takes each event once by this. */
  id: text().notNull(),
  at: integer().notNull(),
  topic: text().notNull(),
  /** Whom it concerns: a person's, an operator's or a user's id. */
  subject: text().notNull(),
  payload: text({ mode: "json" }).notNull(),
});

/** Every command with an id that was carried out, and what was answered. */
export const commands = sqliteTable("commands", {
  id: text().primaryKey(),
  /** SHA-256 of the request, so that an id used for another request is seen. */
  fingerprint: text().notNull(),
  result: text({ mode: "json" }).notNull(),
  at: integer().notNull(),
});

/** Empty but within a batch: takes how many rows the statement before changed, and refuses any number but one. */
export const guard = sqliteTable("guard", { changed: integer().primaryKey() }, (table) => [check("guard_one_row_changed", sql`${table.changed} = 1`)]);
