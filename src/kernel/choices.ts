/**
 * The seed's choice sets in one place, each in its own order. Those that a rule owns stand with the rule: periods of
 * exclusion in `domains/exclusions/policies.ts`, roles in `domains/authentication/capabilities.ts`.
 */

/** What can be the state of something that is worked on. */
export const STATUSES = ["pending", "active", "inactive", "suspended", "expired", "revoked", "completed", "failed", "cancelled", "processing"] as const;

export const RISK_LEVELS = ["none", "low", "mild", "moderate", "high", "severe", "critical", "blacklisted"] as const;

export const PRIORITIES = ["low", "medium", "high", "urgent", "critical"] as const;

/** Languages people may ask for, by BCP 47; pages and messages exist in those of `i18n/locales.ts`. */
export const LANGUAGES = ["en", "sw", "fr", "ar", "pt", "am", "ha", "yo", "ig", "zu", "af", "pcm"] as const;

/** ISO 4217, as `reference/currencies.ts` has more of. */
export const CURRENCY_CODES = ["KES", "USD", "EUR", "GBP", "TZS", "UGX", "RWF", "BIF"] as const;
export type CurrencyCode = (typeof CURRENCY_CODES)[number];

/** ISO 3166-1 alpha-2, as `reference/countries.ts` has more of. */
export const COUNTRY_CODES = ["KE", "TZ", "UG", "RW", "BI", "SS", "ET", "SO", "DJ"] as const;
export type CountryCode = (typeof COUNTRY_CODES)[number];

/** How far it is known that somebody is who they say. */
export const VERIFICATIONS = ["unverified", "pending", "verified", "failed", "expired", "suspended"] as const;

export const ASSESSMENT_TYPES = ["liebet", "pgsi", "dsm5", "behavioral", "custom"] as const;
