import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { AccountParts } from "../parts.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { type AttemptKey, counted, keyOn } from "./attempts.ts";
import type { Risk, SignInOutcome } from "./model.ts";
import { barring, risksOf } from "./rules.ts";
import { type Account, accountByPhone, insertSignIn } from "./store.ts";

/** A try to sign in, counted and not judged yet. */
export interface Try {
  at: Instant;
  key: AttemptKey;
  /** Null when nobody has an account with this phone. */
  account: Account | null;
  /** Minutes until anybody may try again; null when this one may be judged. */
  minutes: number | null;
  /** Why no password is right; null when one may be. */
  barred: SignInOutcome | null;
  risks: Risk[];
}

/** Counts a try on a phone. What it does and how long it takes is the same whether or not the phone has an account. */
export async function knock({ office, accounts, clock }: AccountParts, number: string, { device, origin }: Visitor): Promise<Try> {
  const at = clock();
  const phoneKey = accounts.phoneKey(number);
  const account = await accountByPhone(office, phoneKey, isSecret(device) ? hashOf(device) : "", origin.country);
  const key = keyOn(phoneKey, account?.device?.trustedAt ? account.device.id : null);
  const { earlier, minutes } = await counted(office, key, at);
  if (!account) return { at, key, account, minutes, barred: null, risks: [] };
  const barred = barring({ isLocked: minutes !== null, state: account.user.state, isBlocked: account.device?.blockedAt != null });
  const isKnownCountry = origin.country === null || account.isSeenFrom;
  const risks = risksOf({ lastAt: account.lastAt, isKnownDevice: account.device !== null, isKnownCountry, earlierFailures: earlier }, at);
  return { at, key, account, minutes, barred, risks };
}

/** The row of the account's history that says what came of a try. */
export const historyRow = ({ office, random }: AccountParts, { id: userId }: Account["user"], tried: Try, outcome: SignInOutcome, deviceId: string | null, { origin }: Visitor) =>
  insertSignIn(office.primary, { id: uuidv7(tried.at, random), userId, at: tried.at, method: "password", outcome, reasons: tried.risks, deviceId, ...origin });
