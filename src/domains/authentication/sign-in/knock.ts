import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { AccountParts } from "../parts.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { type AttemptKey, counted, keyOn } from "./attempts.ts";
import type { Risk, SignInOutcome } from "./model.ts";
import { barring, isSameProgram, risksOf } from "./rules.ts";
import { type Account, accountByPhone } from "./store.ts";

/** A try to sign in, counted and not judged yet. */
export interface Try {
  at: Instant;
  phoneKey: string;
  key: AttemptKey;
  /** Null when nobody has an account with this phone. */
  account: Account | null;
  /** Minutes until anybody may try again; null when this one may be judged. */
  minutes: number | null;
  /** Why no password is right; null when one may be. */
  barred: SignInOutcome | null;
  /** What is unusual about it. */
  risks: Risk[];
}

/** Counts a try on a phone. What it does and how long it takes is the same whether or not the phone has an account. */
export async function knock({ office, accounts, clock }: AccountParts, number: string, { device, origin }: Visitor): Promise<Try> {
  const at = clock();
  const phoneKey = accounts.phoneKey(number);
  const account = await accountByPhone(office, phoneKey, isSecret(device) ? hashOf(device) : "", origin.country);
  const key = keyOn(phoneKey, account?.device?.trustedAt ? account.device.id : null);
  const { earlier, minutes } = await counted(office, key, at);
  const barred = barring({ isLocked: minutes !== null, state: account?.user.state ?? "active", isBlocked: account?.device?.blockedAt != null });
  const isKnownCountry = origin.country === null || account?.isSeenFrom === true;
  const risks = risksOf({ lastAt: account?.lastAt ?? null, isKnownDevice: account?.device != null, isKnownProgram: isSameProgram(account?.device?.agent, origin.agent), isKnownCountry, earlierFailures: earlier }, at);
  return { at, phoneKey, key, account, minutes, barred, risks };
}

/** A try as the account's history has it. */
export const written = ({ random }: AccountParts, { at, risks }: Try, outcome: SignInOutcome, deviceId: string | null, { origin }: Visitor) =>
  ({ id: uuidv7(at, random), at, method: "password", outcome, reasons: risks, deviceId, ...origin }) as const;
