/** `received`: nobody looked at it yet. `approved` is followed by the operator's enrolment, its licence and an invitation, within a minute. */
export const APPLICATION_STATES = ["received", "in-review", "approved", "refused", "withdrawn"] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** What the officer who reviewed one recommends. */
export const ADVICE = ["approve", "refuse"] as const;
export type Advice = (typeof ADVICE)[number];

/** What officers do. `confirm`: another officer decides as was recommended; `send-back`: it is looked at again. */
export const APPLICATION_STEPS = ["review", "recommend-approval", "recommend-refusal", "confirm", "send-back", "withdraw"] as const;
export type ApplicationStep = (typeof APPLICATION_STEPS)[number];

/** What the audit calls each step. */
export const ACTION_OF: Readonly<Record<ApplicationStep, string>> = {
  "review": "reviewed", "recommend-approval": "approval-recommended", "recommend-refusal": "refusal-recommended", "confirm": "decided", "send-back": "sent-back", "withdraw": "withdrawn",
};
