import type { Purpose } from "../../check/question.ts";
import type { Instant } from "../../kernel/clock.ts";

/** A check that was answered `excluded` because of this person. */
export interface FoundCheck {
  answerId: string;
  operator: string;
  purpose: Purpose;
  /** The hour's beginning. */
  hour: Instant;
}
