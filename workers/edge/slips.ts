import { slipOf, wordsOf } from "../../src/bst/slip.ts";
import type { Question } from "../../src/check/question.ts";
import type { Refusal } from "../../src/check/refusal.ts";

const AT = /^\/tokens\/(\d+)$/;

/**
 * A refused token with what was probably mistyped, which takes some 30 µs: so only where a person may have typed it, one
 * check at a time, and only when it is refused. A token whose checksum holds is refused as it was: forged or foreign, one answer.
 */
export function withSlips(refusal: Refusal, { tokens }: Question): Refusal {
  if (refusal.problem !== "token-invalid" || !refusal.errors) return refusal;
  const errors = refusal.errors.map((error) => {
    const slip = slipOf(tokens[Number(AT.exec(error.pointer)?.[1] ?? 0)]!);
    return slip ? { ...error, detail: wordsOf(slip) } : error;
  });
  return { ...refusal, errors };
}
