/** A log of few entries in memory, signed and cosigned as the real one is, and the policy that believes it. */
import { type AuditSource, leafOf, type LogEntry } from "../../src/audit/entry.ts";
import type { AuditLogApi } from "../../src/audit/rpc.ts";
import { formatCheckpoint } from "../../src/tlog/checkpoint.ts";
import { type Hash, leafHash, rootOf } from "../../src/tlog/merkle.ts";
import { formatNote } from "../../src/tlog/note.ts";
import { inclusionProof } from "../../src/tlog/proofs.ts";
import { cosign, logSigner, sign, witnessSigner } from "../../src/tlog/sign.ts";
import { formatProof } from "../../src/tlog/tlog-proof.ts";
import { formatVerifierKey } from "../../src/tlog/verifier-key.ts";

export const LOG_NAME = "register.nser.example/log";
export const COSIGNED_AT = 1_800_000_100n;

const seed = (byte: number) => new Uint8Array(32).fill(byte);
const [log, witness] = [await logSigner(LOG_NAME, seed(41)), await witnessSigner("witness.example/w", seed(42))];

const LOG_LINE = `log ${formatVerifierKey(log.key)}`;
/** Believes the log when its witness cosigned. */
export const WITNESSED = `${LOG_LINE}\nwitness w ${formatVerifierKey(witness.key)}\nquorum w\n`;
/** Believes the log's word alone. */
export const UNWITNESSED = `${LOG_LINE}\nquorum none\n`;
/** Believes another log of the same name. */
export const STRANGE = `log ${formatVerifierKey((await logSigner(LOG_NAME, seed(43))).key)}\nquorum none\n`;

export class SmallLog implements Pick<AuditLogApi, "prove" | "policy"> {
  readonly #hashes: Hash[] = [];
  /** The witness does not answer. */
  unwitnessed = false;

  constructor(before: number) {
    for (let at = 0; at < before; at++) this.#hashes.push(leafHash(Uint8Array.of(at & 0xff, at >> 8)));
  }

  /** Its place. */
  append(source: AuditSource, entry: LogEntry): number {
    return this.#hashes.push(leafHash(leafOf(source, entry))) - 1;
  }

  async checkpoint(): Promise<string> {
    const text = formatCheckpoint({ origin: LOG_NAME, size: BigInt(this.#hashes.length), root: rootOf(this.#hashes), extensions: [] });
    const cosigned = this.unwitnessed ? [] : [await cosign(text, COSIGNED_AT, witness)];
    return formatNote({ text, signatures: [await sign(text, log), ...cosigned] });
  }

  async policy(): Promise<string> {
    return WITNESSED;
  }

  async prove(index: number): Promise<string | null> {
    if (index >= this.#hashes.length) return null;
    const hashAt = ({ height, index: at }: { height: number; index: bigint }) => rootOf(this.#hashes.slice(Number(at) * 2 ** height, (Number(at) + 1) * 2 ** height));
    const hashes = inclusionProof(BigInt(index), BigInt(this.#hashes.length), hashAt);
    return formatProof({ extra: null, index: BigInt(index), hashes, checkpoint: await this.checkpoint() });
  }
}
