import type { Instant } from "../../../kernel/clock.ts";
import { commit } from "../../../office/commit.ts";
import type { Session } from "../sessions/model.ts";
import { proveAgain } from "../sessions/store.ts";
import { Visitor } from "../sessions/visitor.ts";
import { beginCeremony, spend, standingCeremony } from "./ceremony.ts";
import { goOn, sessionOnWay } from "./held.ts";
import { read, Signing } from "./input.ts";
import { actorOf, historyRow, type PasskeyParts, refuse } from "./parts.ts";
import type { PasskeysRpc } from "./rpc.ts";
import { requestOptions } from "./rules.ts";
import { advancePasskey, passkeysOf, useCeremony } from "./store.ts";
import { verifiedAssertion } from "./verify.ts";

export async function startProof(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["startProof"]> {
  const form = read(Visitor, unread, "signed-out");
  const held = form.ok ? await sessionOnWay(parts, form.request, "second-factor", null) : form;
  if (!held.ok) return held;
  const { userId } = held.session.principal;
  const known = await passkeysOf(parts.office, userId);
  if (known.length === 0) return refuse("no-passkey");
  return { ok: true, ceremony: await beginCeremony(parts, "prove", userId, (challenge) => requestOptions(parts.relyingParty, challenge, known)) };
}

export async function finishProof(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["finishProof"]> {
  const form = read(Signing, unread, "passkey-refused");
  if (!form.ok) return form;
  const { visitor, assertion } = form.request;
  const held = await sessionOnWay(parts, visitor, "second-factor", null);
  if (!held.ok) return held;
  const { session } = held;
  const { userId } = session.principal;
  const now = parts.clock();
  const ceremony = await standingCeremony(parts, assertion.ceremonyId, "prove", userId, now);
  if (!ceremony) return refuse("passkey-refused");
  const passkey = (await passkeysOf(parts.office, userId)).find(({ credentialId }) => credentialId === assertion.credentialId);
  const counter = passkey ? await verifiedAssertion(parts.relyingParty, ceremony.challenge, assertion, passkey) : null;
  const line = (outcome: "succeeded" | "wrong", deviceId: string) =>
    session.stage === "full" ? [] : [historyRow(parts, { userId, outcome, reasons: [], deviceId }, visitor, now)];
  if (!passkey || counter === null) {
    spend(parts, ceremony, now, ...line("wrong", session.deviceId));
    return refuse("passkey-refused");
  }
  const onward = await onwardFrom(parts, visitor, session, now);
  const { primary } = parts.office;
  const done = await commit(parts.office, {
    actor: actorOf(userId, visitor),
    rows: [
      { exactlyOne: useCeremony(primary, ceremony.id, now) },
      { exactlyOne: advancePasskey(primary, passkey, counter, now) },
      ...onward.rows,
      ...line("succeeded", onward.deviceId),
    ],
    audit: { action: "session.proven", resource: `user/${userId}`, payload: { sessionId: onward.sessionId, by: "passkey", passkeyId: passkey.id } },
    answer: { entered: onward.entered },
  }, { now, random: parts.random });
  return done.ok ? { ok: true, ...done.answer } : refuse("passkey-refused");
}

/** A full session stays and is fresh again; one whose second factor was due goes on in another. */
async function onwardFrom(parts: PasskeyParts, visitor: Visitor, session: Session, now: Instant) {
  if (session.stage !== "full") return goOn(parts, visitor, session, now);
  return { rows: [{ exactlyOne: proveAgain(parts.office.primary, session.id, now) }], sessionId: session.id, deviceId: session.deviceId, entered: null };
}
