import { type Instant, SECOND } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { ACKNOWLEDGED_STATES, type AcknowledgedState } from "./model.ts";

/** How far an operator's clock may be off, or its times be rounded down. */
const CLOCK_SLACK_MS = 10 * SECOND;

/** Why what was said of somebody is not taken. */
export type TimeRefusal = "in-the-future" | "before-the-event";

export const isAhead = (at: Instant, now: Instant): boolean => at > now + CLOCK_SLACK_MS;

/** When it was done, as it is kept: never before what it was done about, nor after it was said. */
export function judgeTime(at: Instant, begunAt: Instant, now: Instant): Result<{ at: Instant }, { refusal: TimeRefusal }> {
  if (isAhead(at, now)) return { ok: false, refusal: "in-the-future" };
  if (at < begunAt - CLOCK_SLACK_MS) return { ok: false, refusal: "before-the-event" };
  return { ok: true, at: Math.max(begunAt, Math.min(at, now)) };
}

/** How far an operator says it worked its events through. It never goes back, and nobody worked through what they have not received. */
export function judgeHandled(said: number, known: { through: number; received: number }): Result<{ through: number }, { refusal: "not-received" }> {
  if (said > known.received) return { ok: false, refusal: "not-received" };
  return { ok: true, through: Math.max(said, known.through) };
}

/** What an operator says of somebody who has an account with it; who is only on its mailing list has none. */
const OF_CUSTOMERS: readonly AcknowledgedState[] = ["session_ended", "account_closed"];

/** What is still to be said of somebody, given what was: everything of who is a customer by the operator's own word, and nothing of anybody else. */
export function owedAfter(said: readonly AcknowledgedState[]): AcknowledgedState[] {
  const isCustomer = said.some((state) => OF_CUSTOMERS.includes(state));
  return isCustomer ? ACKNOWLEDGED_STATES.filter((state) => !said.includes(state)) : [];
}
