/** What a violation can be of: what a rule proves, or what an officer says. */
export const VIOLATION_RULES = ["canary-accepted", "events-not-received", "acknowledgements-overdue", "by-hand"] as const;
export type ViolationRule = (typeof VIOLATION_RULES)[number];

/**
 * `proposed`: nobody but officers sees it. `notified`: the operator can respond. `upheld`: it is to be remedied. `remedied`: the operator says that it
 * is, which an officer closes.
 */
export const VIOLATION_STATES = ["proposed", "notified", "responded", "upheld", "dismissed", "remedied", "closed"] as const;
export type ViolationState = (typeof VIOLATION_STATES)[number];

/** What officers do, and what the operator does. */
export const OFFICERS_STEPS = ["notify", "uphold", "dismiss", "close"] as const;
export const OPERATORS_STEPS = ["respond", "remedy"] as const;
export type OfficersStep = (typeof OFFICERS_STEPS)[number];
export type OperatorsStep = (typeof OPERATORS_STEPS)[number];
export type ViolationStep = OfficersStep | OperatorsStep;

/** What a rule counted, and from which number on it speaks; ids and kinds as texts. */
export type Figures = Readonly<Record<string, number | string>>;

/** What a rule proves of an operator. */
export interface Proof {
  operator: string;
  rule: Exclude<ViolationRule, "by-hand">;
  /** What is proven once: the same again is not proposed again. */
  subject: string;
  figures: Figures;
}
