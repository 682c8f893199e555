import { sha256 } from "@noble/hashes/sha2.js";
import { concat } from "../kernel/bytes.ts";

/** The Merkle tree of RFC 6962 §2.1 over SHA-256. It hashes synchronously, because a log grows inside one transaction. */

/** 32 bytes. */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** The hash of the tree without leaves. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());

export const leafHash = (leaf: Uint8Array): Hash => sha256(concat(LEAF, leaf));

export const nodeHash = (left: Hash, right: Hash): Hash => sha256(concat(NODE, left, right));

/** The tree's hash from those of its leaves, in order. */
export function rootOf(hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return EMPTY_ROOT;
  if (hashes.length === 1) return hashes[0]!;
  // The left subtree is the largest full one that is smaller than the whole.
  const left = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return nodeHash(rootOf(hashes.slice(0, left)), rootOf(hashes.slice(left)));
}

/** Hashes that stand one after the other. Throws RangeError when the last is cut short. */
export function splitHashes(bytes: Uint8Array): Hash[] {
  if (bytes.length % HASH_BYTES !== 0) throw new RangeError("hashes cut short");
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) => bytes.slice(HASH_BYTES * at, HASH_BYTES * (at + 1)));
}
