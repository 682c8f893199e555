import type { Result } from "../../../kernel/result.ts";
import type { KeyHolder } from "../../operators/rpc.ts";
import type { GuardRefusal } from "../guard-rpc.ts";
import type { BlindEvaluation } from "../rpc.ts";
import type { BlindParts } from "./parts.ts";

/**
 * An operator's blinded elements under the identity key, in their order, with one proof. All or nothing: what is no
 * element refuses the request and is named by its place; the operator's day is charged for it. Throws when the guard or
 * the tokenizer does not answer.
 */
export async function evaluateBlinded(
  { blindTokenizer, guard }: Omit<BlindParts, "keyring">,
  holder: KeyHolder,
  elements: readonly Uint8Array[],
): Promise<Result<BlindEvaluation, GuardRefusal | { refusal: "elements-invalid"; refused: number[] }>> {
  const admitted = await guard.admit(holder, { door: "blind", count: elements.length });
  if (!admitted.ok) return admitted;
  const evaluation = await blindTokenizer.evaluateBlinded(elements);
  return evaluation.ok ? evaluation : { ok: false, refusal: "elements-invalid", refused: evaluation.refused };
}
