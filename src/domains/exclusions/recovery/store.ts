import { and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { Change } from "../../../check/feed.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { audit } from "../../../objects/audit.ts";
import { commands } from "../../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { strandedRows } from "../../../objects/recovery/stranded.ts";
import { deliveries } from "../deliveries/tables.ts";
import { changes } from "../log/tables.ts";
import { keptNow } from "../roots/own.ts";
import { canaries } from "../../tokens/register/tables.ts";
import { covered, crossReferences, exclusionIdentifiers, exclusions, extensions, inForce as isCovering, phoneHolders, salvaged } from "../tables.ts";
import { holdingConsents, tokenHoldings } from "../who/tables.ts";
import type { RestoreReport } from "./rpc.ts";

/** The audit entry of a restoration; its payload is the report. */
export const RESTORED = "register.restored";

/** What Register took on after it had lost rows. */
export const strandedOf = (database: ObjectDatabase) => ({
  holders: strandedRows(database, phoneHolders),
  exclusions: strandedRows(database, exclusions),
  identifiers: strandedRows(database, exclusionIdentifiers),
  covered: strandedRows(database, covered),
  extensions: strandedRows(database, extensions),
  crossReferences: strandedRows(database, crossReferences),
  tokenHoldings: strandedRows(database, tokenHoldings),
  holdingConsents: strandedRows(database, holdingConsents),
  deliveries: strandedRows(database, deliveries),
  commands: strandedRows(database, commands),
  audit: strandedRows(database, audit),
  changes: strandedRows(database, changes),
});

export type Stranded = ReturnType<typeof strandedOf>;

export function keepExtension(transaction: Transaction, row: Stranded["extensions"][number]): void {
  transaction.insert(extensions).values(row).onConflictDoNothing().run();
}

export function keepCommand(transaction: Transaction, row: Stranded["commands"][number]): void {
  transaction.insert(commands).values(row).onConflictDoNothing().run();
}

/** Its place may be another's by now; what it tells and its id are kept. */
export function keepDelivery(transaction: Transaction, row: Stranded["deliveries"][number]): void {
  transaction.insert(deliveries).values({ ...row, position: undefined, lentUntil: 0 }).onConflictDoNothing().run();
}

/** The reference of the newest exclusion when no entry names it: what is read back may end between two rows that belong together. */
export function unaudited(database: Transaction): string | null {
  const newest = database.select({ reference: exclusions.reference }).from(exclusions).orderBy(sql`rowid desc`).limit(1).get();
  if (!newest) return null;
  const named = database.select({ id: audit.id }).from(audit).where(eq(audit.resource, newest.reference)).orderBy(desc(audit.position)).limit(1).get();
  return named ? null : newest.reference;
}

/** Keeps a pseudonym excluded of which nothing else is left; false when it is kept already. */
export function salvage(transaction: Transaction, lost: Change & { type: "excluded" }, logId: string, now: Instant): boolean {
  const { p, rootEpoch, seq, t } = lost;
  const row = { p, logId, seq, t, rootEpoch, salvagedAt: now };
  return transaction.insert(salvaged).values(row).onConflictDoNothing().returning({ seq: salvaged.seq }).all().length > 0;
}

/** So many steps count everything: at 3 M pseudonyms each takes about half a second. */
export const COUNTS = 32;

const boundary = (count: number): Uint8Array => Uint8Array.of((count * 256) / COUNTS);

/**
 * Counts anew, for one of `COUNTS` ranges of pseudonyms, how many active exclusions cover each: the exclusions say who
 * is excluded, beside canaries, and what was read back may end between two rows that belong together. All of it is under one root by now.
 */
export function recount(database: ObjectDatabase, count: number): void {
  const kept = sql<number>`${keptNow(database)}`;
  const range = (column: typeof covered.p | typeof exclusionIdentifiers.p | typeof salvaged.p | typeof canaries.p) =>
    and(gte(column, boundary(count)), count + 1 < COUNTS ? lt(column, boundary(count + 1)) : undefined);
  const standing = inArray(exclusionIdentifiers.standing, ["firm", "provisional"]);
  const inForce = database
    .select({ p: exclusionIdentifiers.p, rootEpoch: kept.as("rootEpoch") })
    .from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId))
    .where(and(range(exclusionIdentifiers.p), isCovering(exclusions.state), standing))
    .unionAll(database.select({ p: salvaged.p, rootEpoch: salvaged.rootEpoch }).from(salvaged).where(range(salvaged.p)))
    .unionAll(database.select({ p: canaries.p, rootEpoch: kept.as("rootEpoch") }).from(canaries).where(and(range(canaries.p), eq(canaries.excluded, true))))
    .as("inForce");
  const [many, rootEpoch] = [sql<number>`count(*)`.as("exclusions"), sql<number>`max(${inForce.rootEpoch})`.as("rootEpoch")];
  const counted = database.select({ p: inForce.p, exclusions: many, rootEpoch }).from(inForce).groupBy(inForce.p);
  database.transaction(() => {
    database.delete(covered).where(range(covered.p)).run();
    database.insert(covered).select(counted).run();
  });
}

/** What came of the last restoration; null when there was none. */
export function lastReport(database: ObjectDatabase): RestoreReport | null {
  const all = database.select({ payload: audit.payload }).from(audit).where(eq(audit.action, RESTORED));
  const last = all.orderBy(desc(audit.position)).limit(1).get();
  return last ? (JSON.parse(last.payload) as RestoreReport) : null;
}
