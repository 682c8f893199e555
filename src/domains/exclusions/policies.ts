import type { Instant } from "../../kernel/clock.ts";
import { type Period, periodEnd } from "../../kernel/periods.ts";

/**
 * How long a person can exclude themself for, as versioned data. Both families are loaded: the periods of L.N. 112 of
 * 2026 reg. 69(2) and those of the register's first specification. A change is a new version, never an edit: an
 * exclusion keeps the version it began under.
 */
export interface Policy {
  code: PolicyCode;
  version: number;
  /** Null for a permanent exclusion. */
  period: Period | null;
  /** Years until a permanent exclusion can be reviewed; reg. 71(3). */
  reviewAfter: Period | null;
  /** How long after a refused review the next one can be. */
  reviewAgainAfter: Period | null;
  /** A term after which an exclusion without an end goes on for another, and its holder is told so; null for the others. */
  renewsEvery: Period | null;
  /** `automatic`: ends by itself at the end of its period. `confirmed`: stays in force until the person ends it. */
  endMode: EndMode;
  legalBasis: string;
}

export const POLICY_CODES = ["24h", "7d", "30d", "6m", "1y", "5y", "permanent"] as const;
/** What anybody can choose. */
export type ChosenPolicy = (typeof POLICY_CODES)[number];
/** `custom`: an end of its own that officers decided on. */
export type PolicyCode = ChosenPolicy | "custom";
export type EndMode = "automatic" | "confirmed";

const LAW = "L.N. 112 of 2026, reg. 69(2)";
const SPECIFICATION = "NSER-RG specification";

export const POLICIES: Readonly<Record<ChosenPolicy, Policy>> = {
  "24h": policy("24h", { unit: "hours", count: 24 }, "automatic", LAW),
  "7d": policy("7d", { unit: "hours", count: 7 * 24 }, "automatic", LAW),
  "30d": policy("30d", { unit: "days", count: 30, minimumDays: 30 }, "automatic", LAW),
  "6m": policy("6m", { unit: "months", count: 6, minimumDays: 180 }, "confirmed", LAW),
  "1y": policy("1y", { unit: "years", count: 1, minimumDays: 365 }, "confirmed", LAW),
  "5y": policy("5y", { unit: "years", count: 5, minimumDays: 1825 }, "confirmed", SPECIFICATION),
  "permanent": {
    ...policy("permanent", null, "confirmed", `${LAW}; reg. 71(3)`),
    reviewAfter: { unit: "years", count: 3, minimumDays: 1095 },
    reviewAgainAfter: { unit: "years", count: 1, minimumDays: 365 },
    renewsEvery: { unit: "years", count: 3, minimumDays: 1095 },
  },
};

function policy(code: ChosenPolicy, period: Period | null, endMode: EndMode, legalBasis: string): Policy {
  return { code, version: 1, period, reviewAfter: null, reviewAgainAfter: null, renewsEvery: null, endMode, legalBasis };
}

export const isPolicyCode = (value: unknown): value is ChosenPolicy => POLICY_CODES.includes(value as ChosenPolicy);

/** What a policy promises when it starts at `start`: the end of its minimum, when it can be reviewed, and when its next term begins. */
export function term(policy: Policy, start: Instant): { endsAt: Instant | null; reviewAt: Instant | null; renewsAt: Instant | null } {
  return {
    endsAt: policy.period && periodEnd(start, policy.period),
    reviewAt: policy.reviewAfter && periodEnd(start, policy.reviewAfter),
    renewsAt: policy.renewsEvery && periodEnd(start, policy.renewsEvery),
  };
}
