import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { type Change, commit, type CommitRefusal } from "../../../office/commit.ts";
import type { OfficersStep, OperatorsStep, ViolationStep } from "./model.ts";
import type { ViolationParts } from "./parts.ts";
import { hearingEnd, judgeStep, type StepRefusal } from "./rules.ts";
import { type StoredViolation, updateViolation, violationById, violationOf } from "./store.ts";
import { telling } from "./tell.ts";

/** What is to be done, why, and in which version it was read. */
export interface StepRequest<Step extends ViolationStep> {
  step: Step;
  /** Kept in clear. */
  statement: string;
  version: number;
}

type Set = Partial<StoredViolation>;
type Stepped = Result<{ violation: StoredViolation }, StepRefusal | CommitRefusal | { refusal: "unknown" }>;

/** What each step writes beside the state. */
const WRITES: Record<ViolationStep, (by: string, statement: string, now: Instant, found: StoredViolation, days: number) => Set> = {
  notify: (by, _, now, { accuser }, days) => ({ accuser: accuser ?? by, notifiedAt: now, respondUntil: hearingEnd(now, days) }),
  respond: (respondedBy, response, respondedAt) => ({ response, respondedAt, respondedBy }),
  uphold: (decidedBy, decision, decidedAt) => ({ decision, decidedAt, decidedBy }),
  dismiss: (decidedBy, decision, decidedAt) => ({ decision, decidedAt, decidedBy }),
  remedy: (remediedBy, remedy, remediedAt) => ({ remedy, remediedAt, remediedBy }),
  close: (closedBy, closing, closedAt) => ({ closing, closedAt, closedBy }),
};

/** An officer's step. */
export const takeStep = async (parts: ViolationParts, actor: Actor, id: string, asked: StepRequest<OfficersStep>): Promise<Stepped> =>
  take(parts, actor, await violationById(parts.office, id), asked);

/** The operator's own step; what it was not told of is nothing. */
export const answerViolation = async (parts: ViolationParts, actor: Actor, operator: string, id: string, asked: StepRequest<OperatorsStep>): Promise<Stepped> =>
  take(parts, actor, await violationOf(parts.office, operator, id), asked);

async function take(parts: ViolationParts, actor: Actor, found: StoredViolation | null, { step, statement, version }: StepRequest<ViolationStep>): Promise<Stepped> {
  if (!found) return { ok: false, refusal: "unknown" };
  if (found.version !== version) return { ok: false, refusal: "conflict" };
  const { office, clock, random, terms } = parts;
  const now = clock();
  const judged = judgeStep(found, step, nameOf(actor), now);
  if (!judged.ok) return judged;
  const { state } = judged;
  const set: Set = { state, ...WRITES[step](nameOf(actor), statement, now, found, terms.responseDays) };
  const change: Change<object> = {
    actor,
    rows: [updateViolation(office.primary, found, set, actor, now)],
    audit: { action: `violation.${state}`, resource: `violation/${found.id}`, payload: { operator: found.operator, reason: statement } },
    events: telling(found, state),
    answer: {},
  };
  const done = await commit(office, change, { now, random });
  return done.ok ? { ok: true, violation: { ...found, ...set, updatedAt: now, updatedBy: nameOf(actor), version: version + 1 } } : done;
}
