import type { Kind } from "../../../bst/kinds.ts";
import type { Result } from "../../../kernel/result.ts";
import type { KeyHolder } from "../../operators/rpc.ts";
import type { GuardRefusal } from "../guard-rpc.ts";
import { sealTokens } from "../seal.ts";
import type { BlindParts } from "./parts.ts";

/** What a blinded evaluation gave when it was finalized, and of which kind its identifier was: the operator's word, which nothing here can prove. */
export interface Output {
  type: Kind;
  output: Uint8Array;
}

/**
 * The operator's own tokens for finalized outputs, in their order: those direct issuance gives for the identifiers. The
 * same outputs give the same tokens again. Nothing is handed out that the guard was not told of. Throws when the guard or
 * the tokenizer does not answer, as `sealTokens` does, and what `IssueGuard.met` does.
 */
export async function tradeOutputs(
  { blindTokenizer, keyring, guard }: BlindParts,
  holder: KeyHolder,
  outputs: readonly Output[],
): Promise<Result<{ tokens: { type: Kind; token: string }[] }, GuardRefusal>> {
  const admitted = await guard.admit(holder, { door: "trade", count: outputs.length });
  if (!admitted.ok) return admitted;
  const lineages = await blindTokenizer.lineages(outputs.map(({ output }) => output));
  const known = outputs.map(({ type }, at) => ({ kind: type, p: lineages[at]! }));
  const tokens = sealTokens(keyring, holder, known);
  await guard.met(holder, { door: "trade", known });
  return { ok: true, tokens };
}
