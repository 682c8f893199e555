import { canonicalize, type IdentifierRefusal } from "../../bst/canonical.ts";
import type { Result } from "../../kernel/result.ts";
import type { TokenizerApi } from "../tokens/rpc.ts";
import type { ProvablePhone } from "./codes.ts";

export type PhoneRefusal = { refusal: Exclude<IdentifierRefusal, "document-invalid">; field: "phone" };

/** Reads a phone as people write it, and has its pseudonym made. */
export async function provablePhone(tokenizer: TokenizerApi, typed: string): Promise<Result<{ phone: ProvablePhone }, PhoneRefusal>> {
  const read = canonicalize("msisdn", typed);
  if (!read.ok) return { ok: false, refusal: read.refusal as PhoneRefusal["refusal"], field: "phone" };
  const [known] = await tokenizer.evaluate([read.identifier]);
  if (!known) throw new Error("The tokenizer answered for fewer identifiers than it was asked");
  return { ok: true, phone: { number: read.identifier.value, p: known.p } };
}
