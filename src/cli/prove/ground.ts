/** What tokens are proved on: keys drawn for the proof alone, and two operators with an epoch that ends and one that is current. */
import { randomBytes } from "node:crypto";
import { Keyring } from "../../bst/keyring.ts";
import { type CanonicalIdentifier, type Kind, KINDS, type Pseudonym } from "../../bst/kinds.ts";
import { type IdentityKeys, parseIdentityKeys } from "../../bst/pseudonym.ts";
import { parsePairKeys } from "../../bst/seal.ts";
import { Directory, type EpochRow } from "../../check/directory.ts";
import { TokenOpener } from "../../check/open.ts";
import { type Sealing, sealTokens } from "../../domains/tokens/seal.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import { drawSecrets } from "../secrets.ts";

/** The settings of the proof's Workers, as they would be given them. */
export type ProofKeys = Record<"OPRF_KEY" | "ROOT_KEYS" | "PAIR_KEYS", string>;

export function drawKeys(): ProofKeys {
  const { OPRF_KEY, ROOT_KEYS } = drawSecrets().tokenizer;
  const [old, current] = [1, 2].map(() => randomBytes(64).toString("base64url"));
  return { OPRF_KEY: OPRF_KEY!, ROOT_KEYS: ROOT_KEYS!, PAIR_KEYS: JSON.stringify({ 1: old, 2: current }) };
}

export const OPERATORS = ["acme", "bahati"] as const;
export type OperatorId = (typeof OPERATORS)[number];

const EPOCHS = [
  { epoch: 1, pairKeyId: "1", rootEpoch: 0, state: "grace", until: Number.MAX_SAFE_INTEGER },
  { epoch: 2, pairKeyId: "2", rootEpoch: 0, state: "current", until: null },
] as const;

/** One identifier's tokens, one of each operator. */
export type Tokens = Record<OperatorId, string>;

export class Ground {
  readonly identity: IdentityKeys;
  readonly directory: Directory;
  readonly #keyring: Keyring;
  readonly #opener: TokenOpener;

  constructor(keys: ProofKeys) {
    this.identity = parseIdentityKeys(keys);
    this.#keyring = new Keyring(parsePairKeys(keys.PAIR_KEYS));
    this.#opener = new TokenOpener(this.#keyring);
    this.directory = new Directory({ epochs: OPERATORS.flatMap((operator) => EPOCHS.map((epoch): EpochRow => ({ operator, ...epoch }))) });
  }

  /** The operator's tokens for these, as origin seals them. */
  issue(operator: OperatorId, known: readonly { kind: Kind; p: Pseudonym }[]): string[] {
    const sealing: Sealing = { epoch: this.directory.currentEpoch(operator)!, generations: [] };
    return sealTokens(this.#keyring, sealing, known).map(({ token }) => token);
  }

  /** Whom the operator's token stands for, as the edge reads it; null for nobody. */
  open(operator: OperatorId, token: string): Pseudonym | null {
    const opened = this.#opener.open(token, operator, this.directory);
    return opened.ok ? opened.p : null;
  }

  /** Whether each token stands for the pseudonym when its own operator asks, and for nobody when the other does. */
  isPairwise(tokens: Tokens, p: Pseudonym): boolean {
    const [one, other] = OPERATORS;
    return this.#isOf(one, tokens, p) && this.#isOf(other, tokens, p) && this.open(one, tokens[other]) === null && this.open(other, tokens[one]) === null;
  }

  #isOf(operator: OperatorId, tokens: Tokens, p: Pseudonym): boolean {
    const found = this.open(operator, tokens[operator]);
    return found !== null && equalBytes(found, p);
  }
}

/** The kinds in turn. */
export const kindOf = (n: number): Kind => KINDS[n % KINDS.length]!;

/** The n-th identifier as a person might type it. Documents of every kind bear the same numbers, so that only the kind tells them apart. */
export function typedIdentifier(n: number): CanonicalIdentifier {
  const number = String(10_000_000 + Math.floor(n / KINDS.length));
  const kind = kindOf(n);
  return { kind, value: kind === "msisdn" ? `07${number}` : number };
}
