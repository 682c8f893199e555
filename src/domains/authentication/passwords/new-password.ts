import type { Instant } from "../../../kernel/clock.ts";
import type { AccountParts } from "../parts.ts";
import type { NewPasswordRefusal } from "./rpc.ts";
import { acceptable } from "./rules.ts";
import { sealHash } from "./sealed.ts";
import { type Account, putPassword } from "./store.ts";

/**
 * The refusal of a password that somebody of this name and phone may not have; null when they may. Whoever cannot say
 * whether it was breached keeps nobody out.
 */
export async function passwordRefused(
  { breached }: Pick<AccountParts, "breached">, password: string, holder: { name: string; phone: string },
): Promise<({ ok: false } & NewPasswordRefusal) | null> {
  const judged = acceptable(password, holder);
  if (!judged.ok) return judged;
  return (await breached?.(password)) === true ? { ok: false, refusal: "password-breached", field: "password" } : null;
}

/** The row that makes it the account's password. Some 30 ms of processor. */
export function passwordRow({ office, accounts, hasher, random }: AccountParts, { user }: Account, password: string, now: Instant) {
  const sealedHash = sealHash(accounts.dataKeyOf(user)!, hasher.hash(password), user.id, random);
  return putPassword(office.primary, { userId: user.id, sealedHash, changedAt: now });
}
