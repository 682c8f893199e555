import { sha256 } from "@noble/hashes/sha2.js";
import type { Kind, Pseudonym } from "../bst/kinds.ts";
import { type Lineage, underRoot } from "../bst/lineage.ts";
import { nextPseudonym } from "../bst/pseudonym.ts";
import { formatToken } from "../bst/text.ts";
import type { PresentedKey } from "../check/directory.ts";
import { concat, toHex, utf8 } from "../kernel/bytes.ts";
import { keyring } from "./secrets.ts";

export interface Identifier {
  kind: Kind;
  p: Pseudonym;
  /** The pseudonym in hexadecimal. */
  hex: string;
  /** Under every root there is. */
  lineage: Lineage;
}

/** The roots of a run: the first, and the one it may be rotated to. */
const ROOT_KEY = new Uint8Array(32).fill(3);
export const NEWEST_ROOT = 1;

/** A tokenizer's second verb: what the newer roots make of pseudonyms under this one. */
export const newerThan = (rootEpoch: number, ps: readonly Pseudonym[]): Uint8Array[] =>
  ps.map((p) => (rootEpoch < NEWEST_ROOT ? nextPseudonym(p, ROOT_KEY) : new Uint8Array(0)));

/** What identifiers are under the first root, by what they are under any, in hexadecimal. */
const FIRST = new Map<string, string>();
export const firstHexOf = (hex: string): string => FIRST.get(hex) ?? hex;

/** Somebody with a phone, and an ID document they may state. */
export interface Person {
  phone: Identifier;
  document: Identifier;
}

/** An operator and the keys it was given. */
export interface Operator {
  id: string;
  keys: { id: string; key: PresentedKey }[];
}

export const identifier = (kind: Kind, name: string): Identifier => {
  const p = sha256(utf8(name)).slice(0, 16);
  const [next] = newerThan(0, [p]);
  FIRST.set(toHex(next!), toHex(p));
  return { kind, p, hex: toHex(p), lineage: concat(p, next!) };
};

const PEOPLE = 40;

/** The same people in every run; two each share a document. Their pseudonyms are chance already. */
export const EVERYBODY: readonly Person[] = Array.from({ length: PEOPLE }, (_, n) => ({
  phone: identifier("msisdn", `phone ${n}`),
  document: identifier("national_id", `document ${n >> 1}`),
}));

/** The document of who gets a number that was somebody's before. */
export const NEW_OWNER = identifier("national_id", "document of a new owner");

/** Operators' tokens, each sealed once. */
export class Tokens {
  readonly #tokens = new Map<string, string>();

  /** Operators' epochs move with the root, and with nothing else. */
  of({ id }: Operator, { kind, lineage, hex }: Identifier, epoch: number): string {
    const name = `${id} ${epoch} ${kind} ${hex}`;
    let token = this.#tokens.get(name);
    if (!token) {
      const body = keyring.sealer("1", { operator: id, epoch, kind, generation: 0 }).seal(underRoot(lineage, epoch)!);
      this.#tokens.set(name, (token = formatToken({ kind, epoch, generation: 0, body })));
    }
    return token;
  }
}
