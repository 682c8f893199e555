import type { Instant } from "../../../kernel/clock.ts";
import type { AccountParts } from "../parts.ts";
import type { Account } from "./store.ts";

/** The columns of an account whose holder proved this phone, in E.164: by it they are found and reached from now on. */
export function provenPhone({ accounts }: Pick<AccountParts, "accounts">, { user }: Account, number: string, now: Instant) {
  const profile = accounts.profileOf(user)!;
  return { phoneKey: accounts.phoneKey(number), phoneProvenAt: now, sealedProfile: accounts.sealAnew(user, { ...profile, phone: number }) };
}
