import type { Instant } from "../../../kernel/clock.ts";
import { DAY, HOUR } from "../../../kernel/clock.ts";
import { periodEnd } from "../../../kernel/periods.ts";
import type { Result } from "../../../kernel/result.ts";
import type { LatenessKind } from "../../operators/acknowledgements/model.ts";
import type { Terms } from "../standing/model.ts";
import type { Proof, ViolationState, ViolationStep } from "./model.ts";

/** From which states each step leads, and to which. */
const STEPS: Readonly<Record<ViolationStep, { from: readonly ViolationState[]; to: ViolationState }>> = {
  notify: { from: ["proposed"], to: "notified" },
  respond: { from: ["notified"], to: "responded" },
  uphold: { from: ["notified", "responded"], to: "upheld" },
  dismiss: { from: ["notified", "responded"], to: "dismissed" },
  remedy: { from: ["upheld"], to: "remedied" },
  close: { from: ["remedied"], to: "closed" },
};

/** `out-of-turn`: not in this state. `not-heard`: the operator can still respond. `own`: whoever accuses does not decide. */
export interface StepRefusal {
  refusal: "out-of-turn" | "not-heard" | "own";
}

/** A violation, as far as its steps are judged. */
export interface Judged {
  state: ViolationState;
  /** The operator can respond through this instant. */
  respondUntil: Instant | null;
  /** Who opened it; where a rule did, who notified the operator of it. Null until then. */
  accuser: string | null;
}

const isDecision = (step: ViolationStep): boolean => step === "uphold" || step === "dismiss";

/** Whether a step may be taken, and where it leads. `by`: an actor as columns name one. */
export function judgeStep({ state, respondUntil, accuser }: Judged, step: ViolationStep, by: string, now: Instant): Result<{ state: ViolationState }, StepRefusal> {
  const { from, to } = STEPS[step];
  if (!from.includes(state)) return { ok: false, refusal: "out-of-turn" };
  if (isDecision(step) && by === accuser) return { ok: false, refusal: "own" };
  if (isDecision(step) && state === "notified" && (respondUntil === null || now <= respondUntil)) return { ok: false, refusal: "not-heard" };
  return { ok: true, state: to };
}

/** The last instant of the operator's time, which ends with a day in Nairobi. */
export const hearingEnd = (now: Instant, days: number): Instant => periodEnd(now, { unit: "days", count: days, minimumDays: days });

/** An identifier that is nobody's, and how often an operator came with it. */
export interface Met {
  operator: string;
  canary: string;
  meetings: number;
}

const subjectOfCanary = ({ operator, canary }: Met): string => `canary ${operator} ${canary}`;

/** Whoever has a customer that is nobody took on somebody they never checked. */
export const proofOfCanary = (met: Met): Proof => ({
  operator: met.operator, rule: "canary-accepted", subject: subjectOfCanary(met), figures: { canary: met.canary, meetings: met.meetings },
});

/** Something an operator is late with, and has not caught up since. */
export interface Lapse {
  id: string;
  operator: string;
  kind: LatenessKind;
  /** Events, or customers, of whom it is late. */
  count: number;
  since: Instant;
  /** When its feed last said so. */
  seenAt: Instant;
}

/** From how long on lateness is held against an operator, by its feed's own word: of receiving, and of all else. */
export const provenAfter = ({ unreceivedHours, overdueDays }: Terms): { received: number; others: number } => ({ received: unreceivedHours * HOUR, others: overdueDays * DAY });

const subjectOfLapse = (id: string): string => `lapse ${id}`;

/** What lateness proves that has lasted as long; each lapse once, however long it lasts. */
export function proofOfLapse({ id, operator, kind, count, since, seenAt }: Lapse, { unreceivedHours, overdueDays }: Terms): Proof {
  const lasted = seenAt - since;
  const subject = subjectOfLapse(id);
  return kind === "received"
    ? { operator, rule: "events-not-received", subject, figures: { count, hours: Math.floor(lasted / HOUR), most: unreceivedHours } }
    : { operator, rule: "acknowledgements-overdue", subject, figures: { kind, count, days: Math.floor(lasted / DAY), most: overdueDays } };
}
