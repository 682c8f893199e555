import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { LATENESS_KINDS, type LatenessKind } from "../acknowledgements/model.ts";
import { LAPSE_STATES, type LapseState } from "./model.ts";

/** What operators are late with, and were: one row from when they fell behind until they caught up. */
export const propagationLapses = sqliteTable(
  "propagationLapses",
  {
    ...baseColumns,
    operator: text().notNull(),
    kind: text().$type<LatenessKind>().notNull(),
    state: text().$type<LapseState>().notNull(),
    /** When the first of what is late became so: it stays, whatever of it was done since. */
    since: integer().notNull(),
    /** How many events, or customers, it was of when it was last looked at: 0 once the operator caught up. */
    count: integer().notNull(),
    /** The most it was of. */
    most: integer().notNull(),
    /** When the operator's feed last said so. */
    seenAt: integer().notNull(),
    caughtUpAt: integer(),
  },
  (table) => [
    uniqueIndex("propagationLapses_open").on(table.operator, table.kind).where(sql`${table.state} = 'open'`),
    index("propagationLapses_of_state").on(table.state, table.since, table.id),
    index("propagationLapses_by_since").on(table.since, table.id),
    index("propagationLapses_of_operator").on(table.operator, table.since, table.id),
    check("propagationLapses_kind", oneOf("kind", LATENESS_KINDS)),
    check("propagationLapses_state", oneOf("state", LAPSE_STATES)),
  ],
);
