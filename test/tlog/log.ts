import { append, EMPTY_RANGE, rangeRoot } from "../../src/tlog/compact-range.ts";
import { formatCheckpoint } from "../../src/tlog/checkpoint.ts";
import type { Hash } from "../../src/tlog/merkle.ts";
import { formatNote, type NoteSignature } from "../../src/tlog/note.ts";
import type { HashAt } from "../../src/tlog/proofs.ts";
import { cosign, logSigner, sign, type Signer, witnessSigner } from "../../src/tlog/sign.ts";
import { naiveRoot, numbered } from "./naive.ts";

/** A small log with its key, and witnesses with theirs. */

export const ORIGIN = "nser.example/log";
const LEAVES: readonly Hash[] = numbered(50);

export const seedOf = (number: number): Uint8Array => new Uint8Array(32).fill(number);

export const log = await logSigner(ORIGIN, seedOf(1));
export const witnesses: readonly Signer[] = await Promise.all([2, 3, 4].map((n) => witnessSigner(`witness.example/${n}`, seedOf(n))));

export const rootAt = (size: number): Hash => rangeRoot(LEAVES.slice(0, size).reduce(append, EMPTY_RANGE));

export const hashAt: HashAt = ({ height, index }) => {
  const from = Number(index) * 2 ** height;
  return naiveRoot(LEAVES.slice(from, from + 2 ** height));
};

export const checkpointText = (size: number, { origin = ORIGIN, root = rootAt(size) } = {}): string =>
  formatCheckpoint({ origin, size: BigInt(size), root, extensions: [] });

/** A text signed by the log, and cosigned by some at the times 1000, 1001, … */
export async function signed(text: string, cosigners: readonly Signer[] = [], signer = log): Promise<string> {
  const cosignatures = cosigners.map((witness, at) => cosign(text, 1000n + BigInt(at), witness));
  const signatures: NoteSignature[] = await Promise.all([sign(text, signer), ...cosignatures]);
  return formatNote({ text, signatures });
}
