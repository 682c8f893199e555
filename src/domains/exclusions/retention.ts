import type { Instant } from "../../kernel/clock.ts";
import { periodEnd } from "../../kernel/periods.ts";
import type { Result } from "../../kernel/result.ts";
import type { Exclusion } from "./model.ts";
import { isInForce } from "./rules.ts";
import type { KeepingReason } from "./persons-rpc.ts";

/** How long the record of an exclusion outlives it (Data Protection (General) Regulations 2021, reg. 19: the schedule has seven years). */
const RETENTION = { unit: "years", count: 7, minimumDays: 7 * 365 } as const;

/** Whether a person may be forgotten now. Keeps when in doubt: one exclusion that must stay keeps them all. */
export function judgeForgetting(exclusions: readonly Pick<Exclusion, "state" | "endsAt" | "endedAt">[], now: Instant): Result<object, KeepingReason> {
  const active = exclusions.filter(({ state }) => isInForce(state));
  if (active.length > 0) return { ok: false, refusal: "exclusion-active", until: latestEnd(active) };
  const until = Math.max(0, ...exclusions.map(({ endedAt }) => periodEnd(endedAt ?? now, RETENTION)));
  return now <= until ? { ok: false, refusal: "retention-runs", until } : { ok: true };
}

/** Whether it is kept which operators hold a token for a person: while they are excluded, or asked for it. */
export const mayKeepHoldings = (exclusions: readonly Pick<Exclusion, "state">[], asked: boolean): boolean =>
  asked || exclusions.some(({ state }) => isInForce(state));

/** Null while one of them has no end. */
const latestEnd = (exclusions: readonly Pick<Exclusion, "endsAt">[]): Instant | null =>
  exclusions.reduce<Instant | null>((latest, { endsAt }) => (latest === null || endsAt === null ? null : Math.max(latest, endsAt)), 0);
