/** `reset`: its holder proved the phone. `activation`: an officer gave it to somebody who has no password yet, or no second factor any more. */
export const LINK_KINDS = ["reset", "activation"] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/**
 * Why an officer gives an activation. `no-password`: the account was made for its holder, who never set one. `lost-factors`:
 * its holder can show no second factor any more; it takes them away.
 */
export const ACTIVATION_REASONS = ["no-password", "lost-factors"] as const;
export type ActivationReason = (typeof ACTIVATION_REASONS)[number];
