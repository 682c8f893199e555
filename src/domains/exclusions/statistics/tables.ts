import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { oneOf } from "../../../office/columns.ts";
import { type Dimension, DIMENSIONS, type Figure, FIGURES, type Minutes, type Wait, WAITS } from "./model.ts";

/** How often what happened to exclusions on a day, by one dimension at a time: crossed with each other most counts would be of one person. */
export const exclusionStatistics = sqliteTable(
  "exclusionStatistics",
  {
    /** In Nairobi: `2026-11-04`. */
    day: text().notNull(),
    figure: text().$type<Figure>().notNull(),
    dimension: text().$type<Dimension>().notNull(),
    /** Empty of `all`, and of a county nobody said. */
    value: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.figure, table.dimension, table.day, table.value] }),
    check("exclusionStatistics_figure", oneOf("figure", FIGURES)),
    check("exclusionStatistics_dimension", oneOf("dimension", DIMENSIONS)),
  ],
);

/** By how many the exclusions in force became more or fewer on a day: how many there are at its end is the sum until then. */
export const exclusionsInForce = sqliteTable(
  "exclusionsInForce",
  {
    day: text().notNull(),
    policy: text().notNull(),
    origin: text().notNull(),
    /** May be negative; never 0. */
    change: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.policy, table.origin] })],
);

/** How many full hours passed between two acts of a holder, of all who were done with the second on a day. */
export const exclusionWaits = sqliteTable(
  "exclusionWaits",
  {
    day: text().notNull(),
    wait: text().$type<Wait>().notNull(),
    hours: integer().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.wait, table.day, table.hours] }), check("exclusionWaits_wait", oneOf("wait", WAITS))],
);

/** How far the figures are with the office's copy of Register: one row. Every write of them moves it in the same batch. */
export const statisticsProgress = sqliteTable(
  "statisticsProgress",
  {
    one: integer().primaryKey(),
    version: integer().notNull(),
    /** The beginning of the copy that was counted. */
    generation: integer().notNull(),
    /** The last change whose day was counted. */
    position: integer().notNull(),
    /** The first day that is still to be counted anew; null when none is. */
    recountFrom: text(),
    /** Everything Register had done by then is counted; null before that was ever so. */
    asOf: integer(),
  },
  (table) => [check("statisticsProgress_one", sql`${table.one} = 1`)],
);

/** Each run that had days to count. One without an end was cut off, and another went on where it was. */
export const statisticsRuns = sqliteTable("statisticsRuns", {
  /** UUIDv7: in the order of their beginnings. */
  id: text().primaryKey(),
  startedAt: integer().notNull(),
  finishedAt: integer(),
  /** Days that were counted. */
  processed: integer().notNull(),
  /** Days that could not be; the next run counts them. */
  failed: integer().notNull(),
});

/** How old each Replica's copy of Register's log was when it was asked, once a minute. */
export const replicaStaleness = sqliteTable(
  "replicaStaleness",
  {
    /** The hour's first instant. */
    hour: integer().notNull(),
    /** Region and number. */
    replica: text().notNull(),
    /** JSON: ms by minute of the hour, null where it did not answer; a minute that is not there was not asked. */
    minutes: text({ mode: "json" }).$type<Minutes>().notNull(),
    /** How many minutes it answered in; the rest of the row is of these, and null while there is none. */
    samples: integer().notNull(),
    medianMs: integer(),
    p95Ms: integer(),
    worstMs: integer(),
  },
  (table) => [primaryKey({ columns: [table.hour, table.replica] })],
);
