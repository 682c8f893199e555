import type { SmsSender } from "../../../adapters/sms/port.ts";
import type { Pseudonym } from "../../../bst/kinds.ts";
import { toHex } from "../../../kernel/bytes.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Grants } from "../../authentication/index.ts";
import type { ChallengeApi } from "../../authentication/rpc.ts";
import type { TokenizerApi } from "../../tokens/rpc.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { CitizenRefusal } from "../citizen-rpc.ts";
import type { RegisterApi } from "../rpc.ts";
import type { Stated } from "./input.ts";

/** What the citizen's verbs work with. Whatever of it fails throws: nothing was done, and the page says so. */
export interface CitizenParts {
  register: Pick<RegisterApi, "register" | "extend" | "exclusionsOf" | "holderOf">;
  tokenizer: TokenizerApi;
  /** The one-time codes of a phone, by its pseudonym in hexadecimal. */
  challenge: (phone: string) => ChallengeApi;
  sms: SmsSender;
  envelope: Envelope;
  grants: Grants;
  clock: Clock;
  /** Whether this caller's address may have another code sent. */
  admits: (address: string) => Promise<boolean>;
  /** Register's outbox has something to carry. */
  outboxFilled: () => void;
  /** Hears why a message was not taken. */
  report: (reason: string) => void;
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

/** The refusal when the code does not prove the phone; null when it does. */
export async function proofRefused(
  { challenge }: CitizenParts, phone: Pseudonym, formId: string, code: string,
): Promise<({ ok: false } & CitizenRefusal) | null> {
  const verdict = await challenge(toHex(phone)).verify({ formId, code });
  return verdict.ok ? null : { ...verdict, field: "code" };
}
