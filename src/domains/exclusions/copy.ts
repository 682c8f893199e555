import type { Pseudonym } from "../../bst/kinds.ts";
import type { CopyPage } from "../../check/feed.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { assertWhole, directoryBefore, logFrom, logHead, ROWS_AT_ONCE } from "./log/store.ts";
import { BEGINNING, coveredByNext, newestRotation, nextsOf } from "./roots/store.ts";
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
    return { logId, from, ...membersAfter(transaction, after), directory: after ? [] : directoryBefore(transaction, from) };
  });
}

/** The members of every set that tokens may be of. The last one's pseudonym is where the next page begins, whatever else the page has. */
function membersAfter(database: Transaction, after: Pseudonym | null): Pick<CopyPage, "members" | "order"> {
  const { state, from, to } = newestRotation(database);
  if (state === "retiring") {
    const members = coveredByNext(database, to, after ?? BEGINNING, ROWS_AT_ONCE).map((p) => ({ rootEpoch: to, p }));
    return { members, order: to };
  }
  const page = coveredAfter(database, after, ROWS_AT_ONCE);
  if (state === "done") return { members: page, order: to };
  const nexts = page.length > 0 ? nextsOf(database, page[0]!.p, page.at(-1)!.p) : [];
  return { members: [...nexts.map((p) => ({ rootEpoch: to, p })), ...page], order: from };
}
