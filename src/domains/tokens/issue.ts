import { canonicalize, type IdentifierRefusal } from "../../bst/canonical.ts";
import type { Keyring } from "../../bst/keyring.ts";
import type { Kind, Pseudonym } from "../../bst/kinds.ts";
import { formatToken } from "../../bst/text.ts";
import type { EpochRow } from "../../check/directory.ts";
import type { Result } from "../../kernel/result.ts";
import type { TokenizerApi } from "./rpc.ts";
import type { Identifiers } from "./schema.ts";

export interface IssueParts {
  tokenizer: TokenizerApi;
  keyring: Keyring;
}

/** A token rotated alone gets the next one; a first token is of generation 0. */
const FIRST_GENERATION = 0;

/**
 * The operator's own tokens for these identifiers, in their order. All or nothing: one identifier that cannot be read
 * refuses the request and names each such. Throws when the tokenizer does not answer, and when it holds another root
 * than the operator's epoch: a token sealed then would find nobody.
 */
export async function issueTokens(
  { tokenizer, keyring }: IssueParts,
  epoch: EpochRow,
  identifiers: Identifiers,
): Promise<Result<{ tokens: { type: Kind; token: string }[] }, { refused: { at: number; refusal: IdentifierRefusal }[] }>> {
  const read = identifiers.map(({ type, value }) => canonicalize(type, value));
  const refused = read.flatMap((answer, at) => (answer.ok ? [] : [{ at, refusal: answer.refusal }]));
  if (refused.length > 0) return { ok: false, refused };
  const canonical = read.flatMap((answer) => (answer.ok ? [answer.identifier] : []));
  const pseudonyms = await tokenizer.evaluate(canonical);
  return {
    ok: true,
    tokens: canonical.map(({ kind }, at) => ({ type: kind, token: tokenOf(keyring, epoch, kind, pseudonyms[at]) })),
  };
}

function tokenOf(
  keyring: Keyring,
  epoch: EpochRow,
  kind: Kind,
  pseudonym: { rootEpoch: number; p: Pseudonym } | undefined,
): string {
  if (pseudonym?.rootEpoch !== epoch.rootEpoch) throw new Error("The tokenizer's root is not the operator's epoch's");
  const context = { operator: epoch.operator, epoch: epoch.epoch, kind, generation: FIRST_GENERATION };
  const body = keyring.sealer(epoch.pairKeyId, context).seal(pseudonym.p);
  return formatToken({ kind, epoch: epoch.epoch, generation: FIRST_GENERATION, body });
}
