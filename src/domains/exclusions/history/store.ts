import { asc, eq } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { audit } from "./tables.ts";

/** What was done to an exclusion, in order. */
export function stepsOf(database: Transaction, reference: string): { at: Instant; action: string; payload: { endsAt?: Instant | null } }[] {
  const { at, action, payload } = audit;
  const rows = database.select({ at, action, payload }).from(audit).where(eq(audit.resource, reference)).orderBy(asc(audit.position)).all();
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as { endsAt?: Instant | null } }));
}
