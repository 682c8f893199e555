import type { IdentityRegistry } from "../../../adapters/identity-registry/port.ts";
import type { SmsSender } from "../../../adapters/sms/port.ts";
import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { ChallengeApi } from "../../authentication/rpc.ts";
import type { RegisterApi } from "../../exclusions/rpc.ts";
import type { ReleaseCommand, ReleaseResult } from "../../exclusions/identifiers-rpc.ts";
import type { Evaluator } from "../../tokens/rpc.ts";
import { sealReleased } from "../identity.ts";
import type { PersonApi } from "../rpc.ts";
import type { Claimant } from "./box.ts";

/** What claims to phones are carried out with. Whatever of it fails throws: the form, or the minute's sweep, tries again. */
export interface ClaimParts {
  office: Office;
  register: Pick<RegisterApi, "holderOf" | "releasePhone">;
  tokenizer: Evaluator;
  /** The one-time codes of a phone, by its pseudonym in hexadecimal. */
  challenge: (phone: string) => Pick<ChallengeApi, "verify" | "spend">;
  person: (personId: string) => Pick<PersonApi, "isPerson">;
  registry: IdentityRegistry;
  sms: SmsSender;
  envelope: Envelope;
  clock: Clock;
  random: Random;
  /** Register's outbox, or the office's events, have something to carry. */
  filled: () => void;
}

/** The pseudonyms of a claimant's phone and document. */
export async function pseudonymsOf({ tokenizer }: ClaimParts, { phone, kind, number }: Claimant): Promise<{ phone: Pseudonym; document: ReleaseCommand["document"] }> {
  const [first, second] = await tokenizer.evaluate([{ kind: "msisdn", value: phone }, { kind, value: number }]);
  if (!first || !second) throw new Error("The tokenizer answered for fewer identifiers than it was asked");
  return { phone: first.p, document: { kind, p: second.p } };
}

/** Has Register release the claimant's phone; again under the same id it answers the same. */
export async function release(
  parts: ClaimParts, commandId: string, claimant: Claimant, pseudonyms: Awaited<ReturnType<typeof pseudonymsOf>>, by: ReleaseCommand["by"],
): Promise<ReleaseResult> {
  const box = sealReleased(parts.envelope, commandId, claimant.phone);
  const done = await parts.register.releasePhone({ commandId, ...pseudonyms, by, box });
  if (done.ok) parts.filled();
  return done;
}
