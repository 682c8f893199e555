import { and, asc, count, desc, eq, getTableColumns, gt, gte, inArray, lt, lte, max, min, notExists, type SQL, sql } from "drizzle-orm";
import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { deliveries, endpoints, events, pulls } from "../feed/tables.ts";
import type { Numbered, Run } from "./figures.ts";
import type { AcknowledgedState } from "./model.ts";
import { acknowledgements, customers, handled, receipts } from "./tables.ts";

export type Customer = typeof customers.$inferSelect;
export type Said = typeof acknowledgements.$inferSelect;
export type Event = typeof events.$inferSelect;

/** The newest event that says whether one of these is excluded; null when none is kept. */
export const newestAbout = (database: Transaction, ps: readonly Pseudonym[]): Event | null =>
  database.select().from(events).where(and(inArray(events.p, [...ps]), inArray(events.type, ["exclusion.started", "exclusion.ended"])))
    .orderBy(desc(events.sequence)).limit(1).get() ?? null;

/** Every event that is kept about one of these, in order. */
export const eventsAbout = (database: Transaction, ps: readonly Pseudonym[]): Event[] =>
  database.select().from(events).where(inArray(events.p, [...ps])).orderBy(asc(events.sequence)).all();

/** The newest exclusion of one of these of which something was said; null when nothing was. */
export const customerOf = (database: Transaction, ps: readonly Pseudonym[]): Customer | null =>
  database.select().from(customers).where(inArray(customers.p, [...ps])).orderBy(desc(customers.sequence)).limit(1).get() ?? null;

/** Every exclusion of these of which something was said, in order. */
export const customersOf = (database: Transaction, ps: readonly Pseudonym[]): Customer[] =>
  database.select().from(customers).where(inArray(customers.p, [...ps])).orderBy(asc(customers.sequence)).all();

export const saidOf = (database: Transaction, sequence: number): Said[] =>
  database.select().from(acknowledgements).where(eq(acknowledgements.sequence, sequence)).all();

export function putCustomer(transaction: Transaction, customer: Customer): void {
  const { owing } = customer;
  transaction.insert(customers).values(customer).onConflictDoUpdate({ target: customers.sequence, set: { owing } }).run();
}

export function putSaid(transaction: Transaction, said: Said): void {
  const { at, saidAt } = said;
  transaction.insert(acknowledgements).values(said)
    .onConflictDoUpdate({ target: [acknowledgements.sequence, acknowledgements.state], set: { at, saidAt } }).run();
}

/** How far the operator said that it is; null while it said nothing. */
export const handledThrough = (database: Transaction): number | null =>
  database.select({ through: handled.through }).from(handled).orderBy(desc(handled.through)).limit(1).get()?.through ?? null;

export function putHandled(transaction: Transaction, mark: typeof handled.$inferInsert): void {
  transaction.insert(handled).values(mark).run();
}

/** When the operator said that it had worked through its events, each time from the first number on. */
export const handledRuns = (database: Transaction): Run[] =>
  database.select().from(handled).orderBy(asc(handled.through)).all().map(({ through, at }) => ({ first: 0, last: through, at }));

const receivedAt = sql<number>`${deliveries.at} + ${deliveries.durationMs}`;
const isReceipt = and(eq(deliveries.outcome, "received"), eq(deliveries.what, "events"));

/** What was received: by an endpoint, or fetched. */
export const receivedRuns = (database: Transaction): Run[] => [
  ...database.select().from(pulls).all(),
  ...database.select().from(receipts).all(),
  ...database.select({ first: deliveries.first, last: deliveries.last, at: receivedAt }).from(deliveries).where(isReceipt).all() as Run[],
];

/** Before an endpoint goes with its log: what it received stays received. */
export function keepReceipts(transaction: Transaction, endpoint: string): void {
  const theirs = transaction.select({ last: sql<number>`${deliveries.last}`.as("last"), first: sql<number>`min(${deliveries.first})`.as("first"), at: sql<number>`min(${receivedAt})`.as("at") })
    .from(deliveries).where(and(eq(deliveries.endpoint, endpoint), isReceipt)).groupBy(deliveries.last);
  transaction.insert(receipts).select(theirs).onConflictDoUpdate({ target: receipts.last, set: { at: sql`min(${receipts.at}, excluded."at")` } }).run();
}

/** The last number that was received by whichever door; 0 while none was. */
export function receivedThrough(database: Transaction): number {
  const fetched = database.select({ last: max(pulls.last) }).from(pulls).get()?.last ?? 0;
  const sent = database.select({ last: max(deliveries.last) }).from(deliveries).where(eq(deliveries.outcome, "received")).groupBy(deliveries.endpoint).all();
  const before = database.select({ last: max(receipts.last) }).from(receipts).get()?.last ?? 0;
  return Math.max(fetched, before, ...sent.map(({ last }) => last ?? 0));
}

/** Whether there is any door for what the operator is told. */
export const isReachable = (database: Transaction): boolean =>
  receivedThrough(database) > 0 || database.select({ id: endpoints.id }).from(endpoints).where(eq(endpoints.state, "active")).limit(1).get() !== undefined;

/** In order, those from `from` until before `to`. */
export const eventsBetween = (database: Transaction, from: Instant, to: Instant): Numbered[] =>
  database.select({ sequence: events.sequence, at: events.at }).from(events).where(and(gte(events.at, from), lt(events.at, to))).orderBy(asc(events.sequence)).all();

/** The events beyond a number that began before: how many, and when the first did. */
export const eventsBeyond = (database: Transaction, through: number, before: Instant): { count: number; first: Instant | null } =>
  database.select({ count: count(), first: min(events.at) }).from(events).where(and(gt(events.sequence, through), lt(events.at, before))).get()!;

/** When the oldest event that is kept began; null when none is. */
export const oldestKept = (database: Transaction): Instant | null =>
  database.select({ at: events.at }).from(events).orderBy(asc(events.sequence)).limit(1).get()?.at ?? null;

/** The events that ended a customer's exclusion. */
const endings = (database: Transaction) =>
  database.select({ one: sql`1` }).from(events).where(and(eq(events.p, customers.p), eq(events.type, "exclusion.ended"), gt(events.sequence, customers.sequence)));

/**
 * Customers of whom a state is owed and was not said, that began from then on and before: how many, and when the first did. Who is not excluded any more
 * owes nothing.
 */
export function owingBetween(database: Transaction, state: AcknowledgedState, from: Instant, before: Instant): { count: number; first: Instant | null } {
  const said = database.select({ one: sql`1` }).from(acknowledgements).where(and(eq(acknowledgements.sequence, customers.sequence), eq(acknowledgements.state, state)));
  const late = and(sql`${customers.owing} = 1`, gte(customers.begunAt, from), lt(customers.begunAt, before), notExists(said), notExists(endings(database)));
  return database.select({ count: count(), first: min(customers.begunAt) }).from(customers).where(late).get()!;
}

/** What was said of the exclusions that began from then on and before, each with when it did. */
export const saidBetween = (database: Transaction, from: Instant, to: Instant): (Said & { begunAt: Instant })[] =>
  database.select({ ...getTableColumns(acknowledgements), begunAt: customers.begunAt }).from(customers)
    .innerJoin(acknowledgements, eq(acknowledgements.sequence, customers.sequence)).where(and(gte(customers.begunAt, from), lt(customers.begunAt, to))).all();

/** The events up to a number after which nothing is kept of whom they were about: who was released, and everybody before a reset. */
export const endingsUpTo = (database: Transaction, upTo: number): Pick<Event, "sequence" | "p" | "type">[] =>
  database.select({ sequence: events.sequence, p: events.p, type: events.type }).from(events)
    .where(and(lte(events.sequence, upTo), inArray(events.type, ["exclusion.ended", "feed.reset"]))).orderBy(asc(events.sequence)).all();

/** The newest root that an event up to a number is under; null when none is about anybody. */
export const newestRootUpTo = (database: Transaction, upTo: number): number | null =>
  database.select({ root: max(events.rootEpoch) }).from(events).where(lte(events.sequence, upTo)).get()?.root ?? null;

/** Forgets what was said of exclusions before an event: of one pseudonym, or of everybody. */
export const forgetCustomers = (transaction: Transaction, before: number, p: Pseudonym | null): void =>
  forget(transaction, and(lt(customers.sequence, before), p === null ? undefined : eq(customers.p, p)));

/** The same of everybody who is called by an older root's pseudonym. */
export const forgetOlderRoots = (transaction: Transaction, rootEpoch: number): void => forget(transaction, lt(customers.rootEpoch, rootEpoch));

function forget(transaction: Transaction, gone: SQL | undefined): void {
  transaction.delete(acknowledgements).where(inArray(acknowledgements.sequence, transaction.select({ sequence: customers.sequence }).from(customers).where(gone))).run();
  transaction.delete(customers).where(gone).run();
}

/** The newest mark stays, whatever leaves the feed: it never goes back. */
export function forgetMarks(transaction: Transaction, upTo: number): void {
  transaction.delete(receipts).where(lte(receipts.last, upTo)).run();
  const newest = transaction.select({ through: max(handled.through) }).from(handled);
  transaction.delete(handled).where(and(lte(handled.through, upTo), lt(handled.through, newest))).run();
}
