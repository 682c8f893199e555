import type { Result } from "../../../kernel/result.ts";
import type { PairKeysApi, PairKeyStep, RotatePairKey } from "./rpc.ts";

/**
 * Moves every operator's epoch to a pairwise key, some at a time. Throws where Register does not answer: who was moved
 * stays so, and the same command goes on with the others.
 */
export async function rotateEverybody(
  directory: Pick<PairKeysApi, "rotatePairKey">, command: Omit<RotatePairKey, "after">,
): Promise<Result<Omit<PairKeyStep, "next">, { refusal: "command-reused" }>> {
  const all = { moved: 0, already: 0, left: [] as string[] };
  for (let after: string | null = null; ; ) {
    const step = await directory.rotatePairKey({ ...command, after });
    if (!step.ok) return step;
    all.moved += step.moved;
    all.already += step.already;
    all.left.push(...step.left);
    if (step.next === null) return { ok: true, ...all };
    after = step.next;
  }
}
