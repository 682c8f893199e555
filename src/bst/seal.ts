import { hkdf } from "@noble/hashes/hkdf.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { lengthPrefixed, utf8 } from "../kernel/bytes.ts";
import { entryOf, readJson, readKey, refuse } from "./key-config.ts";
import type { Kind, Pseudonym } from "./kinds.ts";
import { OneBlockSiv } from "./siv.ts";

/** Whose tokens, and which of them: everything a token is bound to beside the person. */
export interface SealContext {
  operator: string;
  /** The operator's epoch in full, as the directory has it; a token's text shows it modulo 32. */
  epoch: number;
  kind: Kind;
  /** 0 to 31. */
  generation: number;
}

/** Seals and opens the tokens of one context. */
export interface Sealer {
  /** A token's 32-byte body. The same pseudonym always gives the same body. */
  seal(p: Pseudonym): Uint8Array;
  /** The pseudonym, or null for a body that is forged or of another context: such a token must be refused. */
  open(body: Uint8Array): Pseudonym | null;
}

const VERSION = "3";
const OPERATOR_KEY_LABEL = "NSER BST v3 operator key";

const text = (...parts: readonly (string | number)[]): Uint8Array =>
  lengthPrefixed(...parts.map((part) => utf8(String(part))));

/** Does once what every token of the context shares: key derivation, key schedules, associated data. About 0.1 ms. */
export function prepareSealer(pairKey: Uint8Array, { operator, epoch, kind, generation }: SealContext): Sealer {
  const operatorKey = hkdf(sha512, pairKey, undefined, text(OPERATOR_KEY_LABEL, operator, epoch), 64);
  return new OneBlockSiv(operatorKey, text(VERSION, kind, epoch, generation, operator));
}

/** The pairwise keys by their id. */
export type PairKeys = ReadonlyMap<string, Uint8Array>;

/** Reads PAIR_KEYS, `{"<id>": "<base64url, at least 32 bytes>"}`. Throws one error that names every problem. */
export function parsePairKeys(config: string): PairKeys {
  const parsed = readJson(config);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new Error("Key configuration: PAIR_KEYS is not a JSON object");
  }
  const entries = Object.entries(parsed).map(([id, value]) => [id, readKey(value)] as const);
  refuse([
    ...(entries.length === 0 ? ["PAIR_KEYS holds no key"] : []),
    ...entries.filter(([id]) => id === "").map(() => "PAIR_KEYS has an empty id"),
    ...entries.filter(([, key]) => !key).map(([id]) => `${entryOf("PAIR_KEYS", id)} is not base64url of at least 32 bytes`),
  ]);
  return new Map(entries.flatMap(([id, key]) => (key ? [[id, key]] : [])));
}
