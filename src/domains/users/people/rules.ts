import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { nameOf } from "../../../office/columns.ts";
import type { Principal } from "../../authentication/capabilities.ts";
import { type ChangeRefusal, refusalToChange, type Target } from "../accounts/rules.ts";
import type { Verification } from "./model.ts";

/** Why `by` may not lock, unlock or verify an account; null when they may. Nobody does any of it to themself. */
export const refusalToServe = (by: Principal, target: Target, keepsOut: boolean): ChangeRefusal | null =>
  by.userId === target.id ? "oneself" : refusalToChange(by, target, target.version, keepsOut);

/** The step after the one that holds: later than it, whatever the clock says, so that it holds instead. */
export function stepAfter(
  latest: Pick<Verification, "at"> | undefined, found: Omit<Verification, "id" | "at" | "by">, actor: Actor, now: Instant, random: Random,
): Verification {
  const at = Math.max(now, (latest?.at ?? 0) + 1);
  return { ...found, id: uuidv7(at, random), at, by: nameOf(actor) };
}

/** Until when too many wrong tries keep somebody out, the longest of them; null when none do. */
export function lockedUntil(tries: readonly { failures: number; forgottenAt: Instant }[], most: number, now: Instant): Instant | null {
  const locking = tries.filter(({ failures, forgottenAt }) => failures >= most && forgottenAt > now);
  return locking.length === 0 ? null : Math.max(...locking.map(({ forgottenAt }) => forgottenAt));
}
