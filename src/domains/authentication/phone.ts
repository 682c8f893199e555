import { canonicalize, type IdentifierRefusal } from "../../bst/canonical.ts";
import type { Result } from "../../kernel/result.ts";
import type { Evaluator } from "../tokens/rpc.ts";
import type { ProvablePhone } from "./codes.ts";

export type PhoneRefusal = { refusal: Exclude<IdentifierRefusal, "document-invalid">; field: "phone" };

/** Reads a phone as people write it; in E.164. */
export function readPhone(typed: string): Result<{ number: string }, PhoneRefusal> {
  const read = canonicalize("msisdn", typed);
  return read.ok ? { ok: true, number: read.identifier.value } : { ok: false, refusal: read.refusal as PhoneRefusal["refusal"], field: "phone" };
}

/** Reads a phone, and has its pseudonym made. */
export async function provablePhone(tokenizer: Evaluator, typed: string): Promise<Result<{ phone: ProvablePhone }, PhoneRefusal>> {
  const read = readPhone(typed);
  if (!read.ok) return read;
  const { number } = read;
  const [known] = await tokenizer.evaluate([{ kind: "msisdn", value: number }]);
  if (!known) throw new Error("The tokenizer answered for fewer identifiers than it was asked");
  return { ok: true, phone: { number, p: known.p } };
}
