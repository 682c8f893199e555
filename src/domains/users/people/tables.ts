import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { oneOf } from "../../../office/columns.ts";
import { users } from "../accounts/tables.ts";
import { DOCUMENTS, type Reason, REASONS, VERDICTS } from "./model.ts";

/** Whether accounts' holders are who they say, as officers found; only added to. The newest of an account's holds. */
export const identityVerifications = sqliteTable(
  "identityVerifications",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    /** The kind of document; its number is nowhere. */
    method: text({ enum: DOCUMENTS }).notNull(),
    verdict: text({ enum: VERDICTS }).notNull(),
    reason: text().$type<Reason>().notNull(),
    at: integer().notNull(),
    /** The actor's kind and id. */
    by: text().notNull(),
  },
  (table) => [
    index("identityVerifications_of_user").on(table.userId, table.at, table.id),
    check("identityVerifications_method", oneOf("method", DOCUMENTS)),
    check("identityVerifications_verdict", oneOf("verdict", VERDICTS)),
    check("identityVerifications_reason", oneOf("reason", [...REASONS.verified, ...REASONS.revoked])),
  ],
);
