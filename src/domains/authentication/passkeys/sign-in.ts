import type { Instant } from "../../../kernel/clock.ts";
import { commit } from "../../../office/commit.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import { refusedEntry } from "../refused.ts";
import { beginSession } from "../sessions/begin.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import { Visitor } from "../sessions/visitor.ts";
import type { SignInOutcome } from "../sign-in/model.ts";
import { isSameProgram, risksOf } from "../sign-in/rules.ts";
import { beginCeremony, spend, standingCeremony } from "./ceremony.ts";
import { read, Signing } from "./input.ts";
import { actorOf, historyRow, type PasskeyParts, refuse, type Tried } from "./parts.ts";
import type { PasskeysRpc } from "./rpc.ts";
import { requestOptions } from "./rules.ts";
import { advancePasskey, type CeremonyRow, passkeyByCredential, useCeremony } from "./store.ts";
import { verifiedAssertion } from "./verify.ts";

type Found = NonNullable<Awaited<ReturnType<typeof passkeyByCredential>>>;

/** Counted by address: whoever asks leaves a row for 5 minutes. */
export async function startSignIn(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["startSignIn"]> {
  const form = read(Visitor, unread, "too-many-tries");
  if (!form.ok) return form;
  if (!(await parts.admits(`passkey ${form.request.address}`))) return refuse("too-many-tries");
  const ceremony = await beginCeremony(parts, "sign-in", null, (challenge) => requestOptions(parts.relyingParty, challenge, []));
  return { ok: true, ceremony };
}

/** The account is whose passkey it is: nobody says who they are beside it. */
export async function finishSignIn(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["finishSignIn"]> {
  const form = read(Signing, unread, "passkey-refused");
  if (!form.ok) return form;
  const { visitor, assertion } = form.request;
  const now = parts.clock();
  const ceremony = await standingCeremony(parts, assertion.ceremonyId, "sign-in", null, now);
  const deviceHash = isSecret(visitor.device) ? hashOf(visitor.device) : "";
  const found = ceremony && (await passkeyByCredential(parts.office, assertion.credentialId, deviceHash, visitor.origin.country));
  if (!found) return refuse("passkey-refused");
  const saysWhose = assertion.userHandle !== "";
  const counter = saysWhose ? await verifiedAssertion(parts.relyingParty, ceremony.challenge, assertion, found.passkey) : null;
  const outcome = outcomeOf(counter, found);
  if (counter !== null && outcome === "succeeded") return enter(parts, visitor, ceremony, found, counter, now);
  const entry = refusedEntry(found.passkey.userId, visitor, { by: "passkey", passkeyId: found.passkey.id, outcome });
  parts.afterwards(noteRefusal(parts.office, entry, now, parts.random).catch(() => parts.report("a passkey's failed try was not written down")));
  spend(parts, ceremony, now, historyRow(parts, tried(found, visitor, now, outcome, found.device?.id ?? null), visitor, now));
  return refuse("passkey-refused");
}

function outcomeOf(counter: number | null, { state, deletedAt, device }: Found): SignInOutcome {
  if (counter === null) return "wrong";
  if (state !== "active" || deletedAt !== null) return "suspended";
  return device !== null && device.blockedAt !== null ? "blocked-device" : "succeeded";
}

/** A passkey cannot be guessed: tries that failed before it say nothing. */
function tried({ passkey: { userId }, device, lastAt, isSeenFrom }: Found, { origin }: Visitor, now: Instant, outcome: SignInOutcome, deviceId: string | null): Tried {
  const isKnownCountry = origin.country === null || isSeenFrom === 1;
  return { userId, outcome, reasons: risksOf({ lastAt, isKnownDevice: device !== null, isKnownProgram: isSameProgram(device?.agent, origin.agent), isKnownCountry, earlierFailures: 0 }, now), deviceId };
}

async function enter(parts: PasskeyParts, visitor: Visitor, ceremony: CeremonyRow, found: Found, counter: number, now: Instant): ReturnType<PasskeysRpc["finishSignIn"]> {
  const { office: { primary }, random } = parts;
  const { passkey, device: row } = found;
  const { userId } = passkey;
  const device = row && isSecret(visitor.device) ? { secret: visitor.device, row } : null;
  const begun = beginSession(primary, random, { userId, device, stage: "full", first: "passkey", second: null, origin: visitor.origin, from: null }, now);
  const line = tried(found, visitor, now, "succeeded", begun.deviceId);
  const done = await commit(parts.office, {
    actor: actorOf(userId, visitor),
    rows: [
      { exactlyOne: useCeremony(primary, ceremony.id, now) },
      { exactlyOne: advancePasskey(primary, passkey, counter, now) },
      ...begun.rows,
      historyRow(parts, line, visitor, now),
    ],
    audit: { action: "session.begun", resource: `user/${userId}`, payload: { sessionId: begun.sessionId, stage: "full", passkeyId: passkey.id, reasons: line.reasons } },
    answer: { entered: begun.entered },
  }, { now, random });
  return done.ok ? { ok: true, ...done.answer } : refuse("passkey-refused");
}
