/** Whose tokens an operator checks. */
import { createHash, randomBytes } from "node:crypto";
import type { Pseudonym } from "../../bst/kinds.ts";
import { rowOf } from "../../snapshot/row.ts";
import type { Target } from "../load.ts";
import type { LargeSet } from "./large-set.ts";
import { bodyOf, HEADERS } from "./operator.ts";

/** An operator's customers, and how many of the checks find somebody excluded. */
const CUSTOMERS = 1_000_000;
const EXCLUDED_SHARE = 0.02;

export interface Check {
  body: string;
  decision: "excluded" | "clear";
}

type Draw = () => Pseudonym;

/** Anyone at all: no shard is asked more than another. */
const anyone: Draw = () => new Uint8Array(randomBytes(16));

/** The few who play all day come again and again: the nth busiest customer is asked about in proportion to 1/n (Zipf's law). */
const regulars: Draw = () => {
  const rank = Math.floor(CUSTOMERS ** Math.random());
  return new Uint8Array(createHash("sha256").update(`customer ${rank}`).digest().subarray(0, 16));
};

export const DRAWS = { uniform: anyone, skewed: regulars };

/** So many checks of a draw, some of them of excluded people. */
export function drawChecks(set: LargeSet, token: (p: Pseudonym) => string, draw: keyof typeof DRAWS, checks: number, excludedShare = EXCLUDED_SHARE): Check[] {
  return Array.from({ length: checks }, () => {
    const excluded = Math.random() < excludedShare;
    const p = excluded ? set.sample[Math.floor(Math.random() * set.sample.length)]! : DRAWS[draw]();
    return { body: bodyOf(token(p)), decision: excluded ? "excluded" : "clear" };
  });
}

/** One excluded person of each shard, in no order. */
export function oneOfEachShard(set: LargeSet, token: (p: Pseudonym) => string): Check[] {
  const byShard = Map.groupBy(set.sample, (p) => rowOf(p, set.shardBits).shard);
  const checks = [...byShard.values()].map((people) => ({ body: bodyOf(token(people[0]!)), decision: "excluded" as const, order: Math.random() }));
  return checks.toSorted((one, other) => one.order - other.order);
}

/** Those checks sent to a server, each answer held against what it has to be. `plain` asks only that there is one. */
export function checksTo(url: string, checks: readonly Check[], plain = false): Target {
  const verify = (answer: string, at: number): void => {
    const start = plain ? '{"answer":' : `{"decision":"${checks[at]!.decision}"`;
    if (!answer.startsWith(start)) throw new Error(`a wrong answer, which should begin ${start}: ${answer}`);
  };
  return { url: `${url}/v1/checks`, headers: HEADERS, body: checks.map(({ body }) => body), verify };
}
