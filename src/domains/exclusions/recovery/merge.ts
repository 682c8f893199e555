import type { Change } from "../../../check/feed.ts";
import { equalBytes, toHex } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { keepAudit } from "../../../objects/audit.ts";
import type { Transaction } from "../../../objects/database.ts";
import { bringInForce } from "../force.ts";
import type { Exclusion } from "../model.ts";
import { inForce, isInForce, type Promised, stronger } from "../rules.ts";
import {
  addHolder, addIdentifier, changeExclusion, crossReference, exclusionById, exclusionOfCase, holderOf, identifiersOf, insertExclusion, lengthen, ownExclusion,
} from "../store.ts";
import { keepCommand, keepDelivery, keepExtension, type Stranded } from "./store.ts";

/**
 * Brings what Register took on after it had lost rows into what was read back. Somebody may stand on both sides, as two
 * persons with one phone: the phone decides, and of two promises the stronger holds. Answers the references of those that
 * were not known here.
 */
export function mergeStranded(transaction: Transaction, rows: Stranded, now: Instant): string[] {
  const personOf = persons(transaction, rows.holders);
  const news = rows.exclusions.filter(({ id }) => !exclusionById(transaction, id));
  const targets = new Map<string, Exclusion>();
  for (const exclusion of rows.exclusions) {
    targets.set(exclusion.id, mergeExclusion(transaction, { ...exclusion, personId: personOf(exclusion.personId) }, now));
  }
  for (const identifier of rows.identifiers) mergeIdentifier(transaction, identifier, targets, now);
  for (const row of rows.extensions) if (exclusionById(transaction, row.exclusionId)) keepExtension(transaction, row);
  for (const { p, personId, otherPersonId, at } of rows.crossReferences) {
    crossReference(transaction, { p, personId: personOf(personId), otherPersonId: personOf(otherPersonId), at });
  }
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
  const known = exclusionById(transaction, exclusion.id) ?? counterpart(transaction, exclusion);
  if (!known) {
    insertExclusion(transaction, exclusion);
    return exclusion;
  }
  if (!isInForce(known.state) || !isInForce(exclusion.state)) return known;
  const promised = promisedBy(known, exclusion);
  const merged = { ...longer(known, promised), ...pending(known, exclusion, promised !== known) };
  if (promised === known) changeExclusion(transaction, merged);
  else lengthen(transaction, merged, `restored ${exclusion.reference}`, now);
  return merged;
}

/** The stronger of both promises; of a measure and what was decided after it, the decision. */
function promisedBy(known: Exclusion, other: Exclusion): Promised {
  if ((known.state === "provisional") === (other.state === "provisional")) return stronger(known, other);
  return known.state === "provisional" ? other : known;
}

/**
 * What is under way for both sides goes on, to the later of two times. What only one side began, upheld or took back is neither lost nor
 * carried out: the exclusion is active, and a way out of it begins anew. So it is where the other side lengthened it.
 */
function pending(known: Exclusion, other: Exclusion, lengthened: boolean): Partial<Exclusion> {
  const goesOn = known.state === other.state && (!lengthened || known.state === "provisional");
  if (!goesOn) return { state: "active", endableFrom: null, endingLapsesAt: null, measureUntil: null, annulsAt: null };
  return { measureUntil: later(known.measureUntil, other.measureUntil), annulsAt: later(known.annulsAt, other.annulsAt) };
}

const later = (one: Instant | null, other: Instant | null): Instant | null => (one === null || other === null ? one : Math.max(one, other));

/** What stands here for somebody's exclusion of the other side: their own, or the one of the same case. */
function counterpart(transaction: Transaction, { state, caseReference, personId }: Exclusion): Exclusion | null {
  if (caseReference !== null) return exclusionOfCase(transaction, caseReference);
  return isInForce(state) ? ownExclusion(transaction, personId) : null;
}

/** The same exclusion under the stronger of two promises. */
const longer = (known: Exclusion, { policy, policyVersion, endMode, endsAt, reviewAt, renewsAt }: Promised): Exclusion =>
  ({ ...known, policy, policyVersion, endMode, endsAt, reviewAt, renewsAt });

function mergeIdentifier(
  transaction: Transaction, row: Stranded["identifiers"][number], targets: ReadonlyMap<string, Exclusion>, now: Instant,
): void {
  const { exclusionId, addedAt, ...identifier } = row;
  const target = targets.get(exclusionId) ?? exclusionById(transaction, exclusionId);
  if (!target || identifiersOf(transaction, target.id).some(({ p }) => equalBytes(p, identifier.p))) return;
  addIdentifier(transaction, target.id, identifier, addedAt);
  if (isInForce(target.state) && inForce(identifier.standing)) bringInForce(transaction, identifier.p, now);
}

/** Whether a row of the lost log tells of something that was merged with all its details. */
export function explainedBy({ changes }: Stranded): (row: Change) => boolean {
  const name = (seq: number, t: Instant, p: Uint8Array | null) => `${seq}/${t}/${p && toHex(p)}`;
  const known = new Set(changes.map(({ seq, t, p }) => name(seq, t, p)));
  return (row) => known.has(name(row.seq, row.t, "p" in row ? row.p : null));
}
