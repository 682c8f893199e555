import { commit } from "../../../office/commit.ts";
import { signedIn } from "../sessions/current.ts";
import { needsSecondFactor } from "../sessions/rules.ts";
import { Visitor } from "../sessions/visitor.ts";
import { Label, read, Removing, Renaming } from "./input.ts";
import { actorOf, type PasskeyParts, refuse } from "./parts.ts";
import type { PasskeysRpc } from "./rpc.ts";
import { deleteNeedlessCodes, deletePasskey, labelPasskey, passkeysOf } from "./store.ts";

export async function list(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["list"]> {
  const form = read(Visitor, unread, "signed-out");
  const judged = form.ok ? await signedIn(parts, form.request.session) : form;
  if (!judged.ok) return judged;
  const known = await passkeysOf(parts.office, judged.session.principal.userId);
  return { ok: true, passkeys: known.map(({ id, label, createdAt, usedAt }) => ({ id, label, createdAt, usedAt })) };
}

export async function rename(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["rename"]> {
  const form = read(Renaming, unread, "unknown");
  if (!form.ok) return form;
  const { visitor, passkeyId, label } = form.request;
  const judged = await signedIn(parts, visitor.session);
  if (!judged.ok) return judged;
  const written = Label.safeParse(label);
  if (!written.success) return refuse("label-invalid");
  const { userId } = judged.session.principal;
  const { office, clock, random } = parts;
  const done = await commit(office, {
    actor: actorOf(userId, visitor),
    rows: [{ exactlyOne: labelPasskey(office.primary, userId, passkeyId, written.data) }],
    audit: { action: "passkey.renamed", resource: `user/${userId}`, payload: { passkeyId } },
    answer: {},
  }, { now: clock(), random });
  return done.ok ? { ok: true } : refuse("unknown");
}

/** Of two that are removed at once one stays where one is needed: the rows say it at that moment. */
export async function remove(parts: PasskeyParts, unread: unknown): ReturnType<PasskeysRpc["remove"]> {
  const form = read(Removing, unread, "unknown");
  if (!form.ok) return form;
  const { visitor, passkeyId } = form.request;
  const judged = await signedIn(parts, visitor.session, "fresh");
  if (!judged.ok) return judged;
  const { userId, assignments } = judged.session.principal;
  const { office, clock, random } = parts;
  const done = await commit(office, {
    actor: actorOf(userId, visitor),
    rows: [{ exactlyOne: deletePasskey(office.primary, userId, passkeyId, needsSecondFactor(assignments)) }, deleteNeedlessCodes(office.primary, userId)],
    audit: { action: "passkey.removed", resource: `user/${userId}`, payload: { passkeyId } },
    answer: {},
  }, { now: clock(), random });
  if (done.ok) return { ok: true };
  const isThere = (await passkeysOf(office, userId)).some(({ id }) => id === passkeyId);
  return refuse(isThere ? "factor-needed" : "unknown");
}
