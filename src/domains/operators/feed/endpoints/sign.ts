import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64, toBase64, utf8 } from "../../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../../kernel/clock.ts";

const PREFIX = "whsec_";
const SECRET_BYTES = 32;

/** A secret as whoever verifies is given it: `whsec_` and base64 (Standard Webhooks). */
export const newSecret = (random: Random): string => `${PREFIX}${toBase64(random(SECRET_BYTES))}`;

/** The headers of a message (Standard Webhooks): signed by each secret, the newest first. */
export function signedHeaders(secrets: readonly string[], id: string, at: Instant, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const content = utf8(`${id}.${timestamp}.${body}`);
  const signatures = secrets.map((secret) => `v1,${toBase64(hmac(sha256, fromBase64(secret.slice(PREFIX.length)), content))}`);
  return { "content-type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
