import { asc, eq } from "drizzle-orm";
import type { AuditRow } from "../../../audit/store.ts";
import type { Transaction } from "../../../objects/database.ts";
import { audit } from "./tables.ts";

/** What was done to an exclusion, in order. */
export const entriesOf = (database: Transaction, reference: string): AuditRow[] =>
  database.select().from(audit).where(eq(audit.resource, reference)).orderBy(asc(audit.position)).all();
