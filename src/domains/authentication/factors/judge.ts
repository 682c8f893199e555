import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Change } from "../../../office/commit.ts";
import { openHash } from "../passwords/sealed.ts";
import { deviceByHash, type DeviceRow } from "../sessions/store.ts";
import type { Session } from "../sessions/model.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { attempt, type AttemptKey, keyOn, succeeded } from "../sign-in/attempts.ts";
import { type FactorParts, type Held } from "./holder.ts";
import type { Shown } from "./model.ts";
import { recoveryHash } from "./recovery.ts";
import type { ShowingRefusal } from "./rpc.ts";
import { waysOf } from "./rules.ts";
import { openSecret } from "./sealed.ts";
import { hasRecoveryCode, heldBy, takeStep, useRecoveryCode } from "./store.ts";
import { stepOf } from "./totp.ts";

export type Rows = Change<object>["rows"];
export type Device = { secret: string; row: DeviceRow };

export const WRONG = { ok: false, refusal: "factor-wrong" } as const satisfies { ok: false } & ShowingRefusal;

/** The browser of a session; null when it holds no such secret any more. */
export async function deviceOf({ office }: FactorParts, { device: secret }: Visitor, { deviceId, principal }: Session): Promise<Device | null> {
  if (!isSecret(secret)) return null;
  const row = await deviceByHash(office, principal.userId, hashOf(secret));
  return row?.id === deviceId ? { secret, row } : null;
}

/** Tries at an account's factors count apart from those at its password: whoever knows only the phone locks none of them. */
const attemptKeyOf = (userId: string, device: Device | null): AttemptKey =>
  keyOn(`factors of ${userId}`, device && device.row.trustedAt !== null ? device.row.id : null);

/** Counts a try, then lets it be judged; `rows` of what was right go into the change that it lets happen. */
export async function tried(
  { office }: FactorParts, userId: string, device: Device | null, now: Instant, judge: () => Promise<Rows | null>,
): Promise<Result<{ rows: Rows }, ShowingRefusal>> {
  const key = attemptKeyOf(userId, device);
  const minutes = await attempt(office, key, now);
  if (minutes !== null) return { ok: false, refusal: "factor-locked", minutes };
  const rows = await judge();
  return rows ? { ok: true, rows: [...rows, succeeded(office, key)] } : WRONG;
}

/** Judges what was shown of an account: the rows that spend it, null when it is wrong or not what is asked for. */
export async function judge(parts: FactorParts, userId: string, way: Shown, text: string, now: Instant): Promise<Rows | null> {
  const held = await heldBy(parts.office, userId);
  return held && waysOf(held).includes(way) ? JUDGES[way](parts, held, text, now) : null;
}

const dataKeyOf = ({ accounts }: FactorParts, { user }: Held): Uint8Array => accounts.dataKeyOf(user)!;

const JUDGES: Record<Shown, (parts: FactorParts, held: Held, text: string, now: Instant) => Promise<Rows | null>> = {
  "password": async (parts, held, text) => (parts.hasher.matches(openHash(dataKeyOf(parts, held), held.password!.sealedHash, held.user.id), text) ? [] : null),

  "totp": async (parts, held, text, now) => {
    const totp = held.totp!;
    const step = stepOf(openSecret(dataKeyOf(parts, held), totp.sealedSecret, held.user.id), text.replaceAll(/\s/g, ""), now);
    return step === null ? null : [{ exactlyOne: takeStep(parts.office.primary, totp.id, step) }];
  },

  "recovery-code": async ({ office }, { user }, text, now) => {
    const hash = recoveryHash(text);
    const isThere = hash !== null && (await hasRecoveryCode(office, user.id, hash));
    return isThere ? [{ exactlyOne: useRecoveryCode(office.primary, user.id, hash, now) }] : null;
  },
};
