import { fromUtf8 } from "../kernel/bytes.ts";
import { type Clock, type Instant, MINUTE } from "../kernel/clock.ts";
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
export type Missing = "away" | "refuses" | "lies" | "ahead" | "forked" | "unproven";

/** What witnesses made of a checkpoint: their cosignatures, every one right, and who gave none, by the policy's names. */
export interface Cosigned {
  signatures: NoteSignature[];
  missing: string[];
}

/** That the tree which is to be cosigned is that of an older size, grown. */
type Prove = (oldSize: bigint) => Promise<readonly Hash[]>;

export interface WitnessPorts {
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** Told, at most once a minute, who is missing and why: `<name> <Missing>`, one after the other. */
  alarm(missing: string): void;
  /** How long all of them are waited for. */
  deadlineMs?: number;
}

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
  prove: Prove;
}

/** The log's side of C2SP tlog-witness. Who is away, slow, wrong or of another opinion is missing: nothing waits for them, and nothing stops. */
export class Witnesses {
  readonly #witnesses: readonly AskedWitness[];
  readonly #ports: WitnessPorts;
  /** What each cosigned last, as far as this instance knows; where it does not, the witness says it. */
  readonly #sizes = new Map<AskedWitness, bigint>();
  #alarmedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(witnesses: readonly AskedWitness[], ports: WitnessPorts) {
    this.#witnesses = witnesses;
    this.#ports = ports;
  }

  /** Asks all of them at once to cosign the signed checkpoint of a tree of this size. Never throws, and answers within the deadline. */
  async cosign(note: string, size: bigint, prove: Prove): Promise<Cosigned> {
    const signal = AbortSignal.timeout(this.#ports.deadlineMs ?? DEADLINE_MS);
    const answers = await Promise.all(this.#witnesses.map((witness) => inTime(signal, this.#ask(witness, { note, size, prove }, signal))));
    const signatures = answers.filter((answer) => typeof answer !== "string");
    const missing = this.#witnesses.flatMap(({ name }, at) => (typeof answers[at] === "string" ? [[name, answers[at]] as const] : []));
    this.#alarm(missing);
    return { signatures, missing: missing.map(([name]) => name) };
  }

  /** Asks once from the size that is remembered, and once more from the one the witness says it has. */
  async #ask(witness: AskedWitness, signed: Signed, signal: AbortSignal): Promise<NoteSignature | Missing> {
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
    const response = await this.#ports.fetch(`${url}/add-checkpoint`, { method: "POST", body, redirect: "manual", signal });
    const bytes = await readAtMost(MAX_ANSWER, response.body);
    return { status: response.status, body: bytes ? fromUtf8(bytes) : "" };
  }

  async #opened(witness: AskedWitness, { note, size }: Signed, answer: string): Promise<NoteSignature | Missing> {
    const text = note.slice(0, note.lastIndexOf("\n\n") + 1);
    const opened = await openCosignatures(text, answer, [witness.key]);
    if (!opened.ok) return "lies";
    this.#sizes.set(witness, size);
    return opened.verified[0]!.signature;
  }

  #alarm(missing: readonly (readonly [name: string, why: Missing])[]): void {
    const now = this.#ports.clock();
    if (missing.length === 0 || now - this.#alarmedAt < MINUTE) return;
    this.#alarmedAt = now;
    this.#ports.alarm(missing.map(([name, why]) => `${name} ${why}`).join(", "));
  }
}

/** A question that fails or takes too long was asked in vain, and goes on unheard. */
async function inTime(signal: AbortSignal, answer: Promise<NoteSignature | Missing>): Promise<NoteSignature | Missing> {
  const over = new Promise<Missing>((resolve) => signal.addEventListener("abort", () => resolve("away")));
  return Promise.race([answer.catch((): Missing => "away"), over]);
}
