import type { Instant } from "../../../kernel/clock.ts";
import { beginSession } from "../sessions/begin.ts";
import { sessionOf, signedIn } from "../sessions/current.ts";
import type { Session, SessionRefusal } from "../sessions/model.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import { deviceByHash } from "../sessions/store.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { type PasskeyParts, refuse } from "./parts.ts";

/** The session of somebody who is signed in, or has come as far as `also`. */
export async function sessionOnWay(
  parts: PasskeyParts, { session: secret }: Visitor, also: "enrolment" | "second-factor", fresh: "fresh" | null,
): Promise<{ ok: true; session: Session } | ({ ok: false } & SessionRefusal)> {
  const judged = await signedIn(parts, secret, fresh);
  if (judged.ok || judged.refusal !== `${also}-due`) return judged;
  const session = await sessionOf(parts, secret);
  return session ? { ok: true, session } : refuse("signed-out");
}

/** The full session that one goes on in whose holder came on the way to it and showed a passkey. */
export async function goOn({ office, random }: PasskeyParts, { device: secret, origin }: Visitor, { id: from, principal: { userId }, first }: Session, now: Instant) {
  const row = isSecret(secret) ? await deviceByHash(office, userId, hashOf(secret)) : undefined;
  const device = row ? { secret: secret!, row } : null;
  return beginSession(office.primary, random, { userId, device, stage: "full", first, second: "passkey", origin, from }, now);
}
