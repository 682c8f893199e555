import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import { fromBase64Url } from "../../../kernel/bytes.ts";
import type { Assertion, Attestation } from "./model.ts";
import { ALGORITHMS, handleOf, type RelyingParty } from "./rules.ts";
import type { PasskeyRow } from "./store.ts";

/** A credential that was made for us, its holder verified by its authenticator. */
export type NewCredential = Pick<PasskeyRow, "credentialId" | "publicKey" | "counter" | "transports">;

const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

const expectations = (challenge: string, { id, origin }: RelyingParty) =>
  ({ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true });

/** The credential an authenticator made (Web Authentication Level 3 §7.1); null when anything of it is not as it must be. */
export async function verifiedAttestation(rp: RelyingParty, challenge: string, answer: Attestation): Promise<NewCredential | null> {
  const { credentialId: id, clientDataJSON, attestationObject } = answer;
  const response = { id, rawId: id, type: "public-key" as const, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } };
  return orNull(async () => {
    if (isAttested(attestationObject)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({ ...expectations(challenge, rp), response, supportedAlgorithmIDs: ALGORITHMS });
    if (!verified || registrationInfo.credential.id !== id) return null;
    const { publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey, counter, transports: JSON.stringify(knownTransports(answer.transports)) };
  });
}

/**
 * Whether a maker's certificate came along, which nobody asked for: a browser that was asked for none sends none, and the
 * library would call the addresses that a certificate names.
 */
function isAttested(attestationObject: string): boolean {
  const decoded = decodeAttestationObject(fromBase64Url(attestationObject).slice());
  const format = decoded.get("fmt");
  return format !== "none" && (format !== "packed" || decoded.get("attStmt").get("x5c") !== undefined);
}

const knownTransports = (said: string): string[] => TRANSPORTS.filter((transport) => said.split(",").includes(transport));

/** The counter that comes with a signature by this passkey (§7.2); null when anything of it is not as it must be, or the counter went back. */
export async function verifiedAssertion(rp: RelyingParty, challenge: string, answer: Assertion, passkey: PasskeyRow): Promise<number | null> {
  const { credentialId: id, clientDataJSON, authenticatorData, signature, userHandle } = answer;
  if (id !== passkey.credentialId || (userHandle !== "" && userHandle !== handleOf(passkey.userId))) return null;
  const response = { id, rawId: id, type: "public-key" as const, clientExtensionResults: {}, response: { clientDataJSON, authenticatorData, signature } };
  const credential = { id, publicKey: passkey.publicKey.slice(), counter: passkey.counter };
  return orNull(async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({ ...expectations(challenge, rp), response, credential });
    return verified ? authenticationInfo.newCounter : null;
  });
}

/** What the library throws is about what it was given: it asks nobody. */
async function orNull<T>(verify: () => Promise<T | null>): Promise<T | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}
