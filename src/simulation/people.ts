import { sha256 } from "@noble/hashes/sha2.js";
import type { Kind, Pseudonym } from "../bst/kinds.ts";
import { formatToken } from "../bst/text.ts";
import type { PresentedKey } from "../check/directory.ts";
import { toHex, utf8 } from "../kernel/bytes.ts";
import { keyring } from "./secrets.ts";

export interface Identifier {
  kind: Kind;
  p: Pseudonym;
  /** The pseudonym in hexadecimal. */
  hex: string;
}

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
  return { kind, p, hex: toHex(p) };
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

  of({ id }: Operator, { kind, p, hex }: Identifier): string {
    const name = `${id} ${kind} ${hex}`;
    let token = this.#tokens.get(name);
    if (!token) {
      const body = keyring.sealer("1", { operator: id, epoch: 0, kind, generation: 0 }).seal(p);
      this.#tokens.set(name, (token = formatToken({ kind, epoch: 0, generation: 0, body })));
    }
    return token;
  }
}
