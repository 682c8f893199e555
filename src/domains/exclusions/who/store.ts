import { and, count, desc, eq, sql } from "drizzle-orm";
import type { Kind, Pseudonym } from "../../../bst/kinds.ts";
import { toHex } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { operators, tokenGenerations } from "../../operators/tables.ts";
import { covered, exclusionIdentifiers, exclusions, inForce } from "../tables.ts";
import type { HoldingSource, Statement, TokenHolding } from "../who-rpc.ts";
import { holdingConsents, tokenHoldings } from "./tables.ts";

/** An identifier that was met. */
export interface Met {
  p: Pseudonym;
  /** The beginning of the day it is noted for. */
  day: Instant;
  /** When it was over: who was excluded or asked only afterwards was not met. */
  until: Instant;
}

/** One parameter for very many: a Durable Object's query takes a hundred. */
const asJson = (met: readonly Met[]): string => JSON.stringify(met.map(({ p, day, until }) => [toHex(p), day, until]));

/** What was noted already holds for the earlier first day and the later last one. */
const WIDENED = {
  target: [tokenHoldings.personId, tokenHoldings.operator, tokenHoldings.kind, tokenHoldings.source],
  set: {
    firstAt: sql`min(${tokenHoldings.firstAt}, excluded."firstAt")`,
    lastAt: sql`max(${tokenHoldings.lastAt}, excluded."lastAt")`,
  },
};

/** How many of these are excluded. */
export const coveredAmong = (database: Transaction, met: readonly Met[]): number =>
  database.select({ among: count() }).from(covered)
    .innerJoin(sql`json_each(${asJson(met)}) as "met"`, sql`${covered.p} = unhex("met"."value" ->> 0)`).get()!.among;

/**
 * Notes, in one statement, for whom an operator holds a token: of persons to whom the identifier is proven to belong, those who
 * were excluded then, and those who had asked. Who only typed somebody's document learns nothing of where that person plays.
 */
export function noteHoldings(transaction: Transaction, operator: string, source: HoldingSource, met: readonly Met[]): void {
  const [i, e, c] = [exclusionIdentifiers, exclusions, holdingConsents];
  const until = sql`("met"."value" ->> 2)`;
  const wasExcluded = sql`(${inForce(e.state)} and ${e.startedAt} <= ${until})`;
  const hadAsked = sql`(${c.since} <= ${until} and ${e.state} not in ('annulled', 'dismissed'))`;
  const rows = sql`
    select ${e.personId}, ${operator}, ${i.kind}, ${source}, "met"."value" ->> 1, "met"."value" ->> 1
    from json_each(${asJson(met)}) as "met"
    cross join ${i} on ${i.p} = unhex("met"."value" ->> 0)
    join ${e} on ${e.id} = ${i.exclusionId}
    left join ${c} on ${c.personId} = ${e.personId}
    where ${i.standing} = 'firm' and (${wasExcluded} or ${hadAsked})`;
  transaction.insert(tokenHoldings).select(rows).onConflictDoUpdate(WIDENED).run();
}

/** A row that was merged in from elsewhere. */
export function keepHolding(transaction: Transaction, row: typeof tokenHoldings.$inferInsert): void {
  transaction.insert(tokenHoldings).values(row).onConflictDoUpdate(WIDENED).run();
}

export const holdingsOf = (database: Transaction, personId: string): TokenHolding[] => {
  const { operator, kind, source, firstAt, lastAt } = tokenHoldings;
  return database.select({ operator, kind, source, firstAt, lastAt }).from(tokenHoldings).where(eq(tokenHoldings.personId, personId))
    .orderBy(desc(lastAt), operator, kind, source).all();
};

export const askedSince = (database: Transaction, personId: string): Instant | null =>
  database.select({ since: holdingConsents.since }).from(holdingConsents).where(eq(holdingConsents.personId, personId)).get()?.since ?? null;

export function insertConsent(transaction: Transaction, row: typeof holdingConsents.$inferInsert): void {
  transaction.insert(holdingConsents).values(row).onConflictDoNothing().run();
}

export function deleteConsent(transaction: Transaction, personId: string): void {
  transaction.delete(holdingConsents).where(eq(holdingConsents.personId, personId)).run();
}

export function deleteHoldings(transaction: Transaction, personId: string): void {
  transaction.delete(tokenHoldings).where(eq(tokenHoldings.personId, personId)).run();
}

export const kindOf = (database: Transaction, p: Pseudonym): Kind | null =>
  database.select({ kind: exclusionIdentifiers.kind }).from(exclusionIdentifiers).where(eq(exclusionIdentifiers.p, p)).limit(1).get()?.kind ?? null;

const STATEMENTS = 100;

/** Every statement of an identifier, the newest first. */
export const statementsOf = (database: Transaction, p: Pseudonym): Statement[] =>
  database
    .select({
      personId: exclusions.personId, reference: exclusions.reference, state: exclusions.state, evidence: exclusionIdentifiers.evidence,
      standing: exclusionIdentifiers.standing, addedAt: exclusionIdentifiers.addedAt,
    })
    .from(exclusionIdentifiers)
    .innerJoin(exclusions, eq(exclusions.id, exclusionIdentifiers.exclusionId))
    .where(eq(exclusionIdentifiers.p, p))
    .orderBy(desc(exclusionIdentifiers.addedAt), desc(exclusions.id))
    .limit(STATEMENTS)
    .all();

/** At how many operators a token of this identifier was retired by itself. */
export const retirementsOf = (database: Transaction, p: Pseudonym): number =>
  database.select({ among: count() }).from(operators)
    .innerJoin(tokenGenerations, and(eq(tokenGenerations.operator, operators.id), eq(tokenGenerations.p, toHex(p)))).get()!.among;
