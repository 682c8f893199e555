import type { ProvablePhone } from "../codes.ts";
import type { AccountParts } from "../parts.ts";
import { provablePhone } from "../phone.ts";
import type { AccountRow } from "./store.ts";

/** The phone the account signs in with; null when there is none, it was taken off it, or who its holder is was erased. */
export async function phoneOf({ accounts, tokenizer }: AccountParts, user: AccountRow): Promise<ProvablePhone | null> {
  const number = accounts.profileOf(user)?.phone;
  if (!number || user.phoneKey !== accounts.phoneKey(number)) return null;
  const read = await provablePhone(tokenizer, number);
  return read.ok ? read.phone : null;
}
