/** A small log of its own key, whose checkpoints and proofs are as good as anybody's. */
import { utf8 } from "../../src/kernel/bytes.ts";
import { formatCheckpoint } from "../../src/tlog/checkpoint.ts";
import { type Hash, leafHash, rootOf } from "../../src/tlog/merkle.ts";
import { formatNote } from "../../src/tlog/note.ts";
import { consistencyProof } from "../../src/tlog/proofs.ts";
import { logSigner, sign, type Signer } from "../../src/tlog/sign.ts";
import { formatAddCheckpoint } from "../../src/tlog/witness.ts";

export const ORIGIN = "log.test/one";
/** Secret keys of tests, 32 bytes of one kind each. */
export const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

const LEAVES = 40;

export interface TestLog {
  origin: string;
  signer: Signer;
  root(size: number): Hash;
  proof(from: number, to: number): Hash[];
  /** The signed note. */
  checkpoint(size: number, extensions?: string[]): Promise<string>;
  /** What is posted to a witness that has the tree of the size `from`. */
  request(from: number, to: number): Promise<string>;
}

/** Two of one key whose `forkedAt` differ have other leaves from there on. */
export async function testLog({ origin = ORIGIN, key = 1, forkedAt = LEAVES } = {}): Promise<TestLog> {
  const leaves = Array.from({ length: LEAVES }, (_, at) => leafHash(utf8(at < forkedAt ? `leaf ${at}` : `another ${at}`)));
  const signer = await logSigner(origin, seed(key));
  const root = (size: number): Hash => rootOf(leaves.slice(0, size));
  const proof = (from: number, to: number): Hash[] =>
    consistencyProof(BigInt(from), BigInt(to), ({ height, index }) => rootOf(leaves.slice(Number(index) << height, (Number(index) + 1) << height)));
  const checkpoint = (size: number, extensions: string[] = []) => signed(signer, { origin, size: BigInt(size), root: root(size), extensions });
  return { origin, signer, root, proof, checkpoint, request: async (from, to) => formatAddCheckpoint(BigInt(from), proof(from, to), await checkpoint(to)) };
}

export async function signed(signer: Signer, checkpoint: Parameters<typeof formatCheckpoint>[0]): Promise<string> {
  const text = formatCheckpoint(checkpoint);
  return formatNote({ text, signatures: [await sign(text, signer)] });
}
