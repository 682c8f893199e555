import { ELEMENT_BYTES, evaluateElements, OUTPUT_BYTES } from "../../src/bst/blind.ts";
import type { Lineage } from "../../src/bst/lineage.ts";
import { lineageFrom } from "../../src/bst/pseudonym.ts";
import type { TokenizerApi } from "../../src/domains/tokens/rpc.ts";
import type { Random } from "../../src/kernel/clock.ts";
import { charge, type EvaluationPorts, readBytes } from "./evaluate.ts";

/**
 * Blinded elements under the key, with their proof; the places of those that are none, which are charged for, since
 * telling costs too. Throws as `evaluate` does.
 */
export async function evaluateBlinded(input: unknown, ports: EvaluationPorts, random: Random): ReturnType<TokenizerApi["evaluateBlinded"]> {
  const elements = readBytes(input, ELEMENT_BYTES, `an element of ${ELEMENT_BYTES} bytes`);
  await charge("blind-evaluations", elements.length, ports);
  return evaluateElements(ports.keys, elements, random);
}

/** The lineages that finalized outputs begin, in order. Throws as `evaluate` does, and quotes none: an output is as secret as its identifier. */
export async function lineages(input: unknown, ports: EvaluationPorts): Promise<Lineage[]> {
  const outputs = readBytes(input, OUTPUT_BYTES, `an output of ${OUTPUT_BYTES} bytes`);
  await charge("lineages", outputs.length, ports);
  return outputs.map((output) => lineageFrom(ports.keys, output));
}
