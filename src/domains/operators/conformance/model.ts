import { SCENARIOS, SIGNED_SCENARIOS, shuffled } from "../../../client/conformance/index.ts";
import type { Random } from "../../../kernel/clock.ts";

/** `running` until every scenario was asked, or the run's time is over. */
export const RUN_STATES = ["running", "passed", "failed"] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What is asked of an operator's test adapter: what only the adapter itself could say, how often it did something, is not. */
const SIGNED = SIGNED_SCENARIOS.filter(({ accepted }) => accepted === 0).map(({ id }) => id);

export const RECORDED: readonly string[] = [...SCENARIOS.map(({ id }) => id), ...SIGNED];

/** Every scenario's id, in an order nobody knows beforehand. */
export const plan = (random: Random): string[] => shuffled(RECORDED, random);

/** An adapter's answer; null for none in time. */
export type AdapterAnswer = { status: number; body: string } | null;

/** What came of a scenario, in a word or two, and whether it is right. */
export interface Judged {
  came: string;
  passed: boolean;
}

/** A decision is `{"mayPlay": true}` or `{"mayPlay": false}` in a 200; who is not the register has to be refused with a 4xx. */
export function judge(scenario: string, answer: AdapterAnswer): Judged {
  if (!answer) return { came: "no answer", passed: false };
  const { status, body } = answer;
  if (SIGNED.includes(scenario as (typeof SIGNED)[number])) return { came: String(status), passed: status >= 400 && status < 500 };
  const decided = status === 200 ? mayPlayIn(body) : null;
  const { mayPlay } = SCENARIOS.find(({ id }) => id === scenario)!;
  return decided === null ? { came: status === 200 ? "no decision" : String(status), passed: false } : { came: decided ? "may play" : "may not play", passed: decided === mayPlay };
}

function mayPlayIn(body: string): boolean | null {
  try {
    const { mayPlay } = JSON.parse(body) as { mayPlay?: unknown };
    return typeof mayPlay === "boolean" ? mayPlay : null;
  } catch {
    return null;
  }
}

/** What was counted meanwhile, of two counts of a day; a day that began meanwhile counts from nothing. Null where one is missing. */
export function countedSince(before: number | null, now: number | null): number | null {
  if (before === null || now === null) return null;
  return now >= before ? now - before : now;
}
