import { fromUtf8, toHex, utf8 } from "../kernel/bytes.ts";
import type { ShardBits } from "./row.ts";

/** A published snapshot of the set: which shards it has, by the SHA-256 of their bytes. */
export interface Manifest {
  logId: string;
  /** The log's row up to which the shards hold the set. */
  sequence: number;
  /** One set for each root epoch in use: two while a root key is being rotated. */
  sets: ShardSet[];
}

export interface ShardSet {
  rootEpoch: number;
  shardBits: ShardBits;
  /** 2^shardBits hashes in hexadecimal; null for a shard without rows, which is not stored. */
  shards: (string | null)[];
}

const FORMAT = "nser-manifest-1";

/** The manifest's one form in bytes: fields in this order, no white space. It is what is signed. */
export function encodeManifest({ logId, sequence, sets }: Manifest): Uint8Array {
  const ordered = sets.map(({ rootEpoch, shardBits, shards }) => ({ rootEpoch, shardBits, shards }));
  return utf8(JSON.stringify({ format: FORMAT, logId, sequence, sets: ordered }));
}

/** Reads a manifest whose signature was verified. Throws RangeError when it is not one. */
export function decodeManifest(bytes: Uint8Array): Manifest {
  const { format, logId, sequence, sets } = JSON.parse(fromUtf8(bytes)) as Manifest & { format: string };
  if (format !== FORMAT || !sets.every((set) => set.shards.length === 2 ** set.shardBits)) {
    throw new RangeError("not a manifest");
  }
  return { logId, sequence, sets };
}

/** The name of published bytes: their SHA-256 in hexadecimal. */
export const contentHash = async (bytes: Uint8Array): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource)));
