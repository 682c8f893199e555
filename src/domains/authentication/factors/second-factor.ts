import { commit } from "../../../office/commit.ts";
import { sessionOf, signedIn } from "../sessions/current.ts";
import { proveAgain } from "../sessions/store.ts";
import { goOn, signInOf } from "./go-on.ts";
import { actorOf, type FactorParts, read } from "./holder.ts";
import { deviceOf, judge, tried, WRONG } from "./judge.ts";
import type { FactorsRpc } from "./rpc.ts";
import { SecondShowing, Showing } from "./schema.ts";

export async function secondFactor(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["secondFactor"]> {
  const form = read(SecondShowing, unread);
  if (!form.ok) return form;
  const { visitor, way, text } = form.request;
  const session = await sessionOf(parts, visitor.session);
  if (!session) return { ok: false, refusal: "signed-out" };
  if (session.stage !== "second-factor") return { ok: false, refusal: session.stage === "full" ? "signed-in" : "enrolment-due" };
  const now = parts.clock();
  const comer = { session, visitor, device: await deviceOf(parts, visitor, session) };
  const { userId } = session.principal;
  const judged = await tried(parts, userId, comer.device, now, () => judge(parts, userId, way, text, now));
  const done = judged.ok ? await goOn(parts, comer, way, judged.rows, "session.begun", now) : judged;
  if (done.ok) return { ok: true, ...done.answer };
  await signInOf(parts, comer, way, done.refusal === "factor-locked" ? "locked" : "wrong", now);
  return judged.ok ? WRONG : judged;
}

export async function prove(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["prove"]> {
  const form = read(Showing, unread);
  if (!form.ok) return form;
  const { visitor, way, text } = form.request;
  const entered = await signedIn(parts, visitor.session);
  if (!entered.ok) return entered;
  const { session } = entered;
  const { userId } = session.principal;
  const { office, random } = parts;
  const now = parts.clock();
  const device = await deviceOf(parts, visitor, session);
  const judged = await tried(parts, userId, device, now, () => judge(parts, userId, way, text, now));
  if (!judged.ok) return judged;
  const done = await commit(office, {
    actor: actorOf(session, visitor),
    rows: [...judged.rows, { exactlyOne: proveAgain(office.primary, session.id, now) }],
    audit: { action: "session.proven", resource: `user/${userId}`, payload: { sessionId: session.id, by: way } },
    answer: {},
  }, { now, random });
  return done.ok ? { ok: true } : WRONG;
}
