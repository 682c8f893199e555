import type { Pseudonym } from "../../../bst/kinds.ts";
import { firstOf, type Lineage, newestRootOf, underRoot } from "../../../bst/lineage.ts";
import { equalBytes } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { recordAudit } from "../../../objects/audit.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { strandedRows } from "../../../objects/recovery/stranded.ts";
import { bringInForce, takeOutOfForce } from "../../exclusions/index.ts";
import type { CanariesApi, RegisterTokensApi } from "../register-rpc.ts";
import { canaryIds, deleteRows, excludedAmong, excludedOfAll, insertRow, isStated, rowsOf } from "./store.ts";
import { canaries } from "./tables.ts";

type Answer<Verb extends keyof (CanariesApi & RegisterTokensApi)> = Awaited<ReturnType<(CanariesApi & RegisterTokensApi)[Verb]>>;

const AT_ONCE = 1_000;

/** The pseudonym that Register keeps an identifier by. */
const own = firstOf;

const everyOf = (lineage: Lineage): Pseudonym[] => Array.from({ length: newestRootOf(lineage) + 1 }, (_, root) => underRoot(lineage, root)!);

/** How many of these are excluded. */
export const noteIssued = (database: Transaction, { identifiers }: Parameters<RegisterTokensApi["noteIssued"]>[0]): Answer<"noteIssued"> =>
  ({ excluded: excludedAmong(database, identifiers.map(({ p }) => own(p))) });

export const excludedCount = excludedOfAll;

/** Throws RangeError when asked for more than 1,000. */
export function canariesAmong(database: Transaction, ps: readonly Lineage[]): Answer<"canariesAmong"> {
  if (ps.length > AT_ONCE) throw new RangeError(`at most ${AT_ONCE} at once`);
  return canaryIds(database, ps.flatMap(everyOf));
}

/** Puts a canary under every root it has a pseudonym of; the set holds one of those, if it is to be found excluded. */
export function putCanary(database: ObjectDatabase, { id, p, excluded }: Parameters<CanariesApi["putCanary"]>[0], now: Instant, random: Random): Answer<"putCanary"> {
  return database.transaction((transaction) => {
    const ps = everyOf(p);
    if (isStated(transaction, ps) || canaryIds(transaction, ps).some((other) => other !== id)) return { ok: false, refusal: "identifier-taken" };
    if (isSame(transaction, id, ps, excluded)) return { ok: true };
    drop(transaction, id, now);
    for (const one of ps) insertRow(transaction, { p: one, id, excluded: excluded && equalBytes(one, own(p)) });
    if (excluded) bringInForce(transaction, own(p), now);
    note(transaction, "canary.put", { canary: id, excluded }, now, random);
    return { ok: true };
  });
}

function isSame(transaction: Transaction, id: string, ps: readonly Pseudonym[], excluded: boolean): boolean {
  const known = rowsOf(transaction, id);
  return known.length === ps.length && ps.every((p) => known.some((row) => equalBytes(row.p, p))) && known.some((row) => row.excluded) === excluded;
}

export function removeCanary(database: ObjectDatabase, id: string, now: Instant, random: Random): void {
  database.transaction((transaction) => {
    if (drop(transaction, id, now)) note(transaction, "canary.removed", { canary: id }, now, random);
  });
}

/** Whether there was one. */
function drop(transaction: Transaction, id: string, now: Instant): boolean {
  const rows = rowsOf(transaction, id);
  for (const { p, excluded } of rows) if (excluded) takeOutOfForce(transaction, p, now);
  deleteRows(transaction, id);
  return rows.length > 0;
}

/** What was put out after rows were lost joins what was read back. */
export function mergeCanaries(database: ObjectDatabase, now: Instant): void {
  for (const row of strandedRows(database, canaries)) {
    if (rowsOf(database, row.id).some(({ p }) => equalBytes(p, row.p))) continue;
    insertRow(database, row);
    if (row.excluded) bringInForce(database, row.p, now);
  }
}

const note = (transaction: Transaction, action: string, payload: { canary: string; excluded?: boolean }, now: Instant, random: Random): void =>
  recordAudit(transaction, { action, resource: `canary/${payload.canary}`, channel: "office", commandId: null, payload: { ...payload } }, now, random);
