import { parseSigningKey } from "../../src/kernel/ed25519.ts";
import type { ObjectNamespace } from "../../src/kernel/rpc.ts";
import { isKeyName, NOTE, parseVerifierKey, type VerifierKey } from "../../src/tlog/verifier-key.ts";
import type { WitnessApi } from "../../src/witness/rpc.ts";

export interface Environment {
  /** An object for each log, by its origin. */
  WITNESS: ObjectNamespace<WitnessApi>;
  /** The name of its key. */
  WITNESS_NAME: string;
  /** Verifier keys of the logs that are known, between spaces; several of one name while a log changes its key. */
  LOGS: string;
  /** Secret: `{"<id>": "<base64url Ed25519 seed>"}`, the one key it cosigns with, and signs nothing else. */
  WITNESS_KEY: string;
}

export interface Settings {
  name: string;
  seed: Uint8Array;
  logs: ReadonlyMap<string, readonly VerifierKey[]>;
}

/** Throws, naming the setting, rather than cosign what nobody meant. */
export function readSettings({ WITNESS_NAME: name, LOGS, WITNESS_KEY }: Omit<Environment, "WITNESS">): Settings {
  if (!isKeyName(name)) throw new RangeError("WITNESS_NAME must be the name of a key");
  const keys = LOGS.split(/\s+/).filter(Boolean).map(parseVerifierKey);
  if (!keys.every((key) => key?.type === NOTE)) throw new RangeError("LOGS must be verifier keys of logs");
  return { name, seed: parseSigningKey(WITNESS_KEY, "WITNESS_KEY").seed, logs: Map.groupBy(keys as VerifierKey[], (key) => key.name) };
}
