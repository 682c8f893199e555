import type { Instant } from "../../../kernel/clock.ts";
import type { Way } from "./model.ts";

/** What an account has of each factor. */
export interface Holds {
  password: object | null;
  totp: object | null;
  passkeys: number;
  recoveryCodes: number;
}

export const hasSecond = ({ totp, passkeys }: Pick<Holds, "totp" | "passkeys">): boolean => totp !== null || passkeys > 0;

/** What its holder may show to prove again that it is them: a second factor wherever there is one, a password only where there is none. */
export function waysOf(holds: Holds): Way[] {
  if (!hasSecond(holds)) return holds.password === null ? [] : ["password"];
  const held: [Way, boolean][] = [["totp", holds.totp !== null], ["passkey", holds.passkeys > 0], ["recovery-code", holds.recoveryCodes > 0]];
  return held.flatMap(([way, isThere]) => (isThere ? [way] : []));
}

/** Whether what was begun is not over yet. A clock that was set back ends it too. */
export const stands = ({ createdAt }: { createdAt: Instant }, life: number, now: Instant): boolean =>
  now >= createdAt && now < createdAt + life;
