import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, isNotNull, lte, ne, or, sql } from "drizzle-orm";
import type { Pseudonym } from "../../bst/kinds.ts";
import { concat } from "../../kernel/bytes.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import type { Exclusion } from "./model.ts";
import type { Held } from "./rules.ts";
import { covered, crossReferences, exclusionIdentifiers, exclusions, extensions, inForce, phoneHolders } from "./tables.ts";
import { dueOf } from "./wake-rules.ts";
import { deleteConsent, deleteHoldings } from "./who/store.ts";

/** The person whose proven phone this is, and since when; or null. */
export function holdingOf(database: Transaction, phone: Pseudonym): { personId: string; since: Instant } | null {
  const { personId, since } = phoneHolders;
  return database.select({ personId, since }).from(phoneHolders).where(eq(phoneHolders.p, phone)).get() ?? null;
}

export const holderOf = (database: Transaction, phone: Pseudonym): string | null => holdingOf(database, phone)?.personId ?? null;

export function addHolder(transaction: Transaction, phone: Pseudonym, personId: string, since: Instant): void {
  transaction.insert(phoneHolders).values({ p: phone, personId, since }).run();
}

/** The phone is nobody's from now on. */
export function removeHolder(transaction: Transaction, phone: Pseudonym): void {
  transaction.delete(phoneHolders).where(eq(phoneHolders.p, phone)).run();
}

/** Deletes all that names the person, whose exclusions must have ended; answers the pseudonyms it was kept under, none when nothing did. */
export function deletePerson(transaction: Transaction, personId: string): Pseudonym[] {
  const held = transaction.delete(phoneHolders).where(eq(phoneHolders.personId, personId)).returning({ p: phoneHolders.p }).all();
  const ids = exclusionsOfPerson(transaction, personId).map(({ id }) => id);
  const stated = transaction.delete(exclusionIdentifiers).where(inArray(exclusionIdentifiers.exclusionId, ids)).returning({ p: exclusionIdentifiers.p }).all();
  transaction.delete(extensions).where(inArray(extensions.exclusionId, ids)).run();
  transaction.delete(exclusions).where(inArray(exclusions.id, ids)).run();
  deleteHoldings(transaction, personId);
  deleteConsent(transaction, personId);
  const theirs = or(eq(crossReferences.personId, personId), eq(crossReferences.otherPersonId, personId));
  const met = transaction.delete(crossReferences).where(theirs).returning({ p: crossReferences.p }).all();
  return [...held, ...stated, ...met].map(({ p }) => p);
}

/** All of an exclusion but when it wakes, which follows from the rest. */
const { wakesAt: _, ...asExclusion } = getTableColumns(exclusions);

/** The one the person is under by their own will. */
export const ownExclusion = (database: Transaction, personId: string): Exclusion | null =>
  database.select(asExclusion).from(exclusions)
    .where(and(eq(exclusions.personId, personId), eq(exclusions.origin, sql`'self'`), inForce(exclusions.state))).get() ?? null;

export const exclusionById = (database: Transaction, id: string): Exclusion | null =>
  database.select(asExclusion).from(exclusions).where(eq(exclusions.id, id)).get() ?? null;

export const exclusionByReference = (database: Transaction, reference: string): Exclusion | null =>
  database.select(asExclusion).from(exclusions).where(eq(exclusions.reference, reference)).get() ?? null;

export const exclusionOfCase = (database: Transaction, caseReference: string): Exclusion | null =>
  database.select(asExclusion).from(exclusions).where(eq(exclusions.caseReference, caseReference)).get() ?? null;

/** Newest first. */
export const exclusionsOfPerson = (database: Transaction, personId: string): Exclusion[] =>
  database.select(asExclusion).from(exclusions).where(eq(exclusions.personId, personId)).orderBy(desc(exclusions.startedAt)).all();

/** Everybody with an exclusion, active or ended, whose id comes after `after`. */
export const excludedPersonsAfter = (database: Transaction, after: string, limit: number): string[] =>
  database.selectDistinct({ personId: exclusions.personId }).from(exclusions).where(gt(exclusions.personId, after))
    .orderBy(asc(exclusions.personId)).limit(limit).all().map(({ personId }) => personId);

export const isReferenceTaken = (database: Transaction, reference: string): boolean =>
  database.select().from(exclusions).where(eq(exclusions.reference, reference)).get() !== undefined;

export function insertExclusion(transaction: Transaction, exclusion: Exclusion): void {
  transaction.insert(exclusions).values({ ...exclusion, wakesAt: dueOf(exclusion)?.at ?? null }).run();
}

/** Writes an exclusion as it is after an event. */
export function changeExclusion(transaction: Transaction, exclusion: Exclusion): void {
  transaction.update(exclusions).set({ ...exclusion, wakesAt: dueOf(exclusion)?.at ?? null }).where(eq(exclusions.id, exclusion.id)).run();
}

/** Writes an exclusion with a stronger promise, and keeps a record of the step. */
export function lengthen(transaction: Transaction, exclusion: Exclusion, commandId: string, at: Instant): void {
  changeExclusion(transaction, exclusion);
  recordExtension(transaction, exclusion, commandId, at);
}

export function recordExtension(
  transaction: Transaction, { id: exclusionId, policy, policyVersion, endMode, endsAt }: Exclusion, commandId: string, at: Instant,
): void {
  transaction.insert(extensions).values({ exclusionId, commandId, at, policy, policyVersion, endMode, endsAt }).run();
}

/** What was still provisional in an exclusion that is over is never looked at again. */
export function dropProvisional(transaction: Transaction, id: string): void {
  const ofIt = and(eq(exclusionIdentifiers.exclusionId, id), eq(exclusionIdentifiers.standing, "provisional"));
  transaction.update(exclusionIdentifiers).set({ standing: "dropped" }).where(ofIt).run();
}

/** In the order they were stated: the proven phone first. */
export const identifiersOf = (database: Transaction, exclusionId: string): Held[] =>
  database.select().from(exclusionIdentifiers).where(eq(exclusionIdentifiers.exclusionId, exclusionId)).orderBy(sql`rowid`).all();

/** Everything the person stated in any of their exclusions, and when. */
export const identifiersOfPerson = (database: Transaction, personId: string): (Held & { exclusionId: string; addedAt: Instant })[] =>
  database.select(getTableColumns(exclusionIdentifiers)).from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId)).where(eq(exclusions.personId, personId)).all();

export function addIdentifier(transaction: Transaction, exclusionId: string, identifier: Held, addedAt: Instant): void {
  transaction.insert(exclusionIdentifiers).values({ exclusionId, ...identifier, addedAt }).run();
}

/** The registry knows the document as the person's. */
export function markFirm(transaction: Transaction, exclusionId: string, p: Pseudonym): void {
  const it = and(eq(exclusionIdentifiers.exclusionId, exclusionId), eq(exclusionIdentifiers.p, p));
  transaction.update(exclusionIdentifiers).set({ standing: "firm", evidence: "registry", provisionalUntil: null }).where(it).run();
}

export function markReleased(transaction: Transaction, exclusionId: string, p: Pseudonym): void {
  const it = and(eq(exclusionIdentifiers.exclusionId, exclusionId), eq(exclusionIdentifiers.p, p));
  transaction.update(exclusionIdentifiers).set({ standing: "released" }).where(it).run();
}

export function markDropped(transaction: Transaction, exclusionId: string, p: Pseudonym): void {
  const it = and(eq(exclusionIdentifiers.exclusionId, exclusionId), eq(exclusionIdentifiers.p, p));
  transaction.update(exclusionIdentifiers).set({ standing: "dropped" }).where(it).run();
}

/** Everybody else who ever stated this identifier, and how it stands in each of their exclusions. */
export const othersWith = (database: Transaction, p: Pseudonym, personId: string) =>
  database
    .selectDistinct({ personId: exclusions.personId, state: exclusions.state, standing: exclusionIdentifiers.standing })
    .from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId))
    .where(and(eq(exclusionIdentifiers.p, p), ne(exclusions.personId, personId)))
    .all();

/** The persons in whose exclusions this identifier is firm. */
export const provenHolders = (database: Transaction, p: Pseudonym): string[] =>
  database
    .selectDistinct({ personId: exclusions.personId })
    .from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId))
    .where(and(eq(exclusionIdentifiers.p, p), eq(exclusionIdentifiers.standing, "firm")))
    .all()
    .map(({ personId }) => personId);

/** The persons the registry knows by this document; whose exclusion was annulled only said it was theirs. */
export const knownByRegistry = (database: Transaction, p: Pseudonym): string[] =>
  database
    .selectDistinct({ personId: exclusions.personId })
    .from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId))
    .where(and(
      eq(exclusionIdentifiers.p, p), eq(exclusionIdentifiers.standing, "firm"), eq(exclusionIdentifiers.evidence, "registry"), ne(exclusions.state, "annulled"),
    ))
    .all()
    .map(({ personId }) => personId);

/** How an identifier stands in each exclusion in force that states it. */
export const statementsInForce = (database: Transaction, p: Pseudonym) => {
  const { kind, evidence, standing } = exclusionIdentifiers;
  return database
    .select({ exclusion: asExclusion, p: exclusionIdentifiers.p, kind, evidence, standing })
    .from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId))
    .where(and(eq(exclusionIdentifiers.p, p), inForce(exclusions.state)))
    .all();
};

/** The references of the exclusions that state an identifier, newest first. */
export const referencesStating = (database: Transaction, p: Pseudonym, limit: number): string[] =>
  database
    .select({ reference: exclusions.reference })
    .from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId))
    .where(eq(exclusionIdentifiers.p, p))
    .orderBy(desc(exclusions.startedAt), desc(exclusions.id))
    .limit(limit)
    .all()
    .map(({ reference }) => reference);

export function crossReference(transaction: Transaction, met: typeof crossReferences.$inferInsert): void {
  transaction.insert(crossReferences).values(met).onConflictDoNothing().run();
}

/** Exclusions to which something happens by itself, the earliest first. */
export const exclusionsToWake = (database: Transaction, now: Instant, limit: number): Exclusion[] =>
  database.select(asExclusion).from(exclusions).where(lte(exclusions.wakesAt, now)).orderBy(asc(exclusions.wakesAt)).limit(limit).all();

/** When something happens to an exclusion by itself next, or null. */
export const nextWake = (database: Transaction): Instant | null =>
  database.select({ at: exclusions.wakesAt }).from(exclusions).where(isNotNull(exclusions.wakesAt))
    .orderBy(asc(exclusions.wakesAt)).limit(1).get()?.at ?? null;

const isProvisional = eq(exclusionIdentifiers.standing, sql`'provisional'`);

/** Provisional identifiers nothing has confirmed in time, with the reference of the exclusion they are in. */
export const identifiersToDrop = (database: Transaction, now: Instant, limit: number) =>
  database
    .select({ exclusion: asExclusion, p: exclusionIdentifiers.p, kind: exclusionIdentifiers.kind, standing: exclusionIdentifiers.standing })
    .from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId))
    .where(and(isProvisional, lte(exclusionIdentifiers.provisionalUntil, now)))
    .orderBy(asc(exclusionIdentifiers.provisionalUntil)).limit(limit).all();

/** When the next provisional identifier drops off, or null. */
export const nextDropOff = (database: Transaction): Instant | null =>
  database.select({ at: exclusionIdentifiers.provisionalUntil }).from(exclusionIdentifiers)
    .where(isProvisional)
    .orderBy(asc(exclusionIdentifiers.provisionalUntil)).limit(1).get()?.at ?? null;

/** The covered pseudonyms after `after`, ascending. */
export function coveredAfter(database: Transaction, after: Pseudonym | null, limit: number) {
  const rows = database.select({ rootEpoch: covered.rootEpoch, p: covered.p }).from(covered);
  return rows.where(after ? gt(covered.p, after) : undefined).orderBy(asc(covered.p)).limit(limit).all();
}

/** One more active exclusion covers the pseudonym; true when it is the first. Throws when the snapshot could not hold it. */
export function cover(transaction: Transaction, p: Pseudonym, rootEpoch: number): boolean {
  const row = transaction.select().from(covered).where(eq(covered.p, p)).get();
  if (row) {
    transaction.update(covered).set({ exclusions: row.exclusions + 1 }).where(eq(covered.p, p)).run();
    return false;
  }
  assertDistinct(transaction, p);
  transaction.insert(covered).values({ p, exclusions: 1, rootEpoch }).run();
  return true;
}

/** One active exclusion less covers the pseudonym; true when it was the last. Throws when none did. */
export function uncover(transaction: Transaction, p: Pseudonym): boolean {
  const row = transaction.select().from(covered).where(eq(covered.p, p)).get();
  if (!row) throw new Error("a pseudonym that is not covered cannot be released");
  if (row.exclusions === 1) {
    transaction.delete(covered).where(eq(covered.p, p)).run();
    return true;
  }
  transaction.update(covered).set({ exclusions: row.exclusions - 1 }).where(eq(covered.p, p)).run();
  return false;
}

/** A shard's rows hold 64 bits after a prefix of at least 8: what they tell apart, the whole register must. */
const DISTINCT_BYTES = 9;

function assertDistinct(transaction: Transaction, p: Pseudonym): void {
  const first = p.slice(0, DISTINCT_BYTES);
  const last = concat(first, new Uint8Array(p.length - DISTINCT_BYTES).fill(0xff));
  const alike = transaction.select().from(covered).where(and(gte(covered.p, first), lte(covered.p, last))).get();
  if (alike) throw new Error("two pseudonyms share their first 72 bits");
}
