import { toHex } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { Advance } from "./door.ts";
import { keptNow, type Name, ownOfBare, under } from "./own.ts";
import { dropPairs } from "./pairs.ts";
import { advancePage, MOST_A_PAGE, rekeyPage } from "./steps.ts";
import { BEGINNING, changeRotation, insertPair, newestRotation, type Pair, pairOf, pairOfNext } from "./store.ts";

/** A rotation that was on begins its pages anew: what was read back may end between two rows that belong together. */
export function beginMending(database: ObjectDatabase): void {
  const rotation = newestRotation(database);
  if (rotation.state !== "done") changeRotation(database, rotation, { cursor: BEGINNING, passed: 0 });
}

/**
 * Makes a page of what was read back whole: no pair is missing while there are pairs, and nothing is kept under the old root that was moved
 * from it. Answers whether there is more; throws when the tokenizer does not answer.
 */
export async function mendPage(database: ObjectDatabase, advance: Advance, now: Instant): Promise<boolean> {
  const rotation = newestRotation(database);
  const commit = <Answer>(work: (transaction: Transaction) => Answer): Answer => database.transaction(() => work(database));
  if (rotation.state === "done") return false;
  if (rotation.state !== "retiring") return advancePage({ database, advance, commit }, rotation, MOST_A_PAGE, now);
  return commit((transaction) => rekeyPage(transaction, rotation, MOST_A_PAGE));
}

/** What rows that were not read back are about as Register keeps it: null for a root it does not know, under which nobody's tokens are. */
export type Own = (lost: Name) => Name | null;

/** What is found out of them before they are merged: whom they are about here, and the pairs of those who are not here. */
export interface FoundOut {
  own: Own;
  pairs: Pair[];
}

const keyOf = ({ rootEpoch, p }: Name): string => `${rootEpoch}/${toHex(p)}`;

/** Throws when the tokenizer is needed and does not answer. One of the new root that nobody has a pair for stays under that, by itself. */
export async function findOut(database: ObjectDatabase, advance: Advance, all: readonly Name[]): Promise<FoundOut> {
  const { to, state } = newestRotation(database);
  const kept = keptNow(database);
  const [known, pairs] = [new Map<string, Name | null>(), [] as Pair[]];
  for (const lost of all.toSorted((one, other) => one.rootEpoch - other.rootEpoch)) {
    if (known.has(keyOf(lost))) continue;
    const { rootEpoch, p } = lost;
    const isPaired = state !== "done" && (pairOf(database, p) ?? pairOfNext(database, p)) !== null;
    if (isPaired) known.set(keyOf(lost), { rootEpoch: kept, p: ownOfBare(database, p) });
    else if (rootEpoch >= to) known.set(keyOf(lost), rootEpoch === to ? lost : null);
    else {
      const newer = (await advance(rootEpoch, [p])).newer[0]!;
      const own = { rootEpoch: kept, p: rootEpoch === kept ? p : under(newer, kept - rootEpoch) };
      const next = under(newer, to - rootEpoch);
      known.set(keyOf(lost), own).set(keyOf({ rootEpoch: to, p: next }), own);
      if (kept < to) pairs.push({ p: own.p, next });
    }
  }
  return { own: (lost) => known.get(keyOf(lost)) ?? null, pairs };
}

/** Does what brings them back, with their pairs beside them; of whom nothing is kept after it they go. */
export function withFoundOut<Answer>(transaction: Transaction, { pairs }: FoundOut, work: () => Answer): Answer {
  for (const pair of pairs) insertPair(transaction, pair);
  const answer = work();
  dropPairs(transaction, pairs.map(({ p }) => p));
  return answer;
}
