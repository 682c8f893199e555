import { toBase64Url, utf8 } from "../../../kernel/bytes.ts";
import { type Instant, MINUTE } from "../../../kernel/clock.ts";
import type { CreationOptions, RequestOptions } from "./model.ts";

/** Who passkeys are made for and shown to (Web Authentication Level 3 §4, "relying party"). */
export interface RelyingParty {
  /** The pages' host. Passkeys are bound to it: with another, nobody's are any good. */
  id: string;
  /** Scheme, host and port of the pages. */
  origin: string;
}

/** The relying party whose pages are at an address. */
export const relyingPartyAt = (address: string): RelyingParty => ({ id: new URL(address).hostname, origin: new URL(address).origin });

/** How long a challenge is good. */
export const CEREMONY_LIFE = 5 * MINUTE;

/** As many as somebody can keep apart. */
export const MOST_PASSKEYS = 10;

/** What signs: EdDSA with Ed25519, ECDSA with P-256, RSASSA-PKCS1-v1_5, in the order they are liked (RFC 9053, RFC 8812). */
export const ALGORITHMS = [-8, -7, -257];

/** A challenge that was given out. */
interface Standing {
  kind: string;
  userId: string | null;
  expiresAt: Instant;
  usedAt: Instant | null;
}

/** Whether an answer may be to this challenge: of this kind, for this account, in time and the first. */
export const stands = (ceremony: Standing, kind: string, userId: string | null, now: Instant): boolean =>
  ceremony.kind === kind && ceremony.userId === userId && ceremony.usedAt === null && now < ceremony.expiresAt;

/** What an authenticator keeps beside a passkey to say whose it is. */
export const handleOf = (userId: string): string => toBase64Url(utf8(userId));

interface Known {
  credentialId: string;
  /** JSON. */
  transports: string;
}

const described = (known: readonly Known[]) =>
  known.map(({ credentialId: id, transports }) => ({ type: "public-key" as const, id, transports: JSON.parse(transports) as string[] }));

/** Asks for a passkey that is found without a user name, asks its holder for a PIN or a finger, and says nothing of its maker. `name` is shown by the authenticator. */
export const creationOptions = (rp: RelyingParty, challenge: string, holder: { userId: string; name: string }, known: readonly Known[]): CreationOptions => ({
  rp: { id: rp.id, name: "NSER" },
  user: { id: handleOf(holder.userId), name: holder.name, displayName: holder.name },
  challenge,
  pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
  timeout: CEREMONY_LIFE,
  excludeCredentials: described(known),
  authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  attestation: "none",
});

/** Asks for a signature by one of these passkeys; of none, by any. */
export const requestOptions = (rp: RelyingParty, challenge: string, known: readonly Known[]): RequestOptions =>
  ({ challenge, timeout: CEREMONY_LIFE, rpId: rp.id, allowCredentials: described(known), userVerification: "required" });
