import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { commit } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import { enter, type Holder, OneOfForm } from "./enter.ts";
import type { SessionsRpc } from "./rpc.ts";
import { endSession, endSessionsOf, sessionOfAccount } from "./store.ts";

type EndParts = Pick<AccountParts, "office" | "clock" | "random">;

export async function end(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["end"]> {
  const { visitor, id } = OneOfForm.parse(unread);
  const entered = await enter(parts, visitor);
  return entered.ok ? endOne(parts, entered.holder.actor, id) : entered;
}

/** Ends a session of the actor's own. However often, and by however many at once, it is ended once and written down once. */
export async function endOne({ office, clock, random }: EndParts, actor: Actor, id: string): Promise<Result<object, { refusal: "unknown" }>> {
  const session = await sessionOfAccount(office, actor.id, id);
  if (!session) return { ok: false, refusal: "unknown" };
  const now = clock();
  await commit(office, {
    actor,
    rows: [{ exactlyOne: endSession(office.primary, id, "ended", now) }],
    audit: { action: "session.ended", resource: `user/${actor.id}`, payload: { sessionId: id } },
    answer: {},
  }, { now, random });
  // A conflict says that it was ended before, or is at the same moment.
  return { ok: true };
}

export async function endOthers(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["endOthers"]> {
  const entered = await enter(parts, unread);
  return entered.ok ? endMany(parts, entered.holder, entered.holder.session.id) : entered;
}

export async function endAll(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["endAll"]> {
  const entered = await enter(parts, unread);
  return entered.ok ? endMany(parts, entered.holder, null) : entered;
}

/** All but the one that is kept. */
async function endMany({ office, clock, random }: EndParts, { userId, actor }: Holder, kept: string | null): Promise<{ ok: true }> {
  const now = clock();
  await commit(office, {
    actor,
    rows: [endSessionsOf(office.primary, userId, "all-ended", now, kept)],
    audit: { action: kept === null ? "session.all-ended" : "session.others-ended", resource: `user/${userId}`, payload: {} },
    answer: {},
  }, { now, random });
  return { ok: true };
}
