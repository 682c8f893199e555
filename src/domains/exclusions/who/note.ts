import { HOUR, type Instant } from "../../../kernel/clock.ts";
import { startOfDay } from "../../../kernel/periods.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { mayKeepHoldings } from "../retention.ts";
import { ownOf, ownOfBare } from "../roots/own.ts";
import { exclusionsOfPerson } from "../store.ts";
import type { WhoApi } from "../who-rpc.ts";
import { askedSince, coveredAmong, deleteConsent, deleteHoldings, holdingsOf, insertConsent, type Met, noteHoldings } from "./store.ts";

type Asked<Verb extends keyof WhoApi> = Parameters<WhoApi[Verb]>[0];

const AT_ONCE = 1_000;

function atMost<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length > AT_ONCE) throw new RangeError(`more than ${AT_ONCE} identifiers at once`);
  return items;
}

/** What an operator is about to be given, for whom that is to be kept. */
export function noteIssued(database: ObjectDatabase, { operator, identifiers }: Asked<"noteIssued">, now: Instant): { excluded: number } {
  const day = startOfDay(now);
  const met = atMost(identifiers).map(({ p }): Met => ({ p: ownOf(database, p), day, until: now }));
  return database.transaction((transaction) => {
    noteHoldings(transaction, operator, "issued", met);
    return { excluded: coveredAmong(transaction, met) };
  });
}

/** What an operator was seen to have, which may come late and more than once. */
export function noteChecked(database: ObjectDatabase, { operator, checks }: Asked<"noteChecked">): void {
  const met = atMost(checks).map(({ p, hour }): Met => ({ p: ownOfBare(database, p), day: startOfDay(hour), until: hour + HOUR }));
  noteHoldings(database, operator, "checked", met);
}

/** Keeps what operators hold of somebody who asks, from now on; or no longer, and then what was kept for that alone is gone. */
export function watchHoldings(database: ObjectDatabase, personId: string, wanted: boolean, now: Instant): void {
  database.transaction((transaction) => {
    if (wanted) return insertConsent(transaction, { personId, since: now });
    deleteConsent(transaction, personId);
    dropHoldings(transaction, personId);
  });
}

/** Drops what nothing is left to be kept for. */
export function dropHoldings(transaction: Transaction, personId: string): void {
  const asked = askedSince(transaction, personId) !== null;
  if (!mayKeepHoldings(exclusionsOfPerson(transaction, personId), asked)) deleteHoldings(transaction, personId);
}

export const tokenHoldings = (database: Transaction, personId: string): Awaited<ReturnType<WhoApi["tokenHoldings"]>> =>
  ({ askedSince: askedSince(database, personId), holdings: holdingsOf(database, personId) });
