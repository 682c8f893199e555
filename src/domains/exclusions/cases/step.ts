import type { Json } from "../../../kernel/canonical-json.ts";
import { nameOf } from "../../../office/columns.ts";
import type { Change } from "../../../office/commit.ts";
import type { Act, CaseEvent, Proposal } from "./model.ts";
import type { Acting, CaseParts } from "./parts.ts";
import { isOver, stateAfter } from "./rules.ts";
import { insertStep, type StoredCase, updateCase } from "./store.ts";

export const NO_PROPOSAL = { proposedAct: null, proposedReason: null, proposedBy: null, proposedAt: null, proposedUntil: null } as const;

export const proposalOf = ({ proposedAct: act, proposedReason: reason, proposedBy: by, proposedAt: at, proposedUntil: until }: StoredCase): Proposal | null =>
  act === null ? null : { act, reason: reason!, by: by!, at: at!, until };

/** What happens to a case, and what is written beside it. */
export interface Step {
  event: CaseEvent;
  set?: Partial<StoredCase>;
  act?: Act;
  /** An officer's. */
  reason?: string;
  /** For the audit log; names nobody. */
  payload?: Record<string, Json>;
  rows?: Change<object>["rows"];
  events?: Change<object>["events"];
}

/**
 * The one way a case goes on: its new state in the version that was read, a line of its timeline, an audit entry, and what goes with it, in
 * one write. Null when the state does not know the event.
 */
export function step<Answer extends object>(
  { office: { primary } }: Pick<CaseParts, "office">, { actor, now }: Acting, found: StoredCase,
  { event, set = {}, act, reason, payload = {}, rows = [], events = [] }: Step, answer: Answer,
): Change<Answer> | null {
  const state = stateAfter(found.state, event);
  if (state === null) return null;
  const closed = isOver(state) ? { closedAt: now, ...NO_PROPOSAL } : {};
  const line = { caseId: found.id, number: found.version + 1, event, at: now, by: nameOf(actor), act: act ?? null, reason: reason ?? null };
  return {
    actor,
    rows: [updateCase(primary, found, { ...closed, ...set, state }, actor, now), insertStep(primary, line), ...rows],
    audit: {
      action: `case.${event}`,
      resource: `case/${found.reference}`,
      payload: { kind: found.kind, state, before: { state: found.state }, ...(act && { act }), ...(reason !== undefined && { reason }), ...payload },
    },
    events,
    answer,
  };
}
