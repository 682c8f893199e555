import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Pseudonym } from "../../../bst/kinds.ts";
import { audit } from "../../../objects/audit.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { EpochStep, TokenStep } from "./model.ts";
import { tokenActs } from "./tables.ts";

export type TokenActRow = typeof tokenActs.$inferSelect;

/** Repeatable: a row that is there stays. */
export function insertTokenAct(transaction: Transaction, row: TokenActRow): void {
  transaction.insert(tokenActs).values(row).onConflictDoNothing().run();
}

/** What was done to an operator's tokens of one person, by whatever these hold, oldest first. */
export function tokenSteps(database: Transaction, operator: string, ps: readonly Pseudonym[]): TokenStep[] {
  const { at, act, epoch, generation, leastEpoch, leastGeneration, reason, actor } = tokenActs;
  return database.select({ at, act, epoch, generation, leastEpoch, leastGeneration, reason, actor }).from(tokenActs)
    .where(and(eq(tokenActs.operator, operator), inArray(tokenActs.p, [...ps]))).orderBy(asc(sql`rowid`)).all();
}

/** What the audit says of epochs. */
const EVENTS: Readonly<Record<string, EpochStep["event"]>> = {
  "operator.enrolled": "epoch-began",
  "operator.epoch-rotated": "epoch-began",
  "operator.epoch-retired": "epoch-retired",
};

/** When an operator's epochs began and when they ceased to be read, oldest first. */
export function epochSteps(database: Transaction, operator: string): EpochStep[] {
  const rows = database.select({ at: audit.at, action: audit.action, payload: audit.payload }).from(audit)
    .where(and(eq(audit.resource, operator), inArray(audit.action, Object.keys(EVENTS)))).orderBy(asc(audit.position)).all();
  return rows.map(({ at, action, payload }) => ({ at, event: EVENTS[action]!, epoch: (JSON.parse(payload) as { epoch?: number }).epoch ?? 0 }));
}
