import { concat } from "../kernel/bytes.ts";

/** The Merkle tree of RFC 6962 §2.1 over SHA-256, hashed natively. All hashes are 32 bytes. */

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource));

export const leafHash = (leaf: Uint8Array): Promise<Uint8Array> => sha256(concat(LEAF, leaf));

/** The tree's hash from those of its leaves, in order; of none it is the hash of nothing. */
export async function rootOf(hashes: readonly Uint8Array[]): Promise<Uint8Array> {
  if (hashes.length === 0) return sha256(new Uint8Array());
  if (hashes.length === 1) return hashes[0]!;
  // The left subtree is the largest full one that is smaller than the whole.
  const left = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  const children = await Promise.all([rootOf(hashes.slice(0, left)), rootOf(hashes.slice(left))]);
  return sha256(concat(NODE, ...children));
}
