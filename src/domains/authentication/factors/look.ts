import { sessionOf } from "../sessions/current.ts";
import { needsSecondFactor } from "../sessions/rules.ts";
import { type FactorParts, holderOf, read } from "./holder.ts";
import type { FactorsOverview } from "./model.ts";
import type { FactorsRpc } from "./rpc.ts";
import { waysOf } from "./rules.ts";
import { Visitor } from "./schema.ts";
import { heldBy } from "./store.ts";

export async function ways(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["ways"]> {
  const form = read(Visitor, unread);
  if (!form.ok) return form;
  const session = await sessionOf(parts, form.request.session);
  if (!session) return { ok: false, refusal: "signed-out" };
  const { stage, principal } = session;
  if (stage === "enrolment") return { ok: false, refusal: "enrolment-due" };
  const all = waysOf((await heldBy(parts.office, principal.userId))!);
  return { ok: true, stage, ways: stage === "full" ? all : all.filter((way) => way !== "password") };
}

export async function overview(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["overview"]> {
  const form = read(Visitor, unread);
  if (!form.ok) return form;
  const holder = await holderOf(parts, form.request);
  if (!holder.ok) return holder;
  const { session: { stage, principal }, held: { password, totp, passkeys, recoveryCodes } } = holder;
  const demanded = needsSecondFactor(principal.assignments);
  const made = { password: password?.changedAt ?? null, totp: totp?.confirmedAt ?? null };
  return { ok: true, overview: { stage: stage as FactorsOverview["stage"], demanded, ...made, passkeys, recoveryCodes } };
}
