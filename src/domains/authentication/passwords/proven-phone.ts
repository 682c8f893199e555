import type { Instant } from "../../../kernel/clock.ts";
import type { CommitRefusal } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import type { MeanwhileRefusal, TakenRefusal } from "./rpc.ts";
import type { Account } from "./store.ts";

/** The columns of an account whose holder proved this phone, in E.164: by it they are found and reached from now on. */
export function provenPhone({ accounts }: Pick<AccountParts, "accounts">, { user }: Account, number: string, now: Instant) {
  const profile = accounts.profileOf(user)!;
  return { phoneKey: accounts.phoneKey(number), phoneProvenAt: now, sealedProfile: accounts.sealAnew(user, { ...profile, phone: number }) };
}

/** Why an account does not have the phone its holder proved: nothing was written, on it or on another. */
export const phoneRefused = ({ refusal }: CommitRefusal): { ok: false } & (TakenRefusal | MeanwhileRefusal) =>
  refusal === "duplicate" ? { ok: false, refusal: "phone-taken", field: "phone" } : { ok: false, refusal: "changed-meanwhile", field: null };
