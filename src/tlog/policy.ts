import { equalBytes } from "../kernel/bytes.ts";
import type { Result } from "../kernel/result.ts";
import { COSIGNATURE, type KeyType, NOTE, parseVerifierKey, type VerifierKey } from "./verifier-key.ts";

/** Which logs are believed, and how many witnesses must have cosigned, in the form of C2SP tlog-policy: <https://c2sp.org/tlog-policy>. */
export interface Policy {
  logs: readonly PolicyLog[];
  witnesses: readonly PolicyWitness[];
  quorum: Quorum;
}

export interface PolicyLog {
  /** Its name is the log's origin. */
  key: VerifierKey;
  url: string | null;
}

export interface PolicyWitness {
  /** What the policy calls it. */
  name: string;
  key: VerifierKey;
  url: string | null;
}

/** A witness, or so many of a group; a group without members and a threshold of 0 asks for nobody. */
export type Quorum = { witness: VerifierKey } | { threshold: number; members: readonly Quorum[] };

export type PolicyRefusal =
  | "control-character"
  | "line-unknown"
  | "fields-wrong"
  | "key-malformed"
  | "key-twice"
  | "name-taken"
  | "name-unknown"
  | "member-twice"
  | "threshold-wrong"
  | "quorum-twice"
  | "quorum-missing";

const NOBODY: Quorum = { threshold: 0, members: [] };
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Whether those who cosigned are enough. */
export const isSatisfied = (quorum: Quorum, cosigners: ReadonlySet<VerifierKey>): boolean =>
  "witness" in quorum ? cosigners.has(quorum.witness) : quorum.members.filter((member) => isSatisfied(member, cosigners)).length >= quorum.threshold;

/** Reads a policy; `line` is that of the fault, counted from 1. */
export function parsePolicy(text: string): Result<{ policy: Policy }, { refusal: PolicyRefusal; line: number }> {
  const reader = new Reader();
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    const refusal = CONTROL.test(line) ? "control-character" : reader.read(line.split(/[ \t]+/).filter((field) => field !== ""));
    if (refusal) return { ok: false, refusal, line: at + 1 };
  }
  const { logs, witnesses, quorum } = reader;
  return quorum ? { ok: true, policy: { logs, witnesses, quorum } } : { ok: false, refusal: "quorum-missing", line: lines.length };
}

class Reader {
  readonly logs: PolicyLog[] = [];
  readonly witnesses: PolicyWitness[] = [];
  quorum: Quorum | null = null;
  readonly #named = new Map<string, Quorum>();
  readonly #members = new Set<string>();

  /** One line in its fields. */
  read([keyword = "#", ...fields]: readonly string[]): PolicyRefusal | null {
    if (keyword.startsWith("#")) return null;
    if (keyword === "log") return this.#log(fields);
    if (keyword === "witness") return this.#witness(fields);
    if (keyword === "group") return this.#group(fields);
    return keyword === "quorum" ? this.#quorum(fields) : "line-unknown";
  }

  #log([text, url, ...more]: readonly string[]): PolicyRefusal | null {
    if (text === undefined || more.length > 0) return "fields-wrong";
    const key = keyOf(text, NOTE);
    if (!key) return "key-malformed";
    if (isAmong(this.logs, key)) return "key-twice";
    this.logs.push({ key, url: url ?? null });
    return null;
  }

  #witness([name, text, url, ...more]: readonly string[]): PolicyRefusal | null {
    if (name === undefined || text === undefined || more.length > 0) return "fields-wrong";
    const key = keyOf(text, COSIGNATURE);
    if (!key) return "key-malformed";
    if (isAmong(this.witnesses, key)) return "key-twice";
    this.witnesses.push({ name, key, url: url ?? null });
    return this.#define(name, { witness: key });
  }

  #group([name, threshold, ...names]: readonly string[]): PolicyRefusal | null {
    if (name === undefined || threshold === undefined || names.length === 0) return "fields-wrong";
    const members: Quorum[] = [];
    for (const name of names) {
      const member = this.#named.get(name);
      if (!member) return "name-unknown";
      if (this.#members.has(name)) return "member-twice";
      this.#members.add(name);
      members.push(member);
    }
    const count = thresholdOf(threshold, members.length);
    return count === null ? "threshold-wrong" : this.#define(name, { threshold: count, members });
  }

  #quorum([name, ...more]: readonly string[]): PolicyRefusal | null {
    if (name === undefined || more.length > 0) return "fields-wrong";
    if (this.quorum) return "quorum-twice";
    this.quorum = (name === "none" ? NOBODY : this.#named.get(name)) ?? null;
    return this.quorum ? null : "name-unknown";
  }

  #define(name: string, quorum: Quorum): PolicyRefusal | null {
    if (name === "none" || this.#named.has(name)) return "name-taken";
    this.#named.set(name, quorum);
    return null;
  }
}

function keyOf(text: string, type: KeyType): VerifierKey | null {
  const key = parseVerifierKey(text);
  return key?.type === type ? key : null;
}

/** Keys are the same when their bytes are, whatever their names. */
const isAmong = (entries: readonly { key: VerifierKey }[], { publicKey }: VerifierKey): boolean =>
  entries.some(({ key }) => equalBytes(key.publicKey, publicKey));

function thresholdOf(text: string, members: number): number | null {
  if (text === "any") return 1;
  if (text === "all") return members;
  const count = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= members ? count : null;
}
