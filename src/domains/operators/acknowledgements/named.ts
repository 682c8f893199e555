import type { Pseudonym } from "../../../bst/kinds.ts";
import type { OwnToken } from "../../tokens/life/index.ts";
import type { TokenizerApi } from "../../tokens/rpc.ts";

const PSEUDONYM_BYTES = 16;

/**
 * What the persons of these tokens are called, in order: under the root of the token, and, of an older one, under each newer. Throws when the tokenizer is needed
 * and does not answer.
 */
export async function namesOf(tokenizer: Pick<TokenizerApi, "advance">, tokens: readonly OwnToken[], rootEpoch: number): Promise<Pseudonym[][]> {
  const names = tokens.map(({ p }) => [p]);
  const older = Map.groupBy([...tokens.keys()].filter((at) => tokens[at]!.epoch.rootEpoch < rootEpoch), (at) => tokens[at]!.epoch.rootEpoch);
  for (const [root, places] of older) {
    const { newer } = await tokenizer.advance(root, places.map((at) => tokens[at]!.p));
    places.forEach((at, place) => names[at]!.push(...inParts(newer[place]!)));
  }
  return names;
}

const inParts = (bytes: Uint8Array): Pseudonym[] =>
  Array.from({ length: bytes.length / PSEUDONYM_BYTES }, (_, at) => bytes.slice(at * PSEUDONYM_BYTES, (at + 1) * PSEUDONYM_BYTES));
