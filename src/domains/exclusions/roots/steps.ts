import type { Pseudonym } from "../../../bst/kinds.ts";
import { HOUR, type Instant, type Random, SECOND } from "../../../kernel/clock.ts";
import { recordAudit } from "../../../objects/audit.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { logHead } from "../log/store.ts";
import type { Advance } from "./door.ts";
import { keptAfter, rekey, unpaired } from "./kept/store.ts";
import { under } from "./own.ts";
import { dropPairs, putPair } from "./pairs.ts";
import { type Epochs, resourceOf } from "./rotate.ts";
import { BEGINNING, changeRotation, deletePair, newestRotation, pairsAfter, type Rotation } from "./store.ts";

/** The most the tokenizer takes at once. */
export const MOST_A_PAGE = 1_000;

export interface StepParts {
  database: ObjectDatabase;
  advance: Advance;
  epochs: Epochs;
  random: Random;
  /** How many pseudonyms are put beside others in a second. */
  rowsPerSecond: number;
  /** Carries out what a step writes, and sends its rows on their way. */
  commit: <Answer>(work: (transaction: Transaction) => Answer) => Answer;
}

type PageParts = Pick<StepParts, "database" | "advance" | "commit">;

/**
 * The next step of the rotation that is on; answers when the one after it is to come, null when it is done. Killed anywhere, it goes on
 * from its last step; throws, having done nothing, when the tokenizer does not answer.
 */
export async function rotationStep(parts: StepParts, now: Instant): Promise<Instant | null> {
  const rotation = newestRotation(parts.database);
  if (rotation.state === "done") return null;
  if (rotation.state === "advancing") return advanceStep(parts, rotation, now);
  if (rotation.state === "overlapping" && (await latePage(parts, rotation, pageOf(parts), now))) return now + pauseOf(parts);
  return parts.commit((transaction) => (rotation.state === "overlapping" ? overlap : retireStep)(parts, transaction, rotation, now));
}

/** A page a second; of more than the tokenizer takes at once, so many pages more often. */
const pageOf = ({ rowsPerSecond }: StepParts): number => Math.min(MOST_A_PAGE, Math.ceil(rowsPerSecond));
const pauseOf = (parts: StepParts): number => Math.ceil((pageOf(parts) / parts.rowsPerSecond) * SECOND);

async function advanceStep(parts: StepParts, rotation: Rotation, now: Instant): Promise<Instant> {
  const size = pageOf(parts);
  if ((await advancePage(parts, rotation, size, now)) || (await latePage(parts, rotation, size, now))) return now + pauseOf(parts);
  parts.commit((transaction) => {
    const begun = { state: "overlapping", overlappingAt: now } as const;
    changeRotation(transaction, rotation, begun);
    record(transaction, rotation, "overlapping", parts.epochs.move(transaction, rotation.to, now, parts.random), now, parts.random);
  });
  return now + SECOND;
}

/** Puts the new root's pseudonyms beside a page of the old one's; false when there is no more. What came meanwhile has its own already. */
export async function advancePage(parts: PageParts, { from }: Rotation, size: number, now: Instant): Promise<boolean> {
  const { cursor } = newestRotation(parts.database);
  const page = keptAfter(parts.database, cursor, from, size);
  const passed = (transaction: Transaction, rotation: Rotation): void =>
    changeRotation(transaction, rotation, { cursor: page.at(-1)!, passed: rotation.passed + page.length });
  return putNext(parts, page, now, passed);
}

/** The same for whose old token something was done to after their page: nobody registered with them, so no pair came with them. */
const latePage = (parts: PageParts, rotation: Rotation, size: number, now: Instant): Promise<boolean> =>
  putNext(parts, unpaired(parts.database, rotation, size), now);

/** False when there is nobody to put anything beside. */
async function putNext(
  { database, advance, commit }: PageParts, page: readonly Pseudonym[], now: Instant, andThen?: (transaction: Transaction, rotation: Rotation) => void,
): Promise<boolean> {
  if (page.length === 0) return false;
  const { from, to } = newestRotation(database);
  const { rootEpoch, newer } = await advance(from, page);
  if (rootEpoch < to) throw new Error("the tokenizer does not hold the root that is rotated to");
  commit((transaction) => {
    const rotation = newestRotation(transaction);
    page.forEach((p, at) => putPair(transaction, rotation, { p, next: under(newer[at]!, to - from) }, now));
    dropPairs(transaction, page);
    andThen?.(transaction, rotation);
  });
  return true;
}

/** New tokens hold the new root; of the old ones the last is read until its grace is over. */
function overlap({ epochs, random }: StepParts, transaction: Transaction, rotation: Rotation, now: Instant): Instant {
  epochs.move(transaction, rotation.to, now, random);
  const until = epochs.olderReadUntil(transaction, rotation.to);
  if (until !== null) return Math.min(now + HOUR, Math.max(now + SECOND, until));
  changeRotation(transaction, rotation, { state: "retiring", retiringAt: now, cursor: BEGINNING, passed: 0 });
  record(transaction, rotation, "retiring", {}, now, random);
  return now;
}

/** Keeps a page more under the new root; an hour after the last, when nobody is told of checks under the old one any more, forgets that. */
function retireStep(parts: StepParts, transaction: Transaction, rotation: Rotation, now: Instant): Instant | null {
  if (rotation.rekeyedAt === null) {
    if (rekeyPage(transaction, rotation, pageOf(parts))) return now + pauseOf(parts);
    changeRotation(transaction, rotation, { rekeyedAt: now });
    return now + HOUR;
  }
  const pairs = pairsAfter(transaction, BEGINNING, pageOf(parts));
  for (const { p } of pairs) deletePair(transaction, p);
  if (pairs.length > 0) return now + pauseOf(parts);
  parts.epochs.forgetGenerations(transaction, rotation.to);
  changeRotation(transaction, rotation, { state: "done", doneAt: now });
  record(transaction, rotation, "done", {}, now, parts.random);
  return null;
}

/** False when everything is kept under the new root. */
export function rekeyPage(transaction: Transaction, rotation: Rotation, size: number): boolean {
  const pairs = pairsAfter(transaction, rotation.cursor, size);
  for (const pair of pairs) rekey(transaction, pair, rotation.to);
  if (pairs.length > 0) changeRotation(transaction, rotation, { cursor: pairs.at(-1)!.p, passed: rotation.passed + pairs.length });
  return pairs.length > 0;
}

function record(
  transaction: Transaction, { from, to }: Rotation, state: string, more: { moved?: number; exhausted?: string[] }, now: Instant, random: Random,
): void {
  const payload = { from, to, ...more, sequence: logHead(transaction).seq };
  recordAudit(transaction, { action: `root.${state}`, resource: resourceOf(to), channel: "clock", commandId: null, payload }, now, random);
}
