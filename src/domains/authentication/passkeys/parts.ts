import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { AccountParts } from "../parts.ts";
import type { Visitor } from "../sessions/visitor.ts";
import type { Risk, SignInOutcome } from "../sign-in/model.ts";
import { insertSignIn } from "../sign-in/store.ts";
import type { RelyingParty } from "./rules.ts";

/** What the verbs work with. Whatever of it fails throws: nothing was done and nobody was let in, and the page says so. */
export interface PasskeyParts extends Pick<AccountParts, "office" | "accounts" | "clock" | "random" | "admits" | "afterwards" | "report"> {
  relyingParty: RelyingParty;
}

export const refuse = <Refusal extends string>(refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });

export const actorOf = (userId: string, { origin }: Visitor): Actor => ({ kind: "user", id: userId, origin });

/** A line of an account's sign-in history. */
export interface Tried {
  userId: string;
  outcome: SignInOutcome;
  reasons: Risk[];
  deviceId: string | null;
}

export const historyRow = ({ office, random }: PasskeyParts, tried: Tried, { origin }: Visitor, now: Instant) =>
  insertSignIn(office.primary, { id: uuidv7(now, random), at: now, method: "passkey", ...tried, ...origin });
