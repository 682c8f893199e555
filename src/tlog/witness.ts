import { equalBytes, toBase64 } from "../kernel/bytes.ts";
import type { Result } from "../kernel/result.ts";
import { type Checkpoint, type CheckpointRefusal, parseCheckpoint } from "./checkpoint.ts";
import { MAX_PROOF_HASHES, parseDecimal, parseField, parseHashes } from "./lines.ts";
import { EMPTY_ROOT, type Hash } from "./merkle.ts";
import { type Note, type NoteRefusal, parseNote, parseSignatures } from "./note.ts";
import { type Opened, verifyNote } from "./open.ts";
import { type TreeHead, verifyConsistency } from "./proofs.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** The witness protocol, C2SP tlog-witness: what a log posts to `add-checkpoint`, and what a witness does about it. */

export interface AddCheckpoint {
  /** Of the tree that the log believes the witness cosigned last; 0 when it never did. */
  oldSize: bigint;
  /** That the checkpoint's tree is that one grown. */
  proof: readonly Hash[];
  /** The signed note. */
  note: Note;
  checkpoint: Checkpoint;
}

export type AddCheckpointRefusal =
  | NoteRefusal
  | CheckpointRefusal
  | "old-size-malformed"
  | "proof-malformed"
  | "proof-too-long"
  | "checkpoint-missing";

/** What a witness answers instead of its cosignature. `size`, of the tree it cosigned last, is the body of a 409. */
export type WitnessRefusal = { status: 400 | 403 | 404 | 422 } | { status: 409; size: bigint };

const EMPTY: TreeHead = { size: 0n, root: EMPTY_ROOT };

/** The request's body; `note` is the signed checkpoint. */
export const formatAddCheckpoint = (oldSize: bigint, proof: readonly Hash[], note: string): string =>
  `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join("")}\n${note}`;

/** Reads what `formatAddCheckpoint` writes, and refuses everything else; a witness answers 400 then. */
export function parseAddCheckpoint(body: string): Result<{ request: AddCheckpoint }, { refusal: AddCheckpointRefusal }> {
  const end = body.indexOf("\n\n");
  if (end < 0) return { ok: false, refusal: "checkpoint-missing" };
  const [oldLine, ...proofLines] = body.slice(0, end).split("\n");
  const oldSize = parseDecimal(parseField("old", oldLine) ?? "");
  if (oldSize === null) return { ok: false, refusal: "old-size-malformed" };
  if (proofLines.length > MAX_PROOF_HASHES) return { ok: false, refusal: "proof-too-long" };
  const proof = parseHashes(proofLines);
  if (!proof) return { ok: false, refusal: "proof-malformed" };
  const parsed = parseNote(body.slice(end + 2));
  if (!parsed.ok) return parsed;
  const read = parseCheckpoint(parsed.note.text);
  return read.ok ? { ok: true, request: { oldSize, proof, note: parsed.note, checkpoint: read.checkpoint } } : read;
}

/** Whether the checkpoint is signed by its log; `keys` are those of its origin, null when the witness does not know it. Null when all is well. */
export async function refuseSigner({ note }: AddCheckpoint, keys: readonly VerifierKey[] | null): Promise<WitnessRefusal | null> {
  if (!keys) return { status: 404 };
  return (await verifyNote(note, keys)).ok ? null : { status: 403 };
}

/**
 * Whether the checkpoint continues what was cosigned last for its origin, null for nothing yet. Null when it is to be
 * cosigned. It is synchronous because the new checkpoint must be kept in the same transaction, or two requests could roll the log back.
 */
export function refuseGrowth(last: TreeHead | null, { oldSize, proof, checkpoint }: AddCheckpoint): WitnessRefusal | null {
  if (oldSize > checkpoint.size) return { status: 400 };
  const { size, root } = last ?? EMPTY;
  if (oldSize !== size) return { status: 409, size };
  if (size === checkpoint.size && !equalBytes(root, checkpoint.root)) return { status: 409, size };
  return verifyConsistency({ size, root }, checkpoint, proof) ? null : { status: 422 };
}

/** The body of a 409, whose type is `text/x.tlog.size`. */
export const formatSize = (size: bigint): string => `${size}\n`;

/** Reads the body of a 409; null for anything else. */
export const parseSize = (body: string): bigint | null => (body.endsWith("\n") ? parseDecimal(body.slice(0, -1)) : null);

/** Reads a witness's answer to the checkpoint of this text, and verifies it with the keys of the witnesses that were asked. */
export async function openCosignatures(text: string, answer: string, keys: readonly VerifierKey[]): Promise<Opened> {
  const parsed = parseSignatures(answer);
  return parsed.ok ? verifyNote({ text, signatures: parsed.signatures }, keys) : parsed;
}
