import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { fitsExpiry } from "../licensing/rules.ts";
import type { Advice, ApplicationState, ApplicationStep } from "./model.ts";

/** An application as a step on it is judged. */
export interface Judged {
  state: ApplicationState;
  recommendation: Advice | null;
  /** Who recommends; null when nobody does. */
  recommendedBy: string | null;
  /** The licence's end that goes with recommending approval. */
  proposedUntil: Instant | null;
}

/** What an officer wants. */
export interface Wanted {
  step: ApplicationStep;
  by: string;
  /** Goes with recommending approval, and with nothing else. */
  expiresAt: Instant | undefined;
}

export type StepRefusal = { refusal: "over" | "in-review-already" | "recommended-already" | "not-recommended" | "own-recommendation" | "expiry-missing" | "expiry-unfit" };

/** What a step makes of it: the state, and the recommendation that stands then. */
export type Outcome = Pick<Judged, "state" | "recommendation">;

const refuse = <Refusal extends StepRefusal["refusal"]>(refusal: Refusal) => ({ ok: false, refusal }) as const;

export const isOver = (state: ApplicationState): boolean => state !== "received" && state !== "in-review";

/** What a step makes of an application. One officer recommends, and another decides; whoever asked may take it back until then. */
export function judgeStep(found: Judged, wanted: Wanted, now: Instant): Result<{ outcome: Outcome }, StepRefusal> {
  if (isOver(found.state)) return refuse("over");
  const { step } = wanted;
  if (step === "withdraw") return to("withdrawn", null);
  if (step === "review") return found.state === "received" ? to("in-review", null) : refuse("in-review-already");
  if (step === "confirm" || step === "send-back") return judgeAnswer(found, wanted, now);
  if (found.recommendedBy !== null && found.recommendedBy !== wanted.by) return refuse("recommended-already");
  return step === "recommend-approval" ? judgeApproval(wanted, now) : to("in-review", "refuse");
}

const to = (state: ApplicationState, recommendation: Advice | null) => ({ ok: true, outcome: { state, recommendation } }) as const;

function judgeAnswer({ recommendation, recommendedBy, proposedUntil }: Judged, { step, by }: Wanted, now: Instant): Result<{ outcome: Outcome }, StepRefusal> {
  if (recommendation === null) return refuse("not-recommended");
  if (step === "send-back") return to("in-review", null);
  if (recommendedBy === by) return refuse("own-recommendation");
  if (recommendation === "refuse") return to("refused", recommendation);
  return fitsExpiry(proposedUntil!, now) ? to("approved", recommendation) : refuse("expiry-unfit");
}

function judgeApproval({ expiresAt }: Wanted, now: Instant): Result<{ outcome: Outcome }, StepRefusal> {
  if (expiresAt === undefined) return refuse("expiry-missing");
  return fitsExpiry(expiresAt, now) ? to("in-review", "approve") : refuse("expiry-unfit");
}
