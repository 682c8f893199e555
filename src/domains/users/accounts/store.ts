import type { OfficeDatabase } from "../../../office/database.ts";
import { roleAssignments, users } from "./tables.ts";

export const insertUser = (database: OfficeDatabase, row: typeof users.$inferInsert) => database.insert(users).values(row);

export const insertAssignment = (database: OfficeDatabase, row: typeof roleAssignments.$inferInsert) => database.insert(roleAssignments).values(row);
