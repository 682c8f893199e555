import { utf8 } from "../kernel/bytes.ts";
import { importSigningKey, publicKeyOf } from "../kernel/ed25519.ts";
import { cosignedMessage, encodeCosignature } from "./cosignature.ts";
import type { NoteSignature } from "./note.ts";
import { COSIGNATURE, type KeyType, NOTE, verifierKey, type VerifierKey } from "./verifier-key.ts";

/** Who signs notes: a private key, and the key that verifies what it signs. */
export interface Signer {
  key: VerifierKey;
  privateKey: CryptoKey;
}

/** A log's signer, named as its origin; `seed` is the 32 bytes of an Ed25519 private key. Throws RangeError when the name cannot be one. */
export const logSigner = (name: string, seed: Uint8Array): Promise<Signer> => signerOf(name, NOTE, seed);

/** A witness's signer, which must have a private key of its own: what it signs does not say its name. */
export const witnessSigner = (name: string, seed: Uint8Array): Promise<Signer> => signerOf(name, COSIGNATURE, seed);

const signerOf = async (name: string, type: KeyType, seed: Uint8Array): Promise<Signer> => ({
  key: verifierKey(name, type, await publicKeyOf(seed)),
  privateKey: await importSigningKey(seed),
});

/** A log's signature over a note's text. */
export async function sign(text: string, { key, privateKey }: Signer): Promise<NoteSignature> {
  if (key.type !== NOTE) throw new RangeError("a witness's key signs with the time");
  return { name: key.name, id: key.id, signature: await signBytes(privateKey, utf8(text)) };
}

/** A witness's cosignature over a checkpoint's text, at a time in POSIX seconds. */
export async function cosign(text: string, time: bigint, { key, privateKey }: Signer): Promise<NoteSignature> {
  if (key.type !== COSIGNATURE) throw new RangeError("a log's key signs without a time");
  const signature = await signBytes(privateKey, cosignedMessage(text, time));
  return { name: key.name, id: key.id, signature: encodeCosignature(time, signature) };
}

const signBytes = async (key: CryptoKey, message: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.sign("Ed25519", key, message as BufferSource));
