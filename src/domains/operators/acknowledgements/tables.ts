import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import type { AcknowledgedState } from "./model.ts";

/**
 * Part of an operator's feed: of whom it said something. A row stands by the event that began the exclusion, and goes when the one that
 * ended it leaves the feed: of nobody who is not excluded is there any. Instants are UTC milliseconds.
 */
export const customers = sqliteTable(
  "customers",
  {
    /** The event that began the exclusion, and when. */
    sequence: integer().primaryKey(),
    begunAt: integer().notNull(),
    rootEpoch: integer().notNull(),
    p: bytes().notNull(),
    /** Whether something is still to be said of them. */
    owing: integer({ mode: "boolean" }).notNull(),
  },
  (table) => [
    index("customers_by_pseudonym").on(table.p, table.sequence),
    index("customers_by_time").on(table.begunAt),
    index("customers_owing").on(table.begunAt).where(sql`${table.owing} = 1`),
  ],
);

/** What was said of each: the earliest time of each state. */
export const acknowledgements = sqliteTable(
  "acknowledgements",
  {
    /** The customer's. */
    sequence: integer().notNull(),
    state: text().$type<AcknowledgedState>().notNull(),
    /** When the operator says it did it, */
    at: integer().notNull(),
    /** and when it said so. */
    saidAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sequence, table.state] })],
);

/** What endpoints received that are not there any more: their log went with them, and that it was received did not. */
export const receipts = sqliteTable("receipts", {
  last: integer().primaryKey(),
  first: integer().notNull(),
  at: integer().notNull(),
});

/** How far the operator said it worked its events through, each time it came further. */
export const handled = sqliteTable("handled", {
  through: integer().primaryKey(),
  at: integer().notNull(),
});
