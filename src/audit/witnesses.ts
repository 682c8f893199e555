import { fromUtf8 } from "../kernel/bytes.ts";
import { readAtMost } from "../kernel/streams.ts";
import type { Hash } from "../tlog/merkle.ts";
import type { NoteSignature } from "../tlog/note.ts";
import { parsePolicy, type PolicyWitness } from "../tlog/policy.ts";
import { formatAddCheckpoint, openCosignatures, parseSize } from "../tlog/witness.ts";

/** A witness, and where it is asked. */
export interface AskedWitness extends PolicyWitness {
  url: string;
}

/**
 * Why a cosignature is missing. `away`: no answer came in time, or there was no proof to ask with. `ahead`: the witness cosigned a larger
 * tree than this one: the log was rolled back, or somebody else has its key. `forked`: it cosigned another tree of the same size. `unproven`:
 * it was not shown that this tree is the one it cosigned, grown.
 */
export type Why = "away" | "refuses" | "lies" | "ahead" | "forked" | "unproven";

/** What witnesses said to a checkpoint: their cosignatures, every one right, and by the names of their keys who gave none. */
export interface Cosigned {
  signatures: readonly NoteSignature[];
  missing: readonly { name: string; why: Why }[];
}

/**
 * Asks every witness to cosign the signed checkpoint of a tree of this size; `prove` proves that it is the tree of an older size grown.
 * Never throws, and answers in a second or so: who has not answered then is missing.
 */
export type Cosign = (note: string, size: bigint, prove: (oldSize: bigint) => Promise<readonly Hash[]>) => Promise<Cosigned>;

const DEADLINE_MS = 1_000;
const MAX_ANSWER = 65_536;

/** Those of LOG_WITNESSES; none when it is empty. Throws RangeError when it is no policy, or a witness in it has no address. */
export function readWitnesses(text: string): AskedWitness[] {
  if (text.trim() === "") return [];
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new RangeError(`LOG_WITNESSES: ${parsed.refusal} in line ${parsed.line}`);
  return parsed.policy.witnesses.map(({ url, ...witness }) => {
    if (!url || !URL.canParse(url)) throw new RangeError(`LOG_WITNESSES: ${witness.name} has no address`);
    return { ...witness, url: url.replace(/\/$/, "") };
  });
}

interface Signed {
  note: string;
  size: bigint;
  prove: Parameters<Cosign>[2];
}

/** The log's side of C2SP tlog-witness. Who is away, slow, wrong or of another opinion is missing: nothing waits for them, and nothing stops. */
export class Witnesses {
  readonly #witnesses: readonly AskedWitness[];
  readonly #fetch: typeof globalThis.fetch;
  readonly #deadlineMs: number;
  /** What each cosigned last, as far as this instance knows; where it does not, the witness says it. */
  readonly #sizes = new Map<AskedWitness, bigint>();

  constructor(witnesses: readonly AskedWitness[], fetch: typeof globalThis.fetch, deadlineMs = DEADLINE_MS) {
    this.#witnesses = witnesses;
    this.#fetch = fetch;
    this.#deadlineMs = deadlineMs;
  }

  readonly cosign: Cosign = async (note, size, prove) => {
    const signal = AbortSignal.timeout(this.#deadlineMs);
    const asked = this.#witnesses.map(async (witness) => ({ name: witness.key.name, answer: await inTime(signal, this.#ask(witness, { note, size, prove }, signal)) }));
    const answers = await Promise.all(asked);
    return {
      signatures: answers.flatMap(({ answer }) => (typeof answer === "string" ? [] : [answer])),
      missing: answers.flatMap(({ name, answer }) => (typeof answer === "string" ? [{ name, why: answer }] : [])),
    };
  };

  /** Asks once from the size that is remembered, and once more from the one the witness says it has. */
  async #ask(witness: AskedWitness, signed: Signed, signal: AbortSignal): Promise<NoteSignature | Why> {
    const known = this.#sizes.get(witness) ?? 0n;
    for (let oldSize = known < signed.size ? known : signed.size, told = false; ; told = true) {
      const { status, body } = await this.#post(witness, formatAddCheckpoint(oldSize, await signed.prove(oldSize), signed.note), signal);
      if (status === 200) return this.#opened(witness, signed, body);
      const size = status === 409 ? parseSize(body) : null;
      if (size === null) return status === 422 ? "unproven" : status >= 500 ? "away" : "refuses";
      if (size > signed.size) return "ahead";
      // At the size it has, another root is all there is left to refuse.
      if (size === oldSize) return size === signed.size ? "forked" : "lies";
      if (told) return "refuses";
      oldSize = size;
    }
  }

  async #post({ url }: AskedWitness, body: string, signal: AbortSignal): Promise<{ status: number; body: string }> {
    const response = await this.#fetch(`${url}/add-checkpoint`, { method: "POST", body, redirect: "manual", signal });
    const bytes = await readAtMost(MAX_ANSWER, response.body);
    return { status: response.status, body: bytes ? fromUtf8(bytes) : "" };
  }

  async #opened(witness: AskedWitness, { note, size }: Signed, answer: string): Promise<NoteSignature | Why> {
    const text = note.slice(0, note.lastIndexOf("\n\n") + 1);
    const opened = await openCosignatures(text, answer, [witness.key]);
    if (!opened.ok) return "lies";
    this.#sizes.set(witness, size);
    return opened.verified[0]!.signature;
  }
}

/** A question that fails or takes too long was asked in vain, and goes on unheard. */
async function inTime(signal: AbortSignal, answer: Promise<NoteSignature | Why>): Promise<NoteSignature | Why> {
  const over = new Promise<Why>((resolve) => signal.addEventListener("abort", () => resolve("away")));
  return Promise.race([answer.catch((): Why => "away"), over]);
}
