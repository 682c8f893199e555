import { canonicalize, type IdentifierRefusal } from "../../bst/canonical.ts";
import type { Keyring } from "../../bst/keyring.ts";
import type { Kind } from "../../bst/kinds.ts";
import type { Result } from "../../kernel/result.ts";
import type { KeyHolder } from "../operators/rpc.ts";
import type { GuardRefusal, IssueGuard } from "./guard-rpc.ts";
import type { Evaluator } from "./rpc.ts";
import type { Identifiers } from "./schema.ts";
import { sealTokens } from "./seal.ts";

export interface IssueParts {
  tokenizer: Evaluator;
  keyring: Keyring;
  guard: IssueGuard;
}

/**
 * The operator's own tokens for these identifiers, in their order. All or nothing: one identifier that cannot be read
 * refuses the request and names each such. Nothing is evaluated that the guard does not admit, and nothing handed out that it
 * was not told of. Throws when the guard or the tokenizer does not answer, as `sealTokens` does, and what `IssueGuard.met` does.
 */
export async function issueTokens(
  { tokenizer, keyring, guard }: IssueParts,
  holder: KeyHolder,
  identifiers: Identifiers,
): Promise<Result<{ tokens: { type: Kind; token: string }[] }, { refused: { at: number; refusal: IdentifierRefusal }[] } | GuardRefusal>> {
  const read = identifiers.map(({ type, value }) => canonicalize(type, value));
  const refused = read.flatMap((answer, at) => (answer.ok ? [] : [{ at, refusal: answer.refusal }]));
  if (refused.length > 0) return { ok: false, refused };
  const canonical = read.flatMap((answer) => (answer.ok ? [answer.identifier] : []));
  const admitted = await guard.admit(holder, { door: "direct", count: canonical.length, identifiers: canonical });
  if (!admitted.ok) return admitted;
  const evaluated = await tokenizer.evaluate(canonical);
  const known = canonical.map(({ kind }, at) => ({ kind, p: evaluated[at]!.p }));
  const tokens = sealTokens(keyring, holder, known);
  await guard.met(holder, { door: "direct", known });
  return { ok: true, tokens };
}
