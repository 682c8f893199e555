import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { maskPhone } from "../../../kernel/mask.ts";
import type { Result } from "../../../kernel/result.ts";
import { commit } from "../../../office/commit.ts";
import type { Session, SessionRefusal } from "../sessions/model.ts";
import { Visitor } from "../sessions/visitor.ts";
import { beginCeremony, spend, standingCeremony } from "./ceremony.ts";
import { goOn, sessionOnWay } from "./held.ts";
import { read, Registering } from "./input.ts";
import { actorOf, type PasskeyParts, refuse } from "./parts.ts";
import type { PasskeysRpc } from "./rpc.ts";
import { creationOptions, MOST_PASSKEYS } from "./rules.ts";
import { holderOf, insertPasskey, onlyWithoutFactor, type PasskeyRow, passkeysOf, useCeremony } from "./store.ts";
import { type NewCredential, verifiedAttestation } from "./verify.ts";

interface Registrant {
  session: Session;
  holder: NonNullable<Awaited<ReturnType<typeof holderOf>>>;
  /** What they have already. */
  known: PasskeyRow[];
}

/**
 * Who may add a passkey: whoever is signed in and just showed a factor, or has to make a second one. Once there is one, nobody makes
 * another who knows only the password.
 */
async function registrantOf(parts: PasskeyParts, visitor: Visitor): Promise<Result<Registrant, SessionRefusal | { refusal: "too-many-passkeys" }>> {
  const judged = await sessionOnWay(parts, visitor, "enrolment", "fresh");
  if (!judged.ok) return judged;
  const { session } = judged;
  const { userId } = session.principal;
  const [holder, known] = await Promise.all([holderOf(parts.office, userId), passkeysOf(parts.office, userId)]);
  if (!holder || (session.stage === "enrolment" && holder.hasSecondFactor === 1)) return refuse("signed-out");
  return known.length < MOST_PASSKEYS ? { ok: true, session, holder, known } : refuse("too-many-passkeys");
}

export async function startRegistration(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["startRegistration"]> {
  const form = read(Visitor, unread, "signed-out");
  const registrant = form.ok ? await registrantOf(parts, form.request) : form;
  if (!registrant.ok) return registrant;
  const { holder, known } = registrant;
  const phone = parts.accounts.profileOf(holder)?.phone;
  const name = phone ? maskPhone(phone) : "NSER";
  const options = (challenge: string) => creationOptions(parts.relyingParty, challenge, { userId: holder.id, name }, known);
  return { ok: true, ceremony: await beginCeremony(parts, "register", holder.id, options) };
}

export async function finishRegistration(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["finishRegistration"]> {
  const form = read(Registering, unread, "passkey-refused");
  if (!form.ok) return form;
  const { visitor, attestation } = form.request;
  const registrant = await registrantOf(parts, visitor);
  if (!registrant.ok) return registrant;
  const { userId } = registrant.session.principal;
  const now = parts.clock();
  const ceremony = await standingCeremony(parts, attestation.ceremonyId, "register", userId, now);
  if (!ceremony) return refuse("passkey-refused");
  const credential = await verifiedAttestation(parts.relyingParty, ceremony.challenge, attestation);
  if (!credential) spend(parts, ceremony, now);
  return credential ? add(parts, visitor, registrant.session, ceremony.id, credential, now) : refuse("passkey-refused");
}

/** A passkey is called after the kind of browser it was made with, until its holder calls it something else. */
async function add(
  parts: PasskeyParts, visitor: Visitor, session: Session, ceremonyId: string, credential: NewCredential, now: Instant,
): ReturnType<PasskeysRpc["finishRegistration"]> {
  const { office: { primary }, random } = parts;
  const { userId } = session.principal;
  const row = { id: uuidv7(now, random), userId, ...credential, label: visitor.origin.agent ?? "Passkey", createdAt: now, usedAt: null };
  const onward = session.stage === "enrolment" ? await goOn(parts, visitor, session, now) : null;
  const done = await commit(parts.office, {
    actor: actorOf(userId, visitor),
    rows: [
      { exactlyOne: useCeremony(primary, ceremonyId, now) },
      ...(onward ? [{ exactlyOne: onlyWithoutFactor(primary, userId) }, ...onward.rows] : []),
      insertPasskey(primary, row),
    ],
    audit: { action: "passkey.added", resource: `user/${userId}`, payload: { passkeyId: row.id, ...(onward && { sessionId: onward.sessionId }) } },
    answer: { entered: onward && onward.entered },
  }, { now, random });
  if (done.ok) return { ok: true, ...done.answer };
  return refuse(done.refusal === "duplicate" ? "passkey-known" : "passkey-refused");
}
