import { toBase64 } from "../kernel/bytes.ts";
import type { Result } from "../kernel/result.ts";
import { MAX_PROOF_HASHES, parseBase64, parseDecimal, parseField, parseHashes } from "./lines.ts";
import { type Hash, leafHash } from "./merkle.ts";
import { type BelievedCheckpoint, type CheckpointDoubt, openCheckpoint } from "./open-checkpoint.ts";
import type { Policy } from "./policy.ts";
import { verifyInclusion } from "./proofs.ts";

/** That an entry is in a log, in a file that is verified without asking anybody: C2SP tlog-proof, <https://c2sp.org/tlog-proof>. */
export interface TlogProof {
  /** What nobody signed: not to be believed for standing here. At least a byte; null for none. */
  extra: Uint8Array | null;
  /** The entry's place in the log, counted from 0. */
  index: bigint;
  hashes: readonly Hash[];
  /** The signed note. */
  checkpoint: string;
}

export type ProofRefusal = "not-a-proof" | "extra-malformed" | "index-malformed" | "hash-malformed" | "proof-too-long" | "checkpoint-missing";

export type ProofDoubt = ProofRefusal | CheckpointDoubt | "not-included";

/** What a proof proves: that the entry is the `index`th of the checkpoint's tree. */
export interface Proven extends BelievedCheckpoint {
  index: bigint;
  extra: Uint8Array | null;
}

const FIRST_LINE = "c2sp.org/tlog-proof@v1";

export function formatProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [FIRST_LINE, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...hashes.map(toBase64)];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** Reads what `formatProof` writes, and refuses everything else. The checkpoint is not looked into. */
export function parseProof(text: string): Result<{ proof: TlogProof }, { refusal: ProofRefusal }> {
  if (!text.startsWith(`${FIRST_LINE}\n`)) return { ok: false, refusal: "not-a-proof" };
  const end = text.indexOf("\n\n");
  if (end < 0) return { ok: false, refusal: "checkpoint-missing" };
  const lines = text.slice(0, end).split("\n").slice(1);
  const extraText = parseField("extra", lines[0]);
  const extra = extraText === null ? null : parseBase64(extraText);
  if (extraText !== null && !extra?.length) return { ok: false, refusal: "extra-malformed" };
  const [indexLine, ...hashLines] = extra ? lines.slice(1) : lines;
  const index = parseDecimal(parseField("index", indexLine) ?? "");
  if (index === null) return { ok: false, refusal: "index-malformed" };
  if (hashLines.length > MAX_PROOF_HASHES) return { ok: false, refusal: "proof-too-long" };
  const hashes = parseHashes(hashLines);
  return hashes ? { ok: true, proof: { extra, index, hashes, checkpoint: text.slice(end + 2) } } : { ok: false, refusal: "hash-malformed" };
}

/** Whether the file proves that the entry, given in its own bytes, is in a log that the policy believes; if not, the one reason. */
export async function verifyProof(text: string, entry: Uint8Array, policy: Policy): Promise<Result<Proven, { refusal: ProofDoubt }>> {
  const parsed = parseProof(text);
  if (!parsed.ok) return parsed;
  const { extra, index, hashes, checkpoint: note } = parsed.proof;
  const opened = await openCheckpoint(note, policy);
  if (!opened.ok) return opened;
  if (!verifyInclusion(leafHash(entry), index, hashes, opened.checkpoint)) return { ok: false, refusal: "not-included" };
  return { ...opened, index, extra };
}
