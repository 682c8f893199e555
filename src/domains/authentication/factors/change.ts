import { commit } from "../../../office/commit.ts";
import { signedIn } from "../sessions/current.ts";
import { needsSecondFactor } from "../sessions/rules.ts";
import { actorOf, type FactorParts, read } from "./holder.ts";
import { freshRecoveryCodes } from "./recovery.ts";
import type { FactorsRpc } from "./rpc.ts";
import { hasSecond } from "./rules.ts";
import { Visitor } from "./schema.ts";
import { deleteConfirmedTotp, deleteRecoveryCodesAlone, deleteTotpBesidePasskey, heldBy } from "./store.ts";

export async function removeTotp(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["removeTotp"]> {
  const form = read(Visitor, unread);
  if (!form.ok) return form;
  const entered = await signedIn(parts, form.request.session, "fresh");
  if (!entered.ok) return entered;
  const { office: { primary }, random } = parts;
  const { principal: { userId, assignments } } = entered.session;
  if (!(await heldBy(parts.office, userId))?.totp) return { ok: true };
  const demanded = needsSecondFactor(assignments);
  const remove = demanded ? deleteTotpBesidePasskey : deleteConfirmedTotp;
  const done = await commit(parts.office, {
    actor: actorOf(entered.session, form.request),
    rows: [{ exactlyOne: remove(primary, userId) }, deleteRecoveryCodesAlone(primary, userId)],
    audit: { action: "totp.removed", resource: `user/${userId}`, payload: {} },
    answer: {},
  }, { now: parts.clock(), random });
  return done.ok || !demanded ? { ok: true } : { ok: false, refusal: "factor-needed" };
}

export async function newRecoveryCodes(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["newRecoveryCodes"]> {
  const form = read(Visitor, unread);
  if (!form.ok) return form;
  const entered = await signedIn(parts, form.request.session, "fresh");
  if (!entered.ok) return entered;
  const { office, random } = parts;
  const { userId } = entered.session.principal;
  if (!hasSecond((await heldBy(office, userId))!)) return { ok: false, refusal: "no-second-factor" };
  const now = parts.clock();
  const { codes, rows } = freshRecoveryCodes(office.primary, random, userId, now);
  const audit = { action: "recovery-codes.made", resource: `user/${userId}`, payload: {} };
  await commit(office, { actor: actorOf(entered.session, form.request), rows, audit, answer: {} }, { now, random });
  return { ok: true, codes };
}
