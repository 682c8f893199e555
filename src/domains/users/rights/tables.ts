import { isNotNull, isNull, sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { baseColumns } from "../../../office/columns.ts";
import { REQUEST_KINDS, REQUEST_STATES, type RequestReason, SUBJECTS } from "./model.ts";

const oneOf = (column: string, values: readonly string[]) => sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(", ")})`);

/** Requests under the Data Protection Act: by whom, of what kind, until when. What is said in them is in the person's vault. */
export const dataRequests = sqliteTable(
  "dataRequests",
  {
    ...baseColumns,
    reference: text().notNull(),
    personId: text().notNull(),
    kind: text({ enum: REQUEST_KINDS }).notNull(),
    state: text({ enum: REQUEST_STATES }).notNull(),
    subject: text({ enum: SUBJECTS }),
    receivedAt: integer().notNull(),
    dueAt: integer().notNull(),
    decidedAt: integer(),
    decidedBy: text(),
    reasons: text({ mode: "json" }).$type<RequestReason[]>().notNull(),
    completeAt: integer(),
    lookAgainAt: integer(),
  },
  (table) => [
    uniqueIndex("dataRequests_by_reference").on(table.reference),
    index("dataRequests_of_person").on(table.personId, table.receivedAt),
    index("dataRequests_open_by_urgency").on(table.dueAt, table.id).where(isNull(table.decidedAt)),
    index("dataRequests_by_state").on(table.state, table.dueAt, table.id),
    index("dataRequests_to_look_at").on(table.lookAgainAt).where(isNotNull(table.lookAgainAt)),
    check("dataRequests_kind", oneOf("kind", REQUEST_KINDS)),
    check("dataRequests_state", oneOf("state", REQUEST_STATES)),
    check("dataRequests_subject", sql`${table.subject} is null or ${oneOf("subject", SUBJECTS)}`),
    check("dataRequests_decided", sql`(${table.decidedAt} is null) = (${table.state} in ('received', 'in-progress'))`),
  ],
);

/** Whose vault was erased: their ids and nothing else, applied again after any restore. */
export const erasedPersons = sqliteTable("erasedPersons", { personId: text().primaryKey() });
