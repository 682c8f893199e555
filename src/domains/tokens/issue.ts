import { canonicalize, type IdentifierRefusal } from "../../bst/canonical.ts";
import type { Keyring } from "../../bst/keyring.ts";
import type { Kind, Pseudonym } from "../../bst/kinds.ts";
import { formatToken } from "../../bst/text.ts";
import type { EpochRow } from "../../check/directory.ts";
import { Generations, type GenerationRow } from "../../check/generations.ts";
import type { Result } from "../../kernel/result.ts";
import type { TokenizerApi } from "./rpc.ts";
import type { Identifiers } from "./schema.ts";

export interface IssueParts {
  tokenizer: TokenizerApi;
  keyring: Keyring;
}

/** What an operator's new tokens are sealed in, and whose are beyond its generation 0. */
export interface Sealing {
  epoch: EpochRow;
  generations: GenerationRow[];
}

/**
 * The operator's own tokens for these identifiers, in their order. All or nothing: one identifier that cannot be read
 * refuses the request and names each such. Throws when the tokenizer does not answer, and when it holds another root
 * than the operator's epoch: a token sealed then would find nobody.
 */
export async function issueTokens(
  { tokenizer, keyring }: IssueParts,
  { epoch, generations: rows }: Sealing,
  identifiers: Identifiers,
): Promise<Result<{ tokens: { type: Kind; token: string }[] }, { refused: { at: number; refusal: IdentifierRefusal }[] }>> {
  const read = identifiers.map(({ type, value }) => canonicalize(type, value));
  const refused = read.flatMap((answer, at) => (answer.ok ? [] : [{ at, refusal: answer.refusal }]));
  if (refused.length > 0) return { ok: false, refused };
  const canonical = read.flatMap((answer) => (answer.ok ? [answer.identifier] : []));
  const pseudonyms = await tokenizer.evaluate(canonical);
  const generations = new Generations();
  rows.forEach((row) => generations.put(row));
  const sealed = canonical.map(({ kind }, at) => {
    const p = pseudonymOf(pseudonyms[at], epoch);
    return { type: kind, token: tokenOf(keyring, epoch, kind, generations.least(epoch, p), p) };
  });
  return { ok: true, tokens: sealed };
}

function pseudonymOf(evaluated: { rootEpoch: number; p: Pseudonym } | undefined, { rootEpoch }: EpochRow): Pseudonym {
  if (evaluated?.rootEpoch !== rootEpoch) throw new Error("The tokenizer's root is not the operator's epoch's");
  return evaluated.p;
}

function tokenOf(keyring: Keyring, { operator, epoch, pairKeyId }: EpochRow, kind: Kind, generation: number, p: Pseudonym): string {
  const body = keyring.sealer(pairKeyId, { operator, epoch, kind, generation }).seal(p);
  return formatToken({ kind, epoch, generation, body });
}
