/** What is proved of tokens, each in pieces that can be worked through apart. */
import { canonicalize } from "../../bst/canonical.ts";
import type { CanonicalIdentifier } from "../../bst/kinds.ts";
import { lineageFrom, lineageOf } from "../../bst/pseudonym.ts";
import { concat } from "../../kernel/bytes.ts";
import { blindly } from "./blind.ts";
import { type Ground, kindOf, OPERATORS, type Tokens, typedIdentifier } from "./ground.ts";
import { mutate } from "./mutations.ts";

/** What one piece came to: counts to be added up, and the pseudonyms, which must all differ. */
export interface Found {
  counts: Record<string, number>;
  pseudonyms?: Uint8Array;
}

/** The inputs of a stage from one number on. */
export interface Piece {
  stage: StageName;
  from: number;
  count: number;
}

interface Stage {
  /** Inputs of one piece: a few seconds of work. */
  pieceOf: number;
  prove(ground: Ground, from: number, count: number): Found;
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

const OUTPUT_BYTES = 64;

/** An output of the VOPRF as far as the stages after it can tell: 64 bytes of which no two numbers have the same. */
function outputOf(n: number): Uint8Array {
  const output = new Uint8Array(OUTPUT_BYTES);
  new DataView(output.buffer).setBigUint64(0, BigInt(n));
  return output;
}

/** Where a token's body begins, after `BST-3keg-`. */
const BODY_AT = 9;

/** Counts how many symbols the bodies of one person's two tokens begin with alike: chance leaves one in 32 alike in the first. */
function countStart(counts: Record<string, number>, { acme, bahati }: Tokens): void {
  for (let at = 0; acme[BODY_AT + at] === bahati[BODY_AT + at]; at++) counts[`alike${at + 1}`] = (counts[`alike${at + 1}`] ?? 0) + 1;
}

/**
 * Issues to both operators for each of these. `pairwise` counts those whose tokens open to their pseudonym for their own
 * operator alone. As opening is a function of text and operator, different pseudonyms so opened had different tokens, and
 * no token of one operator is one of the other's.
 */
function issued(ground: Ground, from: number, pseudonyms: readonly Uint8Array[]): Found {
  const known = pseudonyms.map((p, at) => ({ kind: kindOf(from + at), p }));
  const [acme, bahati] = OPERATORS.map((operator) => ground.issue(operator, known));
  const counts: Record<string, number> = { inputs: known.length, pairwise: 0 };
  known.forEach(({ p }, at) => {
    const tokens = { acme: acme![at]!, bahati: bahati![at]! };
    if (ground.isPairwise(tokens, p)) counts.pairwise!++;
    countStart(counts, tokens);
  });
  return { counts, pseudonyms: concat(...pseudonyms) };
}

/** The identifier behind what was typed. Throws when it cannot be read. */
function read({ kind, value }: CanonicalIdentifier): CanonicalIdentifier {
  const answer = canonicalize(kind, value);
  if (!answer.ok) throw new Error(`${kind} ${value}: ${answer.refusal}`);
  return answer.identifier;
}

export const STAGES = {
  /** The last two stages: the VOPRF's output to pseudonym to token. */
  outputs: {
    pieceOf: 50_000,
    prove: (ground, from, count) => issued(ground, from, range(from, count).map((n) => lineageFrom(ground.identity, outputOf(n)))),
  },
  /** All stages, from what somebody types. */
  identifiers: {
    pieceOf: 2_000,
    prove: (ground, from, count) => issued(ground, from, range(from, count).map((n) => lineageOf(ground.identity, read(typedIdentifier(n))))),
  },
  mutations: {
    pieceOf: 50_000,
    prove: (ground, from, count) => ({ counts: mutate(ground, from, count) }),
  },
  /** The blind door gives what the direct one does. */
  blind: {
    pieceOf: 500,
    prove: (ground, from, count) => ({ counts: blindly(ground, range(from, count).map((n) => read(typedIdentifier(n)))) }),
  },
} as const satisfies Record<string, Stage>;

export type StageName = keyof typeof STAGES;

/** The inputs from 0 to `count` in pieces. */
export function piecesOf(stage: StageName, count: number): Piece[] {
  const { pieceOf } = STAGES[stage];
  return range(0, Math.ceil(count / pieceOf)).map((at) => ({ stage, from: at * pieceOf, count: Math.min(pieceOf, count - at * pieceOf) }));
}
