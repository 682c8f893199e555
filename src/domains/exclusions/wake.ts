import type { Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import type { Exclusion } from "./model.ts";
import { move } from "./move.ts";
import { changeExclusion, exclusionsToWake, nextWake } from "./store.ts";
import { dueBy, setBy } from "./wake-rules.ts";

/** What one run of an alarm takes on, so that a great many ends do not hold up a registration. */
const AT_ONCE = 500;

/** Does what is due to exclusions by itself; answers when to come again, at once when more waits. */
export function wakeExclusions(database: ObjectDatabase, now: Instant, random: Random): Instant | null {
  return database.transaction((transaction) => {
    for (const exclusion of exclusionsToWake(transaction, now, AT_ONCE)) wake(transaction, exclusion, now, random);
    return nextWake(transaction);
  });
}

/** One event a turn: what follows from it is another's. A row that did not say when it wakes is only written anew. */
function wake(transaction: Transaction, exclusion: Exclusion, now: Instant, random: Random): void {
  const event = dueBy(exclusion, now)?.event ?? null;
  const set = setBy(exclusion, event, now);
  if (event === null) changeExclusion(transaction, { ...exclusion, ...set });
  else move(transaction, exclusion, event, { channel: "clock", commandId: null }, now, random, set);
}
