import type { Instant } from "../../../kernel/clock.ts";
import { DAY, HOUR } from "../../../kernel/clock.ts";
import { periodEnd } from "../../../kernel/periods.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Lateness, Terms } from "../standing/model.ts";
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

/**
 * What lateness proves that has lasted for longer than the terms allow. Each time that something became late is proven once, however long it lasts.
 * What nobody can say of an operator proves nothing.
 */
export function proofsOfLateness(operator: string, late: readonly Lateness[] | null, { unreceivedHours, overdueDays }: Terms, now: Instant): Proof[] {
  return (late ?? []).flatMap(({ kind, count, since }): Proof[] => {
    const subject = `late ${operator} ${kind} ${since}`;
    const hours = Math.floor((now - since) / HOUR);
    if (kind === "received") return hours >= unreceivedHours ? [{ operator, rule: "events-not-received", subject, figures: { count, hours, most: unreceivedHours } }] : [];
    const days = Math.floor((now - since) / DAY);
    return days >= overdueDays ? [{ operator, rule: "acknowledgements-overdue", subject, figures: { kind, count, days, most: overdueDays } }] : [];
  });
}
