import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { KINDS } from "../../../bst/kinds.ts";
import { PURPOSES } from "../../../check/question.ts";
import { bytes } from "../../../objects/columns.ts";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { CANARY_MEETINGS } from "../guard/model.ts";

/** Identifiers that belong to nobody: whoever comes with one has it from nobody's hand. Register knows them by their pseudonyms. */
export const canaries = sqliteTable(
  "canaries",
  {
    ...baseColumns,
    kind: text({ enum: KINDS }).notNull(),
    /** A box of the identifier in its canonical writing. */
    value: bytes().notNull(),
    note: text().notNull(),
    /** Whether checks find it excluded. */
    excluded: integer({ mode: "boolean" }).notNull(),
    retiredAt: integer(),
  },
  (table) => [index("canaries_by_age").on(table.createdAt, table.id), check("canaries_kind", oneOf("kind", KINDS))],
);

/** Operators that came with one, as their `Usage` objects told it. */
export const canaryAlarms = sqliteTable(
  "canaryAlarms",
  {
    /** Of the meeting: told twice it is one. */
    id: text().primaryKey(),
    operator: text().notNull(),
    /** Kept longer than the canary may be, and told before the office knew it: held by no foreign key. */
    canary: text().notNull(),
    how: text({ enum: CANARY_MEETINGS }).notNull(),
    /** Of the check. */
    purpose: text({ enum: PURPOSES }),
    at: integer().notNull(),
  },
  (table) => [
    index("canaryAlarms_by_time").on(table.at, table.id),
    index("canaryAlarms_of_operator").on(table.operator, table.at, table.id),
    check("canaryAlarms_how", oneOf("how", CANARY_MEETINGS)),
    check("canaryAlarms_purpose", sql`${table.purpose} is null or ${oneOf("purpose", PURPOSES)}`),
  ],
);
