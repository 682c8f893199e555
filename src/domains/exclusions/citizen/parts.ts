import type { AuditLogApi } from "../../../audit/rpc.ts";
import type { Pseudonym } from "../../../bst/kinds.ts";
import type { CodeParts, Grants } from "../../authentication/index.ts";
import type { Evaluator } from "../../tokens/rpc.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { EndingApi } from "../ending-rpc.ts";
import type { LoggedStepsApi } from "../history/rpc.ts";
import type { RegisterApi } from "../rpc.ts";
import type { CitizenResult } from "../citizen-rpc.ts";
import type { Stated } from "./input.ts";

/** What the citizen's verbs work with. Whatever of it fails throws: nothing was done, and the page says so. */
export interface CitizenParts extends CodeParts {
  register: Pick<RegisterApi, "register" | "extend" | "exclusionsOf" | "historyOf" | "holderOf" | keyof (EndingApi & LoggedStepsApi)>;
  /** A stub of its own for each call. */
  log: () => Pick<AuditLogApi, "prove" | "policy">;
  tokenizer: Evaluator;
  envelope: Envelope;
  grants: Grants;
  /** Register's outbox has something to carry. */
  outboxFilled: () => void;
}

export const GRANT_INVALID = { ok: false, refusal: "grant-invalid", field: null } as const;

/** Who holds this grant. Refuses when in doubt: a phone that is somebody else's by now speaks neither for who proved it nor for its new holder. */
export async function holderOfGrant(
  { grants, register }: CitizenParts, text: string,
): Promise<CitizenResult<{ grant: NonNullable<Awaited<ReturnType<Grants["read"]>>> }>> {
  const grant = await grants.read(text);
  const holds = grant && (await register.holderOf(grant.phone)) === grant.personId;
  return holds ? { ok: true, grant } : GRANT_INVALID;
}

/** The pseudonyms of what somebody stated: the phone's, then the document's if there is one. */
export async function pseudonymsOf(
  tokenizer: Evaluator, { phone, document }: Pick<Stated, "phone" | "document">,
): Promise<[phone: Pseudonym, document?: Pseudonym]> {
  const all = document ? [phone, { kind: document.kind, value: document.canonical }] : [phone];
  const [first, second] = await tokenizer.evaluate(all);
  if (!first || all.length === 2 && !second) throw new Error("The tokenizer answered for fewer identifiers than it was asked");
  return second ? [first.p, second.p] : [first.p];
}
