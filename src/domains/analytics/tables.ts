import { isNull } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Purpose } from "../../check/question.ts";
import { bytes } from "../../objects/columns.ts";

/** One operator's usage: counts, and nothing that stands for a person. Instants are UTC milliseconds. */

/** The newest batch of each isolate that was heard of. */
export const isolates = sqliteTable(
  "isolates",
  {
    isolate: text().primaryKey(),
    newest: integer().notNull(),
    heardAt: integer().notNull(),
  },
  (table) => [index("isolates_by_age").on(table.heardAt)],
);

/** Batches that were passed over and have not come. */
export const gaps = sqliteTable(
  "gaps",
  {
    isolate: text().notNull(),
    first: integer().notNull(),
    last: integer().notNull(),
    seenAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.isolate, table.first] }), index("gaps_by_age").on(table.seenAt)],
);

/** The counts of `clear` as the isolates committed to them. */
export const counts = sqliteTable(
  "counts",
  {
    minute: integer().notNull(),
    purpose: text().$type<Purpose>().notNull(),
    count: integer().notNull(),
    root: bytes().notNull(),
    isolate: text().notNull(),
    batch: integer().notNull(),
    /** The audit entry that counts it; null until one does. */
    entry: text(),
  },
  (table) => [index("counts_by_minute").on(table.minute), index("counts_to_enter").on(table.minute).where(isNull(table.entry))],
);

/** The same by the hour, and how many answers found somebody. */
export const hours = sqliteTable(
  "hours",
  {
    hour: integer().notNull(),
    purpose: text().$type<Purpose>().notNull(),
    clear: integer().notNull(),
    found: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.hour, table.purpose] })],
);

/** Answers that isolates could not keep, by the hour in which they said so. */
export const dropped = sqliteTable("dropped", {
  hour: integer().primaryKey(),
  answers: integer().notNull(),
});

/** What each key was answered, by the day in Nairobi in which it was sent on; what was no decision is in `spent` alone. */
export const keyAnswers = sqliteTable(
  "keyAnswers",
  {
    keyId: text().notNull(),
    day: integer().notNull(),
    purpose: text().$type<Purpose>().notNull(),
    clear: integer().notNull(),
    found: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.day, table.purpose] }), index("keyAnswers_by_day").on(table.day)],
);

/** Checks of each key by the day in Nairobi in which they were sent on. */
export const spent = sqliteTable(
  "spent",
  {
    day: integer().notNull(),
    keyId: text().notNull(),
    checks: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.keyId] })],
);
