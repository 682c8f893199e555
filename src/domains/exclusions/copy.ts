import type { Pseudonym } from "../../bst/kinds.ts";
import type { CopyPage } from "../../check/feed.ts";
import type { ObjectDatabase } from "../../objects/database.ts";
import { assertWhole, directoryBefore, logFrom, logHead, ROWS_AT_ONCE } from "./log/store.ts";
import { coveredAfter } from "./store.ts";

/**
 * The covered pseudonyms after `after`, a page of them; empty when there are no more. Pages are of different moments:
 * whoever then applies every row from `from` on, in order, holds the set, for a pseudonym's last row decides.
 */
export function copy(database: ObjectDatabase, after: Pseudonym | null): CopyPage {
  return database.transaction((transaction) => {
    assertWhole(transaction);
    const { logId } = logHead(transaction);
    const from = logFrom(transaction);
    const members = coveredAfter(transaction, after, ROWS_AT_ONCE);
    return { logId, from, members, directory: after ? [] : directoryBefore(transaction, from) };
  });
}
