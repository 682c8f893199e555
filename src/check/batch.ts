import type { Answer, Outcome } from "./decide.ts";
import { type Item, itemOf } from "./many.ts";
import { invalid, isObject, isPurpose, PURPOSE_DETAIL, readQuestion, type Reading } from "./question.ts";
import type { Refusal } from "./refusal.ts";

export const MAX_CHECKS = 1_000;

/** How current the oldest of an answer's decisions is; null when there is no decision. */
export type Worst = { [Field in "sequence" | "freshThrough" | "maxStalenessMs"]: Answer[Field] | null };

/** The answer to a batch. The answer at place n, from 0, has the id `<answerId>.<n>`. */
export interface BatchAnswer extends Worst {
  answerId: string;
  answers: Item[];
}

/**
 * Reads `{"checks": [1 to 1,000], "purpose"?}`, the body of `POST /v1/checks/batch`. A check that names no purpose has the
 * batch's. One that cannot be read is refused alone; the batch only when it is none.
 */
export function readBatch(body: unknown): { ok: true; readings: Reading[] } | Refusal {
  if (!isObject(body)) return invalid([{ pointer: "", detail: "must be an object" }]);
  const { checks, purpose } = body;
  if (!Array.isArray(checks) || checks.length < 1 || checks.length > MAX_CHECKS) {
    return invalid([{ pointer: "/checks", detail: `must be an array of 1 to ${MAX_CHECKS} checks` }]);
  }
  if (purpose !== undefined && !isPurpose(purpose)) return invalid([{ pointer: "/purpose", detail: PURPOSE_DETAIL }]);
  return { ok: true, readings: checks.map((check) => readQuestion(check, purpose)) };
}

export const itemId = (answerId: string, place: number): string => `${answerId}.${place}`;

export function batchAnswer(outcomes: readonly Outcome[], answerId: string): BatchAnswer {
  const answers = outcomes.map((outcome, at) => itemOf(outcome, `/checks/${at}`));
  return { answerId, ...worstOf(outcomes), answers };
}

export const UNDECIDED: Worst = { sequence: null, freshThrough: null, maxStalenessMs: null };

/** The worst of `known` and the outcomes: the fewest rows, the earliest time, the greatest age. */
export function worstOf(outcomes: readonly Outcome[], known: Worst = UNDECIDED): Worst {
  let { sequence, freshThrough, maxStalenessMs } = known;
  for (const outcome of outcomes) {
    if (!outcome.ok) continue;
    const { answer } = outcome;
    if (sequence === null || answer.sequence < sequence) sequence = answer.sequence;
    if (freshThrough === null || answer.freshThrough < freshThrough) freshThrough = answer.freshThrough;
    if (maxStalenessMs === null || answer.maxStalenessMs > maxStalenessMs) maxStalenessMs = answer.maxStalenessMs;
  }
  return { sequence, freshThrough, maxStalenessMs };
}
