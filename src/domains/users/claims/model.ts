/** `released` and `refused` are an officer's word; `kept`: it was to be released, and Register found that it is its holder's own. */
export const CLAIM_STATES = ["open", "released", "refused", "kept"] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/**
 * Why a claim takes an officer. `registry-unavailable`: nobody could say who claims. `no-document`: nothing proven says who the
 * phone's holder is. `proven-lately`: the holder proved it too recently to have lost it.
 */
export const CLAIM_CONCERNS = ["registry-unavailable", "no-document", "proven-lately"] as const;
export type ClaimConcern = (typeof CLAIM_CONCERNS)[number];
