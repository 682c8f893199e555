import { isNull, sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import { baseColumns } from "../../../office/columns.ts";
import { CLAIM_CONCERNS, CLAIM_STATES } from "./model.ts";

const oneOf = (column: string, values: readonly string[]) => sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(", ")})`);

/** Claims to phones that were somebody else's before and that take an officer. Who claims is sealed, and gone once they were told. */
export const phoneClaims = sqliteTable(
  "phoneClaims",
  {
    ...baseColumns,
    reference: text().notNull(),
    state: text({ enum: CLAIM_STATES }).notNull(),
    concern: text({ enum: CLAIM_CONCERNS }).notNull(),
    /** Whether whoever claims seems to be the phone's holder, by a document or by name and date of birth. */
    resembles: integer({ mode: "boolean" }).notNull(),
    /** A box of phone, document, name, date of birth and language. */
    box: bytes(),
    decidedAt: integer(),
    decidedBy: text(),
    /** The officer's, who names nobody in it. */
    reason: text(),
  },
  (table) => [
    uniqueIndex("phoneClaims_by_reference").on(table.reference),
    index("phoneClaims_open_by_age").on(table.createdAt, table.id).where(isNull(table.decidedAt)),
    index("phoneClaims_by_state").on(table.state, table.createdAt, table.id),
    check("phoneClaims_state", oneOf("state", CLAIM_STATES)),
    check("phoneClaims_concern", oneOf("concern", CLAIM_CONCERNS)),
    check("phoneClaims_decided", sql`(${table.decidedAt} is null) = (${table.state} = 'open')`),
  ],
);
