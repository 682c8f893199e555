import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { Finding, Score } from "../standing/model.ts";
import type { Figures, OfficersStep, OperatorsStep, ViolationRule, ViolationState, ViolationStep } from "../violations/model.ts";

export interface ShownScore extends Score {
  leastPart: number;
}

export interface ShownReport extends ShownScore {
  /** `2026-10`. */
  month: string;
  edition: number;
}

export interface NamedOperator {
  id: string;
  name: string;
}

/** Somebody's words in a step, and when. */
export interface Said {
  at: Instant;
  words: string;
}

export interface ShownViolation {
  id: string;
  operator: NamedOperator;
  state: ViolationState;
  rule: ViolationRule;
  figures: Figures;
  grounds: string | null;
  openedAt: Instant;
  respondUntil: Instant | null;
  response: Said | null;
  decision: Said | null;
  remedy: Said | null;
  closing: Said | null;
  /** The actor's kind and id; null to the operator, and while nobody accuses. */
  accuser: string | null;
  /** What the visitor may do about it now. */
  steps: readonly ViolationStep[];
  version: number;
}

/** An operator in the running month, what was reported of it, and its violations, newest first. */
export interface Look {
  operator: NamedOperator;
  month: string;
  live: ShownScore & { findings: Finding[] };
  reports: ShownReport[];
  violations: ShownViolation[];
  /** The `after` of the next violations; null after the last. */
  next: string | null;
}

/** What officers see of all operators. */
export interface Overview {
  operators: (NamedOperator & { report: ShownReport | null })[];
  violations: ShownViolation[];
  next: string | null;
  may: { open: boolean };
}

/** `statement-unfit`: too short or long, or it names somebody. `changed`: it is not any more as it was read. */
export type SuperviseRefusal = StaffRefusal | { refusal: "statement-unfit" | "out-of-turn" | "not-heard" | "own" | "changed" };
export type OpenRefusal = StaffRefusal | { refusal: "statement-unfit" | "operator-unknown" };

interface Stepping<Step extends ViolationStep> {
  visitor: Visitor;
  violationId: string;
  step: Step;
  statement: string;
  version: number;
}

/**
 * What the portal may ask of origin about compliance. Each verb asks who the visitor is and what they may; those that change something, for a factor of
 * the last 5 minutes.
 */
export interface SupervisionRpc {
  /** `after`: the violations from there on. */
  overview(request: { visitor: Visitor; after: string | null }): Promise<Result<Overview, StaffRefusal>>;
  look(request: { visitor: Visitor; operator: string; after: string | null }): Promise<Result<Look, StaffRefusal>>;
  /** Repeatable by `formId`. */
  open(request: { visitor: Visitor; formId: string; operator: string; grounds: string }): Promise<Result<object, OpenRefusal>>;
  step(request: Stepping<OfficersStep>): Promise<Result<object, SuperviseRefusal>>;
  /** An operator's own people's look; null is the first of theirs. Nothing they were not notified of is in it. */
  own(request: { visitor: Visitor; operator: string | null; after: string | null }): Promise<Result<Look, StaffRefusal>>;
  answer(request: Stepping<OperatorsStep> & { operator: string | null }): Promise<Result<object, SuperviseRefusal>>;
}
