import { type NumberedKeys, parseNumberedKeys } from "../../bst/key-config.ts";
import { concat, fromUtf8, lengthPrefixed, toHex, utf8 } from "../../kernel/bytes.ts";
import type { Random } from "../../kernel/clock.ts";

/**
 * What leaves an object for its recovery: compressed, then sealed with AES-256-GCM (NIST SP 800-38D) under a key that is
 * named and can be changed, for one place, which is its key in the bucket.
 *
 *     0  1  version, 1
 *     1  1  length of the key's id, then the id
 *        12 nonce
 *           ciphertext and tag
 */
const VERSION = 1;
const NONCE_BYTES = 12;

export const parseRecoveryKeys = (config: string): NumberedKeys => parseNumberedKeys("RECOVERY_KEYS", config);

/** SHA-256 in hexadecimal: what the next one in a chain calls the sealed bytes. */
export async function hashOf(sealed: Uint8Array): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", sealed as BufferSource)));
}

const header = (keyId: string): Uint8Array => concat(Uint8Array.of(VERSION, keyId.length), utf8(keyId));

function algorithm(nonce: Uint8Array, keyId: string, place: string) {
  const additionalData = lengthPrefixed(utf8("recovery"), header(keyId), utf8(place)) as BufferSource;
  return { name: "AES-GCM", iv: nonce as BufferSource, additionalData };
}

const importKey = (key: Uint8Array, use: "encrypt" | "decrypt") =>
  crypto.subtle.importKey("raw", key as BufferSource, "AES-GCM", false, [use]);

export async function seal(text: string, place: string, { current, byId }: NumberedKeys, random: Random): Promise<Uint8Array> {
  const nonce = random(NONCE_BYTES);
  const key = await importKey(byId.get(current)!, "encrypt");
  const packed = await through(utf8(text), new CompressionStream("deflate-raw"));
  const sealed = await crypto.subtle.encrypt(algorithm(nonce, current, place), key, packed as BufferSource);
  return concat(header(current), nonce, new Uint8Array(sealed));
}

/** Throws unless these bytes were sealed for this place under a key that is here, and are whole. */
export async function open(sealed: Uint8Array, place: string, { byId }: NumberedKeys): Promise<string> {
  if (sealed[0] !== VERSION) throw new Error("not a sealed object of this version");
  const keyId = fromUtf8(sealed.subarray(2, 2 + sealed[1]!));
  const key = byId.get(keyId);
  if (!key) throw new Error(`there is no recovery key "${keyId}"`);
  const start = header(keyId).length;
  const [nonce, text] = [sealed.subarray(start, start + NONCE_BYTES), sealed.subarray(start + NONCE_BYTES)];
  const packed = await crypto.subtle.decrypt(algorithm(nonce, keyId, place), await importKey(key, "decrypt"), text as BufferSource);
  return fromUtf8(await through(new Uint8Array(packed), new DecompressionStream("deflate-raw")));
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const piped = new Response(bytes as BodyInit).body!.pipeThrough(stream as TransformStream<Uint8Array, Uint8Array>);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}
