import type { Result } from "../kernel/result.ts";
import { type Checkpoint, type CheckpointRefusal, parseCheckpoint } from "./checkpoint.ts";
import { type Note, parseNote } from "./note.ts";
import { type OpenRefusal, type Verified, verifyNote } from "./open.ts";
import { isSatisfied, type Policy } from "./policy.ts";
import { NOTE, type VerifierKey } from "./verifier-key.ts";

/** A witness that cosigned, and when, in POSIX seconds. */
export interface Cosigner {
  key: VerifierKey;
  time: bigint;
}

export type CheckpointDoubt = OpenRefusal | CheckpointRefusal | "log-unknown" | "not-signed-by-log" | "quorum-missing";

/** A checkpoint that may be believed under a policy. */
export interface BelievedCheckpoint {
  checkpoint: Checkpoint;
  note: Note;
  cosigners: readonly Cosigner[];
}

/** Reads a signed checkpoint. It may be believed when its log, one of the policy's, signed it, and enough of the policy's witnesses cosigned. */
export async function openCheckpoint(text: string, policy: Policy): Promise<Result<BelievedCheckpoint, { refusal: CheckpointDoubt }>> {
  const parsed = parseNote(text);
  if (!parsed.ok) return parsed;
  const read = parseCheckpoint(parsed.note.text);
  if (!read.ok) return read;
  const logs = policy.logs.map(({ key }) => key).filter(({ name }) => name === read.checkpoint.origin);
  if (logs.length === 0) return { ok: false, refusal: "log-unknown" };
  const opened = await verifyNote(parsed.note, [...logs, ...policy.witnesses.map(({ key }) => key)]);
  if (!opened.ok) return opened;
  if (!opened.verified.some(({ key }) => key.type === NOTE)) return { ok: false, refusal: "not-signed-by-log" };
  const cosigners = opened.verified.filter(isCosigner);
  if (!isSatisfied(policy.quorum, new Set(cosigners.map(({ key }) => key)))) return { ok: false, refusal: "quorum-missing" };
  return { ok: true, checkpoint: read.checkpoint, note: parsed.note, cosigners: cosigners.map(({ key, time }) => ({ key, time })) };
}

const isCosigner = (verified: Verified): verified is Verified & { time: bigint } => verified.time !== null;
