import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { lengthPrefixed, toHex, utf8 } from "../../../kernel/bytes.ts";

/** HMAC-SHA-256 under the office's lookup key of what accounts are found by, each with a label of its own. */
export const keyed = (lookupKey: Uint8Array, ...parts: string[]): string => toHex(hmac(sha256, lookupKey, lengthPrefixed(...parts.map(utf8))));

/** Of a phone in E.164. */
export const phoneKeyOf = (lookupKey: Uint8Array, phone: string): string => keyed(lookupKey, "phone", phone);
