import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { createdBy, nameOf } from "../../../office/columns.ts";
import { type Change, type Command, commit, type CommitRefusal, once } from "../../../office/commit.ts";
import { operatorNamed } from "../standing/store.ts";
import type { Proof } from "./model.ts";
import type { ViolationParts } from "./parts.ts";
import { insertViolation, type StoredViolation, violationById } from "./store.ts";

const NOT_YET = {
  notifiedAt: null, respondUntil: null, response: null, respondedAt: null, respondedBy: null, decision: null, decidedAt: null, decidedBy: null,
  remedy: null, remediedAt: null, remediedBy: null, closing: null, closedAt: null, closedBy: null,
};

type Opened = Pick<StoredViolation, "operator" | "rule" | "subject" | "figures" | "grounds" | "accuser">;

function opening({ office, random }: ViolationParts, actor: Actor, opened: Opened, now: Instant): Change<{ id: string }> {
  const row: StoredViolation = { ...createdBy(actor, now, random), ...NOT_YET, ...opened, state: "proposed" };
  const { operator, rule, figures, grounds } = opened;
  const payload = { operator, rule, figures, ...(grounds !== null && { reason: grounds }) };
  return { actor, rows: [insertViolation(office.primary, row)], audit: { action: "violation.proposed", resource: `violation/${row.id}`, payload }, answer: { id: row.id } };
}

/** An officer opens one. Repeatable by the command. */
export async function openViolation(
  parts: ViolationParts, actor: Actor, command: Command, { operator, grounds }: { operator: string; grounds: string },
): Promise<Result<{ violation: StoredViolation }, CommitRefusal | { refusal: "operator-unknown" }>> {
  const now = parts.clock();
  const done = await once<{ id: string }, { ok: false; refusal: "operator-unknown" }>(parts.office, command, { now, random: parts.random }, async () => {
    if (!(await operatorNamed(parts.office, operator))) return { ok: false, refusal: "operator-unknown" };
    return opening(parts, actor, { operator, rule: "by-hand", subject: null, figures: {}, grounds, accuser: nameOf(actor) }, now);
  });
  return done.ok ? { ok: true, violation: (await violationById(parts.office, done.answer.id))! } : done;
}

/** A rule proposes what it proves; what was proposed before is not proposed again. */
export async function proposeViolation(parts: ViolationParts, actor: Actor, { operator, rule, subject, figures }: Proof): Promise<void> {
  const now = parts.clock();
  const done = await commit(parts.office, opening(parts, actor, { operator, rule, subject, figures, grounds: null, accuser: null }, now), { now, random: parts.random });
  if (!done.ok && done.refusal !== "duplicate") throw new Error(`a violation was not proposed: ${done.refusal}`);
}
