import { DAY, type Instant } from "../../../kernel/clock.ts";
import { periodEnd } from "../../../kernel/periods.ts";
import type { Result } from "../../../kernel/result.ts";
import { CLOCK_DAYS, type DataRequest, type RequestKind, type RequestReason, type RequestState, type Subject } from "./model.ts";

/**
 * Until when a request has to be answered: the last millisecond of the day in Nairobi that comes so many days after the day of
 * receipt, which itself does not count (Interpretation and General Provisions Act, s.57(a)). Sundays and public holidays are not
 * left out, although s.57(b) would allow it: the office is never late by its own count.
 */
export function dueAt(kind: RequestKind, receivedAt: Instant): Instant {
  const days = CLOCK_DAYS[kind];
  return periodEnd(receivedAt, { unit: "days", count: days, minimumDays: days });
}

const AT_FIRST: Readonly<Record<RequestKind, RequestState>> = {
  access: "answered", rectification: "received", portability: "answered", erasure: "in-progress", restriction: "received", objection: "received",
};

/** How a request begins: a copy is given and a language changed at once, an erasure the register carries out; the rest waits for an officer. */
export const stateAtFirst = (kind: RequestKind, subject: Subject | null): RequestState => (subject === "language" ? "answered" : AT_FIRST[kind]);

/** Whether it is answered with a copy of everything: to read (reg. 9) or to take elsewhere (reg. 11), it is the same. */
export const asksForCopy = (kind: RequestKind): boolean => kind === "access" || kind === "portability";

export const isOverdue = (request: { state: RequestState; dueAt: Instant }, now: Instant): boolean => isOpen(request.state) && now > request.dueAt;

export const isOpen = (state: RequestState): boolean => state === "received" || state === "in-progress";

export type Step = "take-up" | "answer" | "refuse";

/** State × step → state; what is not listed cannot happen. */
const TRANSITIONS: Readonly<Record<RequestState, Partial<Record<Step, RequestState>>>> = {
  "received": { "take-up": "in-progress", "answer": "answered", "refuse": "refused" },
  "in-progress": { answer: "answered", refuse: "refused" },
  "answered": {},
  "refused": {},
};

/** What an officer may refuse each kind for. Access and portability of what is held can only fail by who asks. */
const LAWFUL: Readonly<Record<RequestKind, readonly RequestReason[]>> = {
  access: ["identity-unproven"],
  portability: ["identity-unproven"],
  rectification: ["identity-unproven", "already-correct", "evidence-missing"],
  erasure: ["identity-unproven", "exclusion-active", "retention-runs", "legal-obligation"],
  restriction: ["identity-unproven", "exclusion-active", "retention-runs", "legal-obligation"],
  objection: ["identity-unproven", "exclusion-active", "retention-runs", "legal-obligation"],
};

export type DecisionRefusal = { refusal: "decided-already" | "taken-up-already" | "reason-missing" | "reason-unlawful" | "carried-out-by-the-register" | "statutory-record" };

/**
 * Whether an officer's step is possible and lawful. An erasure is answered by carrying it out, which no officer does by hand; and nobody
 * promises that operators are told no longer: a request for that is refused, as long as there is an exclusion to tell of and after it.
 */
export function judgeStep(request: Pick<DataRequest, "kind" | "state" | "subject">, step: Step, reasons: readonly RequestReason[]): Result<{ state: RequestState }, DecisionRefusal> {
  const state = TRANSITIONS[request.state][step];
  if (!state) return { ok: false, refusal: isOpen(request.state) ? "taken-up-already" : "decided-already" };
  if (request.kind === "erasure" && step === "answer") return { ok: false, refusal: "carried-out-by-the-register" };
  if (request.subject === "checks" && step === "answer") return { ok: false, refusal: "statutory-record" };
  if (step === "refuse" && reasons.length === 0) return { ok: false, refusal: "reason-missing" };
  const lawful = step === "refuse" ? LAWFUL[request.kind] : [];
  return reasons.every((reason) => lawful.includes(reason)) ? { ok: true, state } : { ok: false, refusal: "reason-unlawful" };
}

/** The platform keeps 30 days of each object's past, and copies in the bucket may be locked as long; a day for the last sweep. */
const COMPLETE_AFTER = 31 * DAY;
export const completeAt = (erasedAt: Instant): Instant => erasedAt + COMPLETE_AFTER;

/** When to look again at what had to stay: when the reason ends, or in a month where nobody can say when that is. */
export const lookAgainAt = (until: Instant | null, now: Instant): Instant => Math.max(until ?? 0, now) + (until !== null && until > now ? 1 : 30 * DAY);
