import type { Instant, Random } from "../../kernel/clock.ts";
import { periodEnd } from "../../kernel/periods.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import type { Exclusion } from "./model.ts";
import { move } from "./move.ts";
import { POLICIES } from "./policies.ts";
import { changeExclusion, exclusionsToWake, nextWake } from "./store.ts";
import { type Due, dueOf } from "./wake-rules.ts";

/** What one run of an alarm takes on, so that a great many ends do not hold up a registration. */
const AT_ONCE = 500;

/** Does what is due to exclusions by itself; answers when to come again, at once when more waits. */
export function wakeExclusions(database: ObjectDatabase, now: Instant, random: Random): Instant | null {
  return database.transaction((transaction) => {
    for (const exclusion of exclusionsToWake(transaction, now, AT_ONCE)) wake(transaction, exclusion, now, random);
    return nextWake(transaction);
  });
}

/** A row that did not say when it wakes is only written anew. */
function wake(transaction: Transaction, exclusion: Exclusion, now: Instant, random: Random): void {
  const due = dueOf(exclusion);
  if (due === null || due.at > now) changeExclusion(transaction, exclusion);
  else move(transaction, exclusion, due.event, { channel: "clock", commandId: null }, now, random, setBy(exclusion, due));
}

function setBy({ policy, renewals }: Exclusion, { event, at }: Due): Partial<Exclusion> {
  if (event === "reminded") return { remindedAt: at };
  const every = policy === "custom" ? null : POLICIES[policy].renewsEvery;
  return event === "renewed" ? { renewals: renewals + 1, renewsAt: every && periodEnd(at, every) } : {};
}
