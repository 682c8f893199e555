import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { AccountParts } from "../parts.ts";
import { sessionOf, signedIn, type SessionRefusal } from "../sessions/current.ts";
import type { Session } from "../sessions/model.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import { deviceByHash } from "../sessions/store.ts";
import type { Visitor } from "../sessions/visitor.ts";
import type { Risk, SignInOutcome } from "../sign-in/model.ts";
import { insertSignIn } from "../sign-in/store.ts";
import type { RelyingParty } from "./rules.ts";

/** What the verbs work with. Whatever of it fails throws: nothing was done and nobody was let in, and the page says so. */
export interface PasskeyParts extends Pick<AccountParts, "office" | "accounts" | "clock" | "random" | "admits" | "afterwards" | "report"> {
  relyingParty: RelyingParty;
}

export type Refused<Refusal extends string> = { ok: false; refusal: Refusal };

export const refuse = <Refusal extends string>(refusal: Refusal): Refused<Refusal> => ({ ok: false, refusal });

export const actorOf = (userId: string, { origin }: Visitor): Actor => ({ kind: "user", id: userId, origin });

/** The session of somebody who is signed in, or has come as far as `also`. */
export async function heldSession(
  parts: PasskeyParts, { session: secret }: Visitor, also: "enrolment" | "second-factor", fresh: "fresh" | null,
): Promise<{ ok: true; session: Session } | ({ ok: false } & SessionRefusal)> {
  const judged = await signedIn(parts, secret, fresh);
  if (judged.ok || judged.refusal !== `${also}-due`) return judged;
  const session = await sessionOf(parts, secret);
  return session ? { ok: true, session } : refuse("signed-out");
}

/** The browser that knocks, as the account knows it; null when it was never signed in with there. */
export async function deviceOf({ office }: PasskeyParts, userId: string, { device: secret }: Visitor) {
  const row = isSecret(secret) ? await deviceByHash(office, userId, hashOf(secret)) : undefined;
  return row ? { secret: secret!, row } : null;
}

/** A line of an account's sign-in history. */
export interface Tried {
  userId: string;
  outcome: SignInOutcome;
  reasons: Risk[];
  deviceId: string | null;
}

export const historyRow = ({ office, random }: PasskeyParts, tried: Tried, { origin }: Visitor, now: Instant) =>
  insertSignIn(office.primary, { id: uuidv7(now, random), at: now, method: "passkey", ...tried, ...origin });
