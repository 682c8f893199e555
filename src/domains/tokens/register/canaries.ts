import { type Lineage, newestRootOf } from "../../../bst/lineage.ts";
import { equalBytes } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { recordAudit } from "../../../objects/audit.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { strandedRows } from "../../../objects/recovery/stranded.ts";
import { bringInForce, takeOutOfForce } from "../../exclusions/index.ts";
import { ownOf, ownOfBare } from "../../exclusions/roots/index.ts";
import type { CanariesApi, RegisterTokensApi } from "../register-rpc.ts";
import { canaryIds, deleteRow, excludedOfAll, insertRow, isStated, rowOf } from "./store.ts";
import { canaries } from "./tables.ts";

type Answer<Verb extends keyof (CanariesApi & RegisterTokensApi)> = Awaited<ReturnType<(CanariesApi & RegisterTokensApi)[Verb]>>;

const AT_ONCE = 1_000;

export const excludedCount = excludedOfAll;

/** Throws RangeError when asked for more than 1,000. */
export function canariesAmong(database: Transaction, ps: readonly Lineage[]): Answer<"canariesAmong"> {
  if (ps.length > AT_ONCE) throw new RangeError(`at most ${AT_ONCE} at once`);
  return canaryIds(database, ps.map((p) => (newestRootOf(p) === 0 ? ownOfBare(database, p) : ownOf(database, p))));
}

/** Puts a canary out; the set holds it too, if it is to be found excluded. */
export function putCanary(database: ObjectDatabase, { id, p: lineage, excluded }: Parameters<CanariesApi["putCanary"]>[0], now: Instant, random: Random): Answer<"putCanary"> {
  return database.transaction((transaction) => {
    const p = ownOf(transaction, lineage);
    if (isStated(transaction, p) || canaryIds(transaction, [p]).some((other) => other !== id)) return { ok: false, refusal: "identifier-taken" };
    const known = rowOf(transaction, id);
    if (known && equalBytes(known.p, p) && known.excluded === excluded) return { ok: true };
    drop(transaction, id, now);
    insertRow(transaction, { p, id, excluded });
    if (excluded) bringInForce(transaction, { p, kind: null }, now);
    note(transaction, "canary.put", { canary: id, excluded }, now, random);
    return { ok: true };
  });
}

export function removeCanary(database: ObjectDatabase, id: string, now: Instant, random: Random): void {
  database.transaction((transaction) => {
    if (drop(transaction, id, now)) note(transaction, "canary.removed", { canary: id }, now, random);
  });
}

/** Whether there was one. */
function drop(transaction: Transaction, id: string, now: Instant): boolean {
  const row = rowOf(transaction, id);
  if (row?.excluded) takeOutOfForce(transaction, { p: row.p, kind: null }, now);
  deleteRow(transaction, id);
  return row !== null;
}

/** What was put out after rows were lost joins what was read back. */
export function mergeCanaries(database: ObjectDatabase, now: Instant): void {
  for (const row of strandedRows(database, canaries)) {
    if (rowOf(database, row.id)) continue;
    insertRow(database, row);
    if (row.excluded) bringInForce(database, { p: row.p, kind: null }, now);
  }
}

const note = (transaction: Transaction, action: string, payload: { canary: string; excluded?: boolean }, now: Instant, random: Random): void =>
  void recordAudit(transaction, { action, resource: `canary/${payload.canary}`, channel: "office", commandId: null, payload: { ...payload } }, now, random);
