import { maskPhone } from "../../../kernel/mask.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { commit } from "../../../office/commit.ts";
import { beginSession } from "../sessions/begin.ts";
import type { Session } from "../sessions/model.ts";
import { type SessionRefusal } from "../sessions/current.ts";
import { Visitor } from "../sessions/visitor.ts";
import { beginCeremony, standingCeremony } from "./ceremony.ts";
import { read, Registering } from "./input.ts";
import { actorOf, deviceOf, heldSession, type PasskeyParts, type Refused, refuse } from "./parts.ts";
import type { PasskeysRpc } from "./rpc.ts";
import { creationOptions, MOST_PASSKEYS } from "./rules.ts";
import { holderOf, insertPasskey, onlyWithoutFactor, passkeysOf, useCeremony } from "./store.ts";
import { type NewCredential, verifiedAttestation } from "./verify.ts";

type Registrant = { ok: true; session: Session; holder: NonNullable<Awaited<ReturnType<typeof holderOf>>> };

/** Who may add a passkey: whoever is signed in and just showed a factor, or has to make a second one and has none: who knows only the password gets no further by it. */
async function registrantOf(parts: PasskeyParts, visitor: Visitor): Promise<Registrant | ({ ok: false } & SessionRefusal)> {
  const judged = await heldSession(parts, visitor, "enrolment", "fresh");
  if (!judged.ok) return judged;
  const holder = await holderOf(parts.office, judged.session.principal.userId);
  if (!holder || (judged.session.stage === "enrolment" && holder.hasSecondFactor === 1)) return refuse("signed-out");
  return { ok: true, session: judged.session, holder };
}

export async function startRegistration(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["startRegistration"]> {
  const form = read(Visitor, unread, "signed-out");
  const registrant = form.ok ? await registrantOf(parts, form.request) : form;
  if (!registrant.ok) return registrant;
  const { holder } = registrant;
  const known = await passkeysOf(parts.office, holder.id);
  if (known.length >= MOST_PASSKEYS) return refuse("too-many-passkeys");
  const phone = parts.accounts.profileOf(holder)?.phone;
  const name = phone ? maskPhone(phone) : "NSER";
  const described = known.map(({ credentialId, transports }) => ({ credentialId, transports: JSON.parse(transports) as string[] }));
  const options = (challenge: string) => creationOptions(parts.relyingParty, challenge, { userId: holder.id, name }, described);
  return { ok: true, ceremony: await beginCeremony(parts, "register", holder.id, options) };
}

export async function finishRegistration(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["finishRegistration"]> {
  const form = read(Registering, unread, "passkey-refused");
  if (!form.ok) return form;
  const { visitor, attestation } = form.request;
  const registrant = await registrantOf(parts, visitor);
  if (!registrant.ok) return registrant;
  const { userId } = registrant.session.principal;
  const ceremony = await standingCeremony(parts, attestation.ceremonyId, "register", userId, parts.clock());
  const credential = ceremony && (await verifiedAttestation(parts.relyingParty, ceremony.challenge, attestation));
  if (!credential) return refuse("passkey-refused");
  if ((await passkeysOf(parts.office, userId)).length >= MOST_PASSKEYS) return refuse("too-many-passkeys");
  return add(parts, visitor, registrant.session, ceremony.id, credential);
}

/** A passkey is called after the kind of browser it was made with, until its holder calls it something else. */
async function add(
  parts: PasskeyParts, visitor: Visitor, session: Session, ceremonyId: string, credential: NewCredential,
): Promise<Awaited<ReturnType<PasskeysRpc["finishRegistration"]>> | Refused<"passkey-refused">> {
  const { office: { primary }, random, clock } = parts;
  const now = clock();
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

/** The full session that one goes on in whose holder showed a passkey after what they came with. */
export async function goOn(parts: PasskeyParts, visitor: Visitor, { id, principal, first }: Session, now: number) {
  const device = await deviceOf(parts, principal.userId, visitor);
  const beginning = { userId: principal.userId, device, stage: "full", first, second: "passkey", origin: visitor.origin, from: id } as const;
  return beginSession(parts.office.primary, parts.random, beginning, now);
}
