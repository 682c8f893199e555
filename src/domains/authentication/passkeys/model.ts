import type { Instant } from "../../../kernel/clock.ts";

/** A passkey as its holder sees it. */
export interface Passkey {
  id: string;
  label: string;
  createdAt: Instant;
  usedAt: Instant | null;
}

interface Descriptor {
  type: "public-key";
  id: string;
  transports: string[];
}

/** What `PublicKeyCredential.parseCreationOptionsFromJSON` reads (Web Authentication Level 3 §5.1.8). Bytes are base64url, times milliseconds. */
export interface CreationOptions {
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  challenge: string;
  pubKeyCredParams: { type: "public-key"; alg: number }[];
  timeout: number;
  excludeCredentials: Descriptor[];
  authenticatorSelection: { residentKey: "required"; requireResidentKey: true; userVerification: "required" };
  attestation: "none";
}

/** What `PublicKeyCredential.parseRequestOptionsFromJSON` reads (§5.1.9). */
export interface RequestOptions {
  challenge: string;
  timeout: number;
  rpId: string;
  /** Empty asks for any passkey the authenticator has here. */
  allowCredentials: Descriptor[];
  userVerification: "required";
}

/** A challenge that was given out, and what the browser is to be asked with. */
export interface Ceremony<Options> {
  ceremonyId: string;
  options: Options;
}

/** What an authenticator answered; bytes are base64url. */
interface Answer {
  ceremonyId: string;
  credentialId: string;
  clientDataJSON: string;
}

/** A new credential (§5.2.1). */
export interface Attestation extends Answer {
  attestationObject: string;
  /** Between commas. */
  transports: string;
}

/** A signature by one that is known (§5.2.2). */
export interface Assertion extends Answer {
  authenticatorData: string;
  signature: string;
  /** Whose it is, as the authenticator has it; "" when it does not say. */
  userHandle: string;
}
