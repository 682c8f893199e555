import { utf8 } from "../kernel/bytes.ts";
import { importPublicKey } from "../kernel/ed25519.ts";
import type { Result } from "../kernel/result.ts";
import { cosignedMessage, decodeCosignature } from "./cosignature.ts";
import { type Note, type NoteRefusal, type NoteSignature, parseNote } from "./note.ts";
import { COSIGNATURE, type VerifierKey } from "./verifier-key.ts";

/** Of Ed25519. */
const SIGNATURE_BYTES = 64;

/** A signature that was verified. */
export interface Verified {
  key: VerifierKey;
  /** When a witness cosigned, in POSIX seconds; null for a signature that does not say. */
  time: bigint | null;
  signature: NoteSignature;
}

export type OpenRefusal = NoteRefusal | "no-known-key" | "signature-wrong";

/** A note that keys we know signed: what they signed, and each of them once. */
export type Opened = Result<{ note: Note; verified: Verified[] }, { refusal: OpenRefusal }>;

/**
 * Reads a note and verifies it. Signatures of keys not given are passed over, as the format asks; one wrong signature of a
 * given key refuses the whole note, and so does a note that none of the keys signed: then nothing of it may be believed.
 */
export async function openNote(text: string, keys: readonly VerifierKey[]): Promise<Opened> {
  const parsed = parseNote(text);
  return parsed.ok ? verifyNote(parsed.note, keys) : parsed;
}

/** The same of a note that was read already. */
export async function verifyNote(note: Note, keys: readonly VerifierKey[]): Promise<Opened> {
  const known = note.signatures.flatMap((signature) => {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id);
    return key ? [{ key, signature }] : [];
  });
  const checked = await Promise.all(known.map(({ key, signature }) => verify(note.text, key, signature)));
  if (checked.length === 0) return { ok: false, refusal: "no-known-key" };
  if (!checked.every((verified) => verified !== null)) return { ok: false, refusal: "signature-wrong" };
  // A key that signed twice counts as it signed first.
  const verified = checked.filter(({ key }, at) => checked.findIndex((other) => other.key === key) === at);
  return { ok: true, note, verified };
}

async function verify(text: string, key: VerifierKey, signature: NoteSignature): Promise<Verified | null> {
  const signed = messageOf(text, key, signature.signature);
  // workerd throws for another length, where Node says that it is wrong.
  if (signed?.signature.length !== SIGNATURE_BYTES) return null;
  const publicKey = await importPublicKey(key.publicKey);
  const isRight = await crypto.subtle.verify("Ed25519", publicKey, signed.signature as BufferSource, signed.message as BufferSource);
  return isRight ? { key, time: signed.time, signature } : null;
}

/** What the key's type says was signed; null when the signature has not the form of its type. */
function messageOf(text: string, key: VerifierKey, bytes: Uint8Array): { message: Uint8Array; signature: Uint8Array; time: bigint | null } | null {
  if (key.type !== COSIGNATURE) return { message: utf8(text), signature: bytes, time: null };
  const cosignature = decodeCosignature(bytes);
  return cosignature && { ...cosignature, message: cosignedMessage(text, cosignature.time) };
}
