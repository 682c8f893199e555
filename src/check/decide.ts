import type { Kind, Pseudonym } from "../bst/kinds.ts";
import { equalBytes } from "../kernel/bytes.ts";
import type { OperatorRow } from "./directory.ts";
import { answerable, grown } from "./lease.ts";
import { ALL_KINDS_PURPOSES, type Purpose, type Question } from "./question.ts";
import { INDETERMINATE, type Refusal } from "./refusal.ts";

/** `grace`: its epoch is over and another is due. `retired`: it is not answered for, unless its person is excluded. */
export type Standing = "current" | "grace" | "retired";

/** A token that was opened, or why it was not. */
export type Opened =
  | { ok: true; kind: Kind; epoch: number; rootEpoch: number; p: Pseudonym; standing: Standing }
  | { ok: false; problem: "token-invalid" | "token-retired" };

/** How the set knows one token's pseudonym; `unknown` when no answer is to be had, as for a token that was not opened. */
export type Verdict = "excluded" | "clear" | "unknown";

/** How current the data is that a decision rests on. */
export interface Freshness {
  sequence: number;
  /** Register's time up to which the data is complete, as RFC 3339 has it. */
  through: string;
  /** The data's greatest possible age in ms. */
  stalenessMs: number;
  /** Whether `clear` may rest on it; if not, only `excluded` may. */
  clearAllowed: boolean;
}

/** The answer to a check. `decision` is one of two words and nothing else; whatever is not a decision is a problem. */
export interface Answer {
  decision: "excluded" | "clear";
  purpose: Purpose;
  kinds: Kind[];
  sequence: number;
  freshThrough: string;
  maxStalenessMs: number;
  answerId: string;
  /** Only with the purpose payout: the money must go out, excluded or not. */
  mustPay?: true;
  /** The token to keep from now on in the place of the one that was asked with. */
  nextToken?: string;
  /** The same when several were asked with: one for each, in their order, null where the old one stays. */
  nextTokens?: (string | null)[];
  /** A token has to be issued anew, because its epoch holds another root. */
  renew?: true;
}

export type Outcome = { ok: true; answer: Answer } | Refusal;

/**
 * Decides one check. `excluded` if any token's person is; else the problem if a token cannot be read; else the problem
 * if the licence requires a kind that was not asked about; else `clear`. Never `clear` on doubt: an unknown verdict or
 * data too old is `indeterminate`.
 */
export function decide(
  question: Question,
  operator: OperatorRow,
  opened: readonly Opened[],
  verdicts: readonly Verdict[],
  freshness: Freshness,
  answerId: string,
): Outcome {
  if (verdicts.includes("excluded")) return decision("excluded", question, opened, freshness, answerId);
  if (!freshness.clearAllowed || opened.length === 0) return INDETERMINATE;
  for (let at = 0; at < opened.length; at++) {
    const token = opened[at]!;
    if (!token.ok) return unreadable(question, token.problem, at);
    if (token.standing === "retired") return unreadable(question, "token-retired", at);
  }
  for (let at = 0; at < opened.length; at++) if (verdicts[at] !== "clear") return INDETERMINATE;
  const missing = missingKinds(question, operator, opened);
  if (missing.length > 0) {
    return { ok: false, problem: "identifiers-missing", detail: `the licence also requires ${missing.join(", ")}` };
  }
  return decision("clear", question, opened, freshness, answerId);
}

/** An outcome that is given only `elapsed` ms after it was decided: as much older, and no `clear` any more beyond the bound. */
export function aged(outcome: Outcome, elapsed: number): Outcome {
  if (!outcome.ok || elapsed === 0) return outcome;
  const maxStalenessMs = grown(outcome.answer.maxStalenessMs, elapsed);
  const may = elapsed < 0 ? "nothing" : answerable(maxStalenessMs);
  const given = may === "everything" || (may === "excluded" && outcome.answer.decision === "excluded");
  return given ? { ...outcome, answer: { ...outcome.answer, maxStalenessMs } } : INDETERMINATE;
}

function decision(
  word: Answer["decision"],
  question: Question,
  opened: readonly Opened[],
  freshness: Freshness,
  answerId: string,
): Outcome {
  const answer: Answer = {
    decision: word,
    purpose: question.purpose,
    kinds: kindsOf(opened),
    sequence: freshness.sequence,
    freshThrough: freshness.through,
    maxStalenessMs: freshness.stalenessMs,
    answerId,
  };
  if (question.purpose === "payout") answer.mustPay = true;
  return { ok: true, answer };
}

function kindsOf(opened: readonly Opened[]): Kind[] {
  const kinds: Kind[] = [];
  for (const token of opened) if (token.ok) kinds.push(token.kind);
  return kinds;
}

/** What is said of a token that cannot be answered for. */
export const UNREADABLE = {
  "token-invalid": "mistyped, or not a token of yours",
  "token-retired": "tokenise the identifier again",
};

function unreadable(question: Question, code: keyof typeof UNREADABLE, at: number): Outcome {
  const pointer = question.tokens.length === 1 ? "/token" : `/tokens/${at}`;
  return { ok: false, problem: code, errors: [{ pointer, detail: UNREADABLE[code] }] };
}

function missingKinds({ purpose }: Question, { requiredKinds }: OperatorRow, opened: readonly Opened[]): Kind[] {
  if (!ALL_KINDS_PURPOSES.has(purpose)) return [];
  const kinds = kindsOf(opened.length > 1 ? opened.filter(isFirstOfItsIdentifier) : opened);
  return requiredKinds.filter((kind) => !kinds.includes(kind));
}

/** An identifier is of one kind, whatever its tokens say: blind issuance takes the operator's word for theirs. */
const isFirstOfItsIdentifier = (token: Opened, at: number, opened: readonly Opened[]): boolean =>
  token.ok && opened.findIndex((other) => other.ok && equalBytes(other.p, token.p)) === at;
