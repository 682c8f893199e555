import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { baseColumns, oneOf } from "../../office/columns.ts";
import { auditEntries } from "../../office/tables.ts";
import { type Figures, type Rule, RULES } from "./suspicion/model.ts";

/** What a rule finds suspicious, once for each entry and rule; and who looked at it. */
export const auditFlags = sqliteTable(
  "auditFlags",
  {
    ...baseColumns,
    entryId: text().notNull().references(() => auditEntries.id),
    rule: text().$type<Rule>().notNull(),
    /** What the rule counted, and from which number on it speaks. */
    figures: text({ mode: "json" }).$type<Figures>().notNull(),
    /** The ids of the entries it rests on, in order; of very many the last ones. */
    evidence: text({ mode: "json" }).$type<string[]>().notNull(),
    seenAt: integer(),
    /** The actor's kind and id, and what they found. */
    seenBy: text(),
    note: text(),
  },
  (table) => [
    uniqueIndex("auditFlags_once_an_entry").on(table.entryId, table.rule),
    check("auditFlags_rule", oneOf("rule", RULES)),
    check("auditFlags_seen", sql`(${table.seenAt} is null) = (${table.seenBy} is null) and (${table.seenAt} is null) = (${table.note} is null)`),
  ],
);

/** How far along the entries each of the office's jobs on them is. */
export const auditCursors = sqliteTable("auditCursors", {
  job: text().primaryKey(),
  /** Of the last entry that is done with. */
  position: integer().notNull(),
});
