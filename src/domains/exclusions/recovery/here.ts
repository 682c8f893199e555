import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Change } from "../../../check/feed.ts";
import { toHex } from "../../../kernel/bytes.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { FoundOut } from "../roots/mend.ts";
import { keptRoot, type Name } from "../roots/own.ts";
import { isCovered, newestRotation } from "../roots/store.ts";
import type { Found } from "./found.ts";
import type { Stranded } from "./store.ts";

/** A row of the log about somebody. */
export const isOfTheSet = (row: Change): row is Change & { type: "excluded" | "released" } => row.type === "excluded" || row.type === "released";

/** The root that a storage which lost rows kept each of its pseudonyms under, as far as it says so; else the one of now. */
function rootsIn({ covered }: Pick<Stranded, "covered">, root: number): (p: Pseudonym) => number {
  const known = new Map(covered.map(({ p, rootEpoch }) => [toHex(p), rootEpoch]));
  return (p) => known.get(toHex(p)) ?? root;
}

/** Every pseudonym of what was put aside. */
export function namesIn(stranded: Stranded, root: number): Name[] {
  const rootOf = rootsIn(stranded, root);
  const { identifiers, holders, crossReferences, changes } = stranded;
  const own = [...identifiers, ...holders, ...crossReferences].map(({ p }) => ({ rootEpoch: rootOf(p), p }));
  return [...own, ...changes.flatMap(({ rootEpoch, p }) => (p && rootEpoch !== null ? [{ rootEpoch, p }] : []))];
}

/** What was put aside, by what it is kept under here. */
export function strandedHere(stranded: Stranded, { own }: FoundOut, root: number): Stranded {
  const rootOf = rootsIn(stranded, root);
  const here = <Row extends { p: Pseudonym }>(row: Row): Row => {
    const name = own({ rootEpoch: rootOf(row.p), p: row.p });
    if (!name) throw new Error("what was put aside is of a root that nobody knows");
    return { ...row, p: name.p };
  };
  const { identifiers, holders, crossReferences, changes } = stranded;
  const logged = changes.map((row) => (row.p && row.rootEpoch !== null ? { ...row, ...own({ rootEpoch: row.rootEpoch, p: row.p }) } : row));
  return { ...stranded, identifiers: identifiers.map(here), holders: holders.map(here), crossReferences: crossReferences.map(here), changes: logged };
}

/**
 * What Replicas hold, by what it is kept under here. A row of the new root beside one of the old says nothing that this does not, and where
 * its pseudonym's own exclusion was read back it only tells of the pair. Of an operator that was moved to a root nobody knows here any more,
 * no epoch counts: its tokens of that root are of an unknown epoch, which is never `clear`.
 */
export function foundHere(transaction: Transaction, found: Found, { own }: FoundOut): Found {
  const { to } = newestRotation(transaction);
  const beyond = new Set(found.rows.flatMap((row) => (row.type === "epoch" && row.epoch.rootEpoch > to ? [row.epoch.operator] : [])));
  const rows = found.rows.flatMap((row): Change[] => {
    if (row.type === "epoch" && beyond.has(row.epoch.operator)) return [];
    if (!isOfTheSet(row)) return [row];
    const name = own(row);
    if (!name) return [];
    const isBeside = name.rootEpoch < row.rootEpoch && row.type === "excluded";
    return isBeside && isCovered(transaction, name.p) ? [] : [{ ...row, ...name }];
  });
  return { ...found, rows };
}

/** Whether a Replica said it under the new root, and nobody knows its pair. */
export const isAlone = (transaction: Transaction, { rootEpoch, p }: Name): boolean => rootEpoch !== keptRoot(transaction, p);
