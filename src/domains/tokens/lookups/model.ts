/** Where a lookup is. `approved` can be read by who asked; `read`, `refused` and `expired` are its ends. */
export const LOOKUP_STATES = ["pending", "approved", "refused", "read", "expired"] as const;
export type LookupState = (typeof LOOKUP_STATES)[number];
