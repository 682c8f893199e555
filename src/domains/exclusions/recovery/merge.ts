import type { Change } from "../../../check/feed.ts";
import { equalBytes, toHex } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { keepAudit } from "../../../objects/audit.ts";
import type { Transaction } from "../../../objects/database.ts";
import { bringInForce } from "../force.ts";
import type { Exclusion } from "../model.ts";
import { inForce, isInForce } from "../rules.ts";
import {
  addHolder, addIdentifier, changeExclusion, crossReference, exclusionById, exclusionOfCase, holderOf, identifiersOf, insertExclusion, lengthen, ownExclusion,
} from "../store.ts";
import { isLengthened, reconciled } from "./rules.ts";
import { dropHoldings } from "../who/note.ts";
import { insertConsent, keepHolding } from "../who/store.ts";
import { keepCommand, keepDelivery, keepExtension, type Stranded } from "./store.ts";

/**
 * Brings what Register took on after it had lost rows into what was read back. Somebody may stand on both sides, as two
 * persons with one phone: the phone decides, and `reconciled` says what holds. Answers the references of those that
 * were not known here.
 */
export function mergeStranded(transaction: Transaction, rows: Omit<Stranded, "covered">, now: Instant): string[] {
  const personOf = persons(transaction, rows.holders);
  const news = rows.exclusions.filter(({ id }) => !exclusionById(transaction, id));
  const targets = new Map<string, Exclusion>();
  for (const exclusion of rows.exclusions) {
    targets.set(exclusion.id, mergeExclusion(transaction, { ...exclusion, personId: personOf(exclusion.personId) }, now));
  }
  for (const identifier of rows.identifiers) mergeIdentifier(transaction, identifier, targets, now);
  for (const row of rows.extensions) if (exclusionById(transaction, row.exclusionId)) keepExtension(transaction, row);
  for (const { personId, otherPersonId, ...row } of rows.crossReferences) {
    crossReference(transaction, { ...row, personId: personOf(personId), otherPersonId: personOf(otherPersonId) });
  }
  mergeHoldings(transaction, rows, personOf);
  for (const row of rows.deliveries) keepDelivery(transaction, { ...row, personId: personOf(row.personId) });
  rows.commands.forEach((row) => keepCommand(transaction, row));
  rows.audit.forEach((row) => keepAudit(transaction, row));
  return news.map(({ reference }) => reference);
}

/** Whom a person of the other side is here; a phone nobody holds here brings its person along. */
function persons(transaction: Transaction, holders: Stranded["holders"]): (personId: string) => string {
  const here = new Map<string, string>();
  for (const { p, personId, since } of holders) {
    const known = holderOf(transaction, p);
    if (!known) addHolder(transaction, p, personId, since);
    here.set(personId, known ?? personId);
  }
  return (personId) => here.get(personId) ?? personId;
}

/** The exclusion that stands for this one from now on. */
function mergeExclusion(transaction: Transaction, exclusion: Exclusion, now: Instant): Exclusion {
  const same = exclusionById(transaction, exclusion.id);
  const known = same && isInForce(same.state) ? same : (counterpart(transaction, exclusion) ?? same);
  if (!known) {
    insertExclusion(transaction, exclusion);
    return exclusion;
  }
  const merged = reconciled(known, exclusion);
  if (isLengthened(known, merged)) lengthen(transaction, merged, `restored ${exclusion.reference}`, now);
  else changeExclusion(transaction, merged);
  if (!isInForce(known.state) && isInForce(merged.state)) bringBack(transaction, merged, now);
  return merged;
}

/** Who asked has asked, and what was noted is noted; of who is excluded no more nothing stays. */
function mergeHoldings(transaction: Transaction, rows: Pick<Stranded, "exclusions" | "holdingConsents" | "tokenHoldings">, personOf: (personId: string) => string): void {
  for (const { personId, since } of rows.holdingConsents) insertConsent(transaction, { personId: personOf(personId), since });
  for (const row of rows.tokenHoldings) keepHolding(transaction, { ...row, personId: personOf(row.personId) });
  const concerned = new Set([...rows.exclusions, ...rows.tokenHoldings].map(({ personId }) => personOf(personId)));
  for (const personId of concerned) dropHoldings(transaction, personId);
}

/** What was out of force on this side only is in force again, with everything it covers. */
function bringBack(transaction: Transaction, { id }: Exclusion, now: Instant): void {
  for (const held of identifiersOf(transaction, id)) if (inForce(held.standing)) bringInForce(transaction, held, now);
}

/** What stands here for somebody's exclusion of the other side: their own, or the one of the same case. */
function counterpart(transaction: Transaction, { state, caseReference, personId }: Exclusion): Exclusion | null {
  if (caseReference !== null) return exclusionOfCase(transaction, caseReference);
  return isInForce(state) ? ownExclusion(transaction, personId) : null;
}

function mergeIdentifier(
  transaction: Transaction, row: Stranded["identifiers"][number], targets: ReadonlyMap<string, Exclusion>, now: Instant,
): void {
  const { exclusionId, addedAt, ...identifier } = row;
  const target = targets.get(exclusionId) ?? exclusionById(transaction, exclusionId);
  if (!target || identifiersOf(transaction, target.id).some(({ p }) => equalBytes(p, identifier.p))) return;
  addIdentifier(transaction, target.id, identifier, addedAt);
  if (isInForce(target.state) && inForce(identifier.standing)) bringInForce(transaction, identifier, now);
}

/** Whether a row of the lost log tells of something that was merged with all its details. */
export function explainedBy({ changes }: Pick<Stranded, "changes">): (row: Change) => boolean {
  const name = (seq: number, t: Instant, p: Uint8Array | null) => `${seq}/${t}/${p && toHex(p)}`;
  const known = new Set(changes.map(({ seq, t, p }) => name(seq, t, p)));
  return (row) => known.has(name(row.seq, row.t, "p" in row ? row.p : null));
}
