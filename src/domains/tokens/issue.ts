import { canonicalize, type IdentifierRefusal } from "../../bst/canonical.ts";
import type { Keyring } from "../../bst/keyring.ts";
import type { Kind } from "../../bst/kinds.ts";
import type { Result } from "../../kernel/result.ts";
import type { Evaluator } from "./rpc.ts";
import type { Identifiers } from "./schema.ts";
import { sealTokens, type Sealing } from "./seal.ts";

export interface IssueParts {
  tokenizer: Evaluator;
  keyring: Keyring;
}

/**
 * The operator's own tokens for these identifiers, in their order. All or nothing: one identifier that cannot be read
 * refuses the request and names each such. Throws when the tokenizer does not answer, and as `sealTokens` does.
 */
export async function issueTokens(
  { tokenizer, keyring }: IssueParts,
  sealing: Sealing,
  identifiers: Identifiers,
): Promise<Result<{ tokens: { type: Kind; token: string }[] }, { refused: { at: number; refusal: IdentifierRefusal }[] }>> {
  const read = identifiers.map(({ type, value }) => canonicalize(type, value));
  const refused = read.flatMap((answer, at) => (answer.ok ? [] : [{ at, refusal: answer.refusal }]));
  if (refused.length > 0) return { ok: false, refused };
  const canonical = read.flatMap((answer) => (answer.ok ? [answer.identifier] : []));
  const evaluated = await tokenizer.evaluate(canonical);
  const known = canonical.map(({ kind }, at) => ({ kind, p: evaluated[at]!.p }));
  return { ok: true, tokens: sealTokens(keyring, sealing, known) };
}
