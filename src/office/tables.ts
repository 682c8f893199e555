import { isNull, sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { type AuditSource, COPIED_SOURCES, type Outcome, OUTCOMES } from "../audit/entry.ts";
import { type Actor, ACTOR_KINDS } from "../kernel/actor.ts";
import { bytes } from "../objects/columns.ts";
import { oneOf } from "./columns.ts";

/**
 * What the office did, in order, and copies of what Register did; only added to, but for an entry's place in the log and whether a rule marked it. Names no
 * identity. The audit log is told of the office's entries from here.
 */
export const auditEntries = sqliteTable(
  "auditEntries",
  {
    position: integer().primaryKey({ autoIncrement: true }),
    /** UUIDv7; the log takes each entry once by this. */
    id: text().notNull(),
    at: integer().notNull(),
    /** `<resource type>.<verb>`. */
    action: text().notNull(),
    /** The resource type, of the action's name. */
    actionType: text().notNull().generatedAlwaysAs(sql`substr("action", 1, instr("action", '.') - 1)`, { mode: "virtual" }),
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
    source: text().$type<AuditSource>().notNull().default("office"),
    /** The door it came through; null in the office. */
    channel: text(),
    outcome: text().$type<Outcome>().notNull().default("done"),
    /** The request it came with, and why whoever did it said they did; null where there was none. */
    requestId: text(),
    reason: text(),
    /** What the log's commitment to the entry is made with. Null once the entry's meaning was erased, and in copies. */
    salt: bytes(),
    /** The entry's place in the log; null until it is there. */
    leaf: integer(),
    /** Whether a rule finds it suspicious: auditFlags says which and why. */
    flagged: integer({ mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    index("auditEntries_by_time").on(table.at),
    index("auditEntries_of_resource").on(table.resource, table.at),
    index("auditEntries_of_actor").on(table.actorKind, table.actorId, table.at),
    index("auditEntries_of_actor_and_action").on(table.actorKind, table.actorId, table.action, table.at),
    index("auditEntries_of_action").on(table.action, table.at),
    index("auditEntries_of_type").on(table.actionType, table.at),
    index("auditEntries_of_source").on(table.source, table.at),
    index("auditEntries_not_done").on(table.outcome, table.at).where(sql`${table.outcome} <> 'done'`),
    index("auditEntries_flagged").on(table.flagged, table.at).where(sql`${table.flagged} = 1`),
    uniqueIndex("auditEntries_by_id").on(table.id),
    index("auditEntries_waiting").on(table.source, table.position).where(isNull(table.leaf)),
    check("auditEntries_actorKind", oneOf("actorKind", ACTOR_KINDS)),
    check("auditEntries_source", oneOf("source", COPIED_SOURCES)),
    check("auditEntries_outcome", oneOf("outcome", OUTCOMES)),
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
