import { commit } from "../../../office/commit.ts";
import { signedIn } from "../sessions/current.ts";
import { proveAgain } from "../sessions/store.ts";
import { comerOf, tried, WRONG } from "./comer.ts";
import { actorOf, type FactorParts, read } from "./holder.ts";
import { judge } from "./judge.ts";
import type { FactorsRpc } from "./rpc.ts";
import { Showing } from "./schema.ts";

export async function prove(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["prove"]> {
  const form = read(Showing, unread);
  if (!form.ok) return form;
  const { visitor, way } = form.request;
  const entered = await signedIn(parts, visitor.session);
  if (!entered.ok) return entered;
  const { session } = entered;
  const comer = await comerOf(parts, session, visitor);
  const judged = await tried(parts, comer, () => judge(parts, comer, form.request));
  if (!judged.ok) return judged;
  const { office, random } = parts;
  const done = await commit(office, {
    actor: actorOf(session, visitor),
    rows: [...judged.rows, { exactlyOne: proveAgain(office.primary, session.id, comer.now) }],
    audit: { action: "session.proven", resource: `user/${session.principal.userId}`, payload: { sessionId: session.id, by: way } },
    answer: {},
  }, { now: comer.now, random });
  return done.ok ? { ok: true } : WRONG;
}
