import { sessionOf } from "../sessions/current.ts";
import { comerOf, tried, WRONG } from "./comer.ts";
import { goOn, signInOf } from "./go-on.ts";
import { type FactorParts, read } from "./holder.ts";
import { judge } from "./judge.ts";
import type { FactorsRpc } from "./rpc.ts";
import { SecondShowing } from "./schema.ts";

export async function secondFactor(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["secondFactor"]> {
  const form = read(SecondShowing, unread);
  if (!form.ok) return form;
  const { visitor, way } = form.request;
  const session = await sessionOf(parts, visitor.session);
  if (!session) return { ok: false, refusal: "signed-out" };
  if (session.stage !== "second-factor") return { ok: false, refusal: session.stage === "full" ? "signed-in" : "enrolment-due" };
  const comer = await comerOf(parts, session, visitor);
  const judged = await tried(parts, comer, () => judge(parts, comer, form.request));
  const done = judged.ok ? await goOn(parts, comer, way, judged.rows, "session.begun") : judged;
  if (done.ok) return { ok: true, ...done.answer };
  await signInOf(parts, comer, way, done.refusal === "factor-locked" ? "locked" : "wrong");
  return judged.ok ? WRONG : judged;
}
