import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import { baseColumns, oneOf, softDeleteColumns } from "../../../office/columns.ts";
import { type Role, ROLES } from "../../authentication/capabilities.ts";
import { type LockReason, USER_STATES } from "./rules.ts";

/** An index takes an expression whose columns name no table. */
const isDeleted = sql`("deletedAt" is not null)`;

/** Whoever has an account. Who they are is sealed under a key of their own; destroying that key erases them. */
export const users = sqliteTable(
  "users",
  {
    ...baseColumns,
    ...softDeleteColumns,
    state: text({ enum: USER_STATES }).notNull(),
    /** When, by whom and why it was suspended; null unless it is. */
    lockedAt: integer(),
    lockedBy: text(),
    lockReason: text().$type<LockReason>(),
    /** The data key, wrapped; null once erased. */
    dataKey: bytes(),
    /** JSON of a `Profile` under the data key; null once erased. */
    sealedProfile: bytes(),
    /** The e-mail address by a keyed pseudonym of its own, never an identifier's P. */
    emailKey: text(),
    /** The phone it signs in with, likewise. */
    phoneKey: text(),
    /** When its holder last proved the phone by a code; null when they never did. */
    phoneProvenAt: integer(),
  },
  (table) => [
    uniqueIndex("users_by_email").on(table.emailKey).where(sql`${table.emailKey} is not null`),
    uniqueIndex("users_by_phone").on(table.phoneKey).where(sql`${table.phoneKey} is not null`),
    index("users_by_time").on(isDeleted, table.createdAt, table.id),
    index("users_of_state").on(table.state, isDeleted, table.createdAt, table.id),
    check("users_state", sql`${table.state} in ('active', 'suspended')`),
  ],
);

/** Who holds which role, for which operator; '' is for none. */
export const roleAssignments = sqliteTable(
  "roleAssignments",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    role: text().$type<Role>().notNull(),
    operator: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
  },
  (table) => [
    uniqueIndex("roleAssignments_of_user").on(table.userId, table.role, table.operator),
    index("roleAssignments_by_role").on(table.role, table.operator),
    index("roleAssignments_of_operator").on(table.operator, table.id),
    check("roleAssignments_role", oneOf("role", ROLES)),
  ],
);
