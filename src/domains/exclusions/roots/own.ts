import type { Pseudonym } from "../../../bst/kinds.ts";
import { type Lineage, newestRootOf, underRoot } from "../../../bst/lineage.ts";
import type { Transaction } from "../../../objects/database.ts";
import { inOrder, newestRotation, type Pair, pairOf, pairOfNext, type Rotation } from "./store.ts";

/** Whether the pages of a rotation that is retiring have passed a pair: then everything of it is kept under the new root. */
const isMoved = ({ state, cursor }: Rotation, { p }: Pair): boolean => state === "retiring" && inOrder(p, cursor) <= 0;

/**
 * The pseudonym Register keeps an identifier under: of its lineage the one under the root of now, while that changes the old one's until it
 * was moved. Throws RangeError when the lineage does not reach it: nothing may be looked up by another, which would find nobody.
 */
export function ownOf(database: Transaction, lineage: Lineage): Pseudonym {
  const rotation = newestRotation(database);
  const own = isUnderOld(database, rotation, lineage) ? underRoot(lineage, rotation.from) : underRoot(lineage, rotation.to);
  if (!own) throw new RangeError("the lineage does not reach the root that is in use");
  return own;
}

function isUnderOld(database: Transaction, rotation: Rotation, lineage: Lineage): boolean {
  if (rotation.state !== "retiring") return rotation.state !== "done";
  const old = underRoot(lineage, rotation.from);
  const pair = old && pairOf(database, old);
  return pair !== null && !isMoved(rotation, pair);
}

/** As `ownOf`, of each identifier of a command. */
export const owned = <Stated extends { p: Lineage }>(database: Transaction, stated: readonly Stated[]): Stated[] =>
  stated.map((one) => ({ ...one, p: ownOf(database, one.p) }));

/** As `ownOf`, of a pseudonym whose root nobody said: one of a token, which may hold the old root or the new. */
export function ownOfBare(database: Transaction, p: Pseudonym): Pseudonym {
  const rotation = newestRotation(database);
  if (rotation.state === "done") return p;
  const pair = pairOf(database, p) ?? pairOfNext(database, p);
  if (!pair) return p;
  return isMoved(rotation, pair) ? pair.next : pair.p;
}

const PSEUDONYM_BYTES = 16;

/** The pseudonym so many roots on, of those under each newer root. Throws when it is not among them. */
export function under(newer: Uint8Array, steps: number): Pseudonym {
  if (newer.length < steps * PSEUDONYM_BYTES) throw new Error("the tokenizer does not hold the root that is in use");
  return newer.slice((steps - 1) * PSEUDONYM_BYTES, steps * PSEUDONYM_BYTES);
}

/** What somebody's tokens hold while two roots are in use, the old one first; else this alone. */
export function bothOf(database: Transaction, p: Pseudonym): Pseudonym[] {
  const pair = newestRotation(database).state === "done" ? null : (pairOf(database, p) ?? pairOfNext(database, p));
  return pair ? [pair.p, pair.next] : [p];
}

/** The same of one whose root is known. Throws RangeError for a root that is not in use: that says nothing about anybody. */
export function ownUnder(database: Transaction, { rootEpoch, p }: Name): Pseudonym {
  const { state, from, to } = newestRotation(database);
  if (rootEpoch !== to && (rootEpoch !== from || state === "done")) throw new RangeError("Register keeps no pseudonym under this root");
  return ownOfBare(database, p);
}

/** Whether an act only looks, or may put somebody in force. */
export type Act = "look" | "write";

/** The root a lineage has to reach: who is put in force while two are in use is so under both. */
export function neededRoot(database: Transaction, act: Act): number {
  const { state, from, to } = newestRotation(database);
  return act === "look" && (state === "advancing" || state === "overlapping") ? from : to;
}

export const areShort = (lineages: readonly Lineage[], root: number): boolean => lineages.some((lineage) => newestRootOf(lineage) < root);

/** The root that operators' new epochs hold. */
export function sealingRoot(database: Transaction): number {
  const { state, from, to } = newestRotation(database);
  return state === "advancing" ? from : to;
}

/** A pseudonym under one of the roots that are in use. */
export interface Name {
  rootEpoch: number;
  p: Pseudonym;
}

/** The root everything is kept under, but for what a rotation that is retiring has not moved yet. */
export function keptNow(database: Transaction): number {
  const { state, from, to } = newestRotation(database);
  return state === "advancing" || state === "overlapping" ? from : to;
}

/** The root Register keeps this pseudonym of its own under. */
export function keptRoot(database: Transaction, own: Pseudonym): number {
  const rotation = newestRotation(database);
  const pair = rotation.state === "retiring" ? pairOf(database, own) : null;
  return pair && !isMoved(rotation, pair) ? rotation.from : keptNow(database);
}

/**
 * What the change log calls a pseudonym of Register's own: one name for each root that is in use. Throws when the new root's has to be known
 * and is not: somebody would be put in force for half of the operators.
 */
export function namesOf(database: Transaction, own: Pseudonym): Name[] {
  const rotation = newestRotation(database);
  const { state, from, to, cursor } = rotation;
  if (state === "done") return [{ rootEpoch: to, p: own }];
  const pair = pairOf(database, own);
  if (state === "retiring") return [{ rootEpoch: to, p: pair?.next ?? own }];
  if (pair) return [{ rootEpoch: from, p: own }, { rootEpoch: to, p: pair.next }];
  if (state === "overlapping" || inOrder(own, cursor) <= 0) throw new Error("a pseudonym is not known under the new root");
  return [{ rootEpoch: from, p: own }];
}
