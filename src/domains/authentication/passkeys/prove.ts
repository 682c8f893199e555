import { commit } from "../../../office/commit.ts";
import { proveAgain } from "../sessions/store.ts";
import { Visitor } from "../sessions/visitor.ts";
import { beginCeremony, standingCeremony } from "./ceremony.ts";
import { read, Signing } from "./input.ts";
import { actorOf, heldSession, historyRow, type PasskeyParts, refuse } from "./parts.ts";
import { goOn } from "./register.ts";
import type { PasskeysRpc } from "./rpc.ts";
import { requestOptions } from "./rules.ts";
import { advancePasskey, passkeysOf, useCeremony } from "./store.ts";
import { verifiedAssertion } from "./verify.ts";

export async function startProof(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["startProof"]> {
  const form = read(Visitor, unread, "signed-out");
  const held = form.ok ? await heldSession(parts, form.request, "second-factor", null) : form;
  if (!held.ok) return held;
  const { userId } = held.session.principal;
  const known = await passkeysOf(parts.office, userId);
  if (known.length === 0) return refuse("no-passkey");
  const described = known.map(({ credentialId, transports }) => ({ credentialId, transports: JSON.parse(transports) as string[] }));
  return { ok: true, ceremony: await beginCeremony(parts, "prove", userId, (challenge) => requestOptions(parts.relyingParty, challenge, described)) };
}

export async function finishProof(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["finishProof"]> {
  const form = read(Signing, unread, "passkey-refused");
  if (!form.ok) return form;
  const { visitor, assertion } = form.request;
  const held = await heldSession(parts, visitor, "second-factor", null);
  if (!held.ok) return held;
  const { session } = held;
  const { office, clock, random } = parts;
  const { userId } = session.principal;
  const now = clock();
  const ceremony = await standingCeremony(parts, assertion.ceremonyId, "prove", userId, now);
  const passkey = (await passkeysOf(office, userId)).find(({ credentialId }) => credentialId === assertion.credentialId);
  const counter = ceremony && passkey ? await verifiedAssertion(parts.relyingParty, ceremony.challenge, assertion, passkey) : null;
  if (!ceremony || !passkey || counter === null) return refuse("passkey-refused");
  const onward = session.stage === "full" ? null : await goOn(parts, visitor, session, now);
  const line = onward && { userId, outcome: "succeeded" as const, reasons: [], deviceId: onward.deviceId };
  const done = await commit(office, {
    actor: actorOf(userId, visitor),
    rows: [
      { exactlyOne: useCeremony(office.primary, ceremony.id, now) },
      { exactlyOne: advancePasskey(office.primary, passkey, counter, now) },
      ...(onward && line ? [...onward.rows, historyRow(parts, line, visitor, now)] : [{ exactlyOne: proveAgain(office.primary, session.id, now) }]),
    ],
    audit: { action: "session.proven", resource: `user/${userId}`, payload: { sessionId: onward?.sessionId ?? session.id, by: "passkey", passkeyId: passkey.id } },
    answer: { entered: onward && onward.entered },
  }, { now, random });
  return done.ok ? { ok: true, ...done.answer } : refuse("passkey-refused");
}
