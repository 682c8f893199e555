import type { Exclusion, Receipt } from "../../src/domains/exclusions/model.ts";

/** What has not happened to an exclusion that somebody began for themself. */
export const UNTOUCHED = {
  origin: "self", caseReference: null, county: null, reviewAt: null, reviewGrantedAt: null, endableFrom: null, endingLapsesAt: null,
  measureUntil: null, annulsAt: null, renewsAt: null, renewals: 0, remindedAt: null, endedAt: null,
} as const satisfies Partial<Exclusion>;

/** The same on a receipt. */
export const PLAIN = {
  state: "active", origin: "self", caseReference: null, reviewAt: null, askableFrom: null, endableFrom: null, endingLapsesAt: null,
  measureUntil: null, annulsAt: null, endedAt: null,
} as const satisfies Partial<Receipt>;
