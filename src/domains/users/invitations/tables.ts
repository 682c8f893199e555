import { isNotNull, sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { OPERATOR_ROLES } from "../../authentication/capabilities.ts";
import { users } from "../accounts/tables.ts";
import { INVITATION_STATES } from "./model.ts";

/** Invitations to hold a role for an operator. Who is invited is sealed, found by the phone they sign in with, and gone once it is over. */
export const operatorInvitations = sqliteTable(
  "operatorInvitations",
  {
    ...baseColumns,
    operator: text().notNull(),
    role: text({ enum: OPERATOR_ROLES }).notNull(),
    state: text({ enum: INVITATION_STATES }).notNull(),
    expiresAt: integer().notNull(),
    /** The phone's pseudonym, as accounts are found by it; null once it is over. */
    phoneKey: text(),
    /** Whoever accepted it. */
    userId: text().references(() => users.id),
    /** A box of name, e-mail address, phone and language; null once it is over. */
    contact: bytes(),
    keyId: text(),
  },
  (table) => [
    index("operatorInvitations_of_operator").on(table.operator, table.createdAt, table.id),
    index("operatorInvitations_of_phone").on(table.phoneKey).where(isNotNull(table.phoneKey)),
    index("operatorInvitations_to_lapse").on(table.expiresAt).where(sql`${table.state} = 'open'`),
    index("operatorInvitations_by_key").on(table.keyId).where(isNotNull(table.keyId)),
    check("operatorInvitations_role", oneOf("role", OPERATOR_ROLES)),
    check("operatorInvitations_state", oneOf("state", INVITATION_STATES)),
    check("operatorInvitations_open", sql`(${table.state} = 'open') = (${table.contact} is not null) and (${table.contact} is null) = (${table.keyId} is null) and (${table.contact} is null) = (${table.phoneKey} is null)`),
    check("operatorInvitations_accepted", sql`(${table.state} = 'accepted') = (${table.userId} is not null)`),
  ],
);
