import { index, sqliteTable } from "drizzle-orm/sqlite-core";
import { auditColumns, auditWaiting } from "../../../objects/audit.ts";

/** What Register did, found also by what it was done to. */
export const audit = sqliteTable("audit", auditColumns, (table) => [index("audit_of_a_resource").on(table.resource), auditWaiting(table)]);
