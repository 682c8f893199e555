import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "../kernel/bytes.ts";
import type { KeyMode } from "./terms.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 12;

/**
 * `pk_live_<operator>_<12 letters and digits>`, or `pk_test_`: what a key is called in lists, problems and logs. It follows from
 * the key's id, so that every key ever given has one, and stands nowhere but where it is shown.
 */
export function publicIdOf({ id, mode, operator }: { id: string; mode: KeyMode; operator: string }): string {
  const letters = Array.from(sha256(utf8(id)).subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]);
  return `pk_${mode}_${operator}_${letters.join("")}`;
}
