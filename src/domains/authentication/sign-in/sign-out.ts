import type { Actor } from "../../../kernel/actor.ts";
import { commit } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import { sessionOf } from "../sessions/current.ts";
import { endSession } from "../sessions/store.ts";
import { Visitor } from "../sessions/visitor.ts";

/** Ends the visitor's session. Repeatable: one that is over already needs no ending. */
export async function signOut(parts: AccountParts, unread: unknown): Promise<void> {
  const visitor = Visitor.safeParse(unread).data;
  const session = visitor ? await sessionOf(parts, visitor.session) : null;
  if (!visitor || !session) return;
  const { office, clock, random } = parts;
  const { id, principal: { userId } } = session;
  const actor: Actor = { kind: "user", id: userId, origin: visitor.origin };
  const now = clock();
  await commit(office, {
    actor,
    rows: [{ exactlyOne: endSession(office.primary, id, "signed-out", now) }],
    audit: { action: "session.ended", resource: `user/${userId}`, payload: { sessionId: id, ending: "signed-out" } },
    answer: {},
  }, { now, random });
}
