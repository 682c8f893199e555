import { Secret, TOTP } from "otpauth/slim";
import { type Instant, MINUTE, type Random, SECOND } from "../../../kernel/clock.ts";

/** RFC 4226 §4 recommends 160 bits. */
const SECRET_BYTES = 20;
/** What every authenticator app can (RFC 6238 §1.2, §5.2). */
const STEP = 30 * SECOND;
const SETTINGS = { algorithm: "SHA1", digits: 6, period: STEP / SECOND } as const;
/** Steps before and after the present one whose code is taken too: clocks differ, and people type slowly (RFC 6238 §6). */
const WINDOW = 1;

/** So long a code of a secret that was begun confirms it; then one begins anew. */
export const PENDING_LIFE = 10 * MINUTE;

/** A fresh shared secret, in base 32 (RFC 4648 §6) without padding: 32 letters. */
export const newTotpSecret = (random: Random): string => new Secret({ buffer: random(SECRET_BYTES).slice().buffer }).base32;

/** The 30-second step whose code this is, spaces or not, of the present one and its neighbours; null when it is none's. */
export function stepOf(secret: string, code: string, now: Instant): number | null {
  const away = TOTP.validate({ ...SETTINGS, secret: Secret.fromBase32(secret), token: code.replaceAll(/\s/g, ""), timestamp: now, window: WINDOW });
  return away === null ? null : Math.floor(now / STEP) + away;
}

/** What an authenticator app reads from a picture; `label` is what it calls the account. */
export const totpUri = (secret: string, label: string): string => new TOTP({ ...SETTINGS, issuer: "NSER", label, secret }).toString();
