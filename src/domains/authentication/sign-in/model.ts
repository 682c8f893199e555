/** How somebody tried to sign in. */
export const METHODS = ["password", "totp", "recovery-code", "passkey"] as const;
export type Method = (typeof METHODS)[number];

/** What came of it. */
export const OUTCOMES = ["succeeded", "second-factor-due", "wrong", "locked", "blocked-device", "suspended"] as const;
export type SignInOutcome = (typeof OUTCOMES)[number];

/** What is unusual about a try. `new-program`: a device's cookie came from another kind of program than before. */
export const RISKS = ["new-device", "new-program", "new-country", "after-failures", "long-away"] as const;
export type Risk = (typeof RISKS)[number];
