/** What becomes of a quarantine: the operator may appeal, an officer lifts or upholds it. One that is upheld holds until it is lifted. */
export const QUARANTINE_STATES = ["open", "appealed", "upheld", "lifted"] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

export type QuarantineStep = "lift" | "uphold";
