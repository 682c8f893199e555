import type { Instant } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { ListedKey, ListedOperator } from "../../operators/rpc.ts";
import { assertWhole, logHead } from "../log/store.ts";
import { RESTORED } from "../recovery/store.ts";
import type { ProjectionPage, RegisterChange } from "./rpc.ts";
import { exclusionOf, keyOf, operatorOf } from "./rules.ts";
import { entriesAfter, lastPosition, listedExclusions } from "./store.ts";

const MOST_CHANGES = 500;
/** The rows a change concerns are not much longer than what it says of them: together a page stays below 1 MB. */
const MOST_TEXT = 256 * 1024;

/** The operators' slice's rows, by id; null asks for all. */
export interface DirectoryRows {
  operators(database: Transaction, ids: readonly string[] | null): ListedOperator[];
  keys(database: Transaction, ids: readonly string[] | null): ListedKey[];
}

/**
 * What Register did after a position, with the rows it concerns as they are now. A restoration may have put rows of the
 * directory in force that no entry names, so its entry concerns all of it.
 */
export function projection(database: ObjectDatabase, directory: DirectoryRows, after: number, limit: number, now: Instant): ProjectionPage {
  return database.transaction((transaction) => {
    assertWhole(transaction);
    const changes = aPageOf(entriesAfter(transaction, after, Math.min(limit, MOST_CHANGES)));
    const all = changes.some(({ action }) => action === RESTORED);
    const of = (named: (change: RegisterChange) => string | null) => [...new Set(changes.map(named).filter((name) => name !== null))];
    return {
      logId: logHead(transaction).logId,
      head: lastPosition(transaction),
      position: changes.at(-1)?.position ?? after,
      at: now,
      changes,
      exclusions: listedExclusions(transaction, of(exclusionOf)),
      operators: directory.operators(transaction, all ? null : of(operatorOf)),
      keys: directory.keys(transaction, all ? null : of(keyOf)),
    };
  });
}

/** As many of the entries as a page has room for, and one at least. */
function aPageOf(entries: readonly { change: RegisterChange; length: number }[]): RegisterChange[] {
  let text = 0;
  const fits = entries.findIndex(({ length }, at) => (text += length) > MOST_TEXT && at > 0);
  return entries.slice(0, fits < 0 ? entries.length : fits).map(({ change }) => change);
}
