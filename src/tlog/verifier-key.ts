import { sha256 } from "@noble/hashes/sha2.js";
import { concat, toBase64, toHex, utf8 } from "../kernel/bytes.ts";
import { parseBase64 } from "./lines.ts";

/** Keys that notes are verified with (C2SP signed-note), in the text form `<name>+<id>+<type and key>`. */

/** The types of signature that are known here, by the byte that stands for each. */
export const NOTE = 0x01;
export const COSIGNATURE = 0x04;

export type KeyType = typeof NOTE | typeof COSIGNATURE;

export interface VerifierKey {
  name: string;
  /** The first four bytes of a hash over name, type and key, as 8 hexadecimal digits. */
  id: string;
  type: KeyType;
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array;
}

const KEY_BYTES = 32;
const ID_DIGITS = 8;

/** A key's name is not empty, and has neither blanks of any script nor a plus. */
export const isKeyName = (name: string): boolean => /^[^\p{White_Space}+]+$/u.test(name) && name.isWellFormed();

/** Throws RangeError when the name cannot be one, or the key is not of 32 bytes. */
export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError("not a name of a key");
  if (publicKey.length !== KEY_BYTES) throw new RangeError("not an Ed25519 key");
  const hash = sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey));
  return { name, id: toHex(hash).slice(0, ID_DIGITS), type, publicKey };
}

export const formatVerifierKey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${toBase64(concat(Uint8Array.of(type), publicKey))}`;

const TEXT = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/;

/** Reads what `formatVerifierKey` writes; null for anything else: a type not known here, or an id that is not the key's own. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [, name = "", id, encoded = ""] = TEXT.exec(text) ?? [];
  const bytes = parseBase64(encoded);
  const type = bytes?.[0];
  if (!bytes || bytes.length !== 1 + KEY_BYTES || (type !== NOTE && type !== COSIGNATURE) || !isKeyName(name)) return null;
  const key = verifierKey(name, type, bytes.slice(1));
  return key.id === id ? key : null;
}
