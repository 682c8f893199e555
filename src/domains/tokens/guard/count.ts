import type { Instant } from "../../../kernel/clock.ts";
import { dayAfter, dayStart, nairobiDay, startOfDay } from "../../../kernel/periods.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { TokenAct } from "../guard-rpc.ts";
import type { TokenDay } from "./rpc.ts";
import { addCount, countsIn } from "./store.ts";

export const countTokens = (database: ObjectDatabase, act: TokenAct, count: number, now: Instant): void =>
  database.transaction((transaction) => addCount(transaction, startOfDay(now), act, count));

/** What was counted on each day from `from` until before `to`. */
export function daysOf(database: Transaction, from: string, to: string): TokenDay[] {
  const rows = Map.groupBy(countsIn(database, dayStart(from), dayStart(to)), ({ day }) => nairobiDay(day).date);
  const days: TokenDay[] = [];
  for (let date = from; date < to; date = dayAfter(date, 1)) {
    days.push({ date, acts: Object.fromEntries((rows.get(date) ?? []).map(({ act, count }) => [act, count])) });
  }
  return days;
}
