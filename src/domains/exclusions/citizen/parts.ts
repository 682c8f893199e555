import type { Pseudonym } from "../../../bst/kinds.ts";
import type { CodeParts, Grants } from "../../authentication/index.ts";
import type { TokenizerApi } from "../../tokens/rpc.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { RegisterApi } from "../rpc.ts";
import type { Stated } from "./input.ts";

/** What the citizen's verbs work with. Whatever of it fails throws: nothing was done, and the page says so. */
export interface CitizenParts extends CodeParts {
  register: Pick<RegisterApi, "register" | "extend" | "exclusionsOf" | "holderOf">;
  tokenizer: TokenizerApi;
  envelope: Envelope;
  grants: Grants;
  /** Register's outbox has something to carry. */
  outboxFilled: () => void;
}

/** The pseudonyms of what somebody stated: the phone's, then the document's if there is one. */
export async function pseudonymsOf(
  tokenizer: TokenizerApi, { phone, document }: Pick<Stated, "phone" | "document">,
): Promise<[phone: Pseudonym, document?: Pseudonym]> {
  const all = document ? [phone, { kind: document.kind, value: document.canonical }] : [phone];
  const [first, second] = await tokenizer.evaluate(all);
  if (!first || all.length === 2 && !second) throw new Error("The tokenizer answered for fewer identifiers than it was asked");
  return second ? [first.p, second.p] : [first.p];
}
