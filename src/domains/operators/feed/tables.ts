import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Kind } from "../../../bst/kinds.ts";
import { bytes } from "../../../objects/columns.ts";
import type { DeliveryOutcome, DeliveryWhat, DisabledWhy, EventType } from "./model.ts";

/** How far the feed has read Register's log, and how far its own numbers go: one row. Instants are UTC milliseconds. */
export const position = sqliteTable("position", {
  id: integer().primaryKey(),
  /** Drawn when the feed began; part of each event's id, so that no number of another beginning has the same. */
  feedId: text().notNull(),
  /** The day it began on, in Nairobi: of days before it knows nothing. */
  begunOn: text().notNull(),
  logId: text().notNull(),
  /** The log's row up to which everything is numbered, */
  seq: integer().notNull(),
  /** and Register's time then: nothing of before it comes any more. */
  t: integer().notNull(),
  /** The last number given; 0 before the first. */
  head: integer().notNull().default(0),
  /** The oldest number that is kept. */
  from: integer().notNull().default(1),
  /** What the licence required when it was last heard of, as JSON; null before. */
  requiredKinds: text({ mode: "json" }).$type<Kind[]>(),
});

/** What an operator is told, by number. Names nobody but by the pseudonym, from which tokens are sealed when it is read. */
export const events = sqliteTable(
  "events",
  {
    sequence: integer().primaryKey(),
    at: integer().notNull(),
    type: text().$type<EventType>().notNull(),
    rootEpoch: integer(),
    p: bytes(),
    /** Null where the row of the log had none: any of them. */
    kind: text().$type<Kind>(),
    /** Of a token that was retired by itself: which one it is. */
    epoch: integer(),
    generation: integer(),
  },
  (table) => [index("events_by_p").on(table.p), index("events_by_at").on(table.at)],
);

/** The events that were fetched, in runs without a gap, and when. */
export const pulls = sqliteTable("pulls", {
  last: integer().primaryKey(),
  first: integer().notNull(),
  at: integer().notNull(),
});

/** A day of the feed, once it is over: what whoever received all of it can compute too. */
export const digests = sqliteTable("digests", {
  /** In Nairobi, as `2027-02-28`. */
  day: text().primaryKey(),
  /** Null when nothing happened. */
  first: integer(),
  last: integer(),
  count: integer().notNull(),
  hash: text().notNull(),
});

/** Where an operator wants to be told, and how far each was. */
export const endpoints = sqliteTable(
  "endpoints",
  {
    id: text().primaryKey(),
    url: text().notNull(),
    description: text().notNull(),
    state: text().$type<"active" | "disabled">().notNull(),
    /** Null while it is active. */
    disabledWhy: text().$type<DisabledWhy>(),
    /** Everything up to here was received. */
    cursor: integer().notNull(),
    /** The last number of the message that was sent and not yet received: it is sent again as it was. Null when there is none. */
    sending: integer(),
    /** How often that failed. */
    failures: integer().notNull().default(0),
    /** When it is sent next; null when nothing waits. */
    nextAt: integer(),
    /** Since when it has failed more often than is tried in quick succession; null while it has not. */
    escalatedAt: integer(),
    receivedAt: integer(),
    /** Sealed, each for its place. */
    secret: bytes().notNull(),
    /** The one before it, which signs beside it until then. */
    oldSecret: bytes(),
    oldSecretUntil: integer(),
    createdAt: integer().notNull(),
    /** Counts the changes: who changes another than they saw is refused. */
    version: integer().notNull().default(1),
  },
  (table) => [index("endpoints_by_next").on(table.nextAt)],
);

/** Each attempt to deliver, and how it came out. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    endpoint: text().notNull(),
    what: text().$type<DeliveryWhat>().notNull(),
    webhookId: text().notNull(),
    /** Of events: the first and last number. */
    first: integer(),
    last: integer(),
    /** When it was begun, and how long it took. */
    at: integer().notNull(),
    durationMs: integer().notNull(),
    outcome: text().$type<DeliveryOutcome>().notNull(),
    /** The answer's, where there was one. */
    status: integer(),
    /** The beginning of what was answered, printable and short; null where nothing was, or nothing went wrong. */
    excerpt: text(),
  },
  (table) => [
    index("deliveries_by_endpoint").on(table.endpoint, table.id),
    index("deliveries_by_at").on(table.at),
    index("deliveries_by_last").on(table.endpoint, table.outcome, table.last),
  ],
);
