import type { RegionName } from "./rtt.ts";

/** ms from a commit until an isolate under traffic had applied it. */
export type Spread = { region: RegionName; ms: number }[];

/** What came of one seed, as one process tells another. */
export interface Sent {
  seed: number;
  /** The same whenever the same happened. */
  hash: string;
  /** What was answered or done wrong, in words. */
  breaches: string[];
  events: number;
  /** How often each thing was seen. */
  counts: [what: string, times: number][];
  /** Of a run in which nothing goes wrong; else empty. */
  spread: Spread;
  /** Every event, when asked for. */
  trace: string[];
}

/** What operators in Nairobi waited for. */
export interface Nairobi {
  isolates: number;
  checksPerSecond: number;
  checks: number;
  all: Waiting;
  /** Without what an isolate answered in its first 30 s. */
  settled: Waiting;
}

/** The share answered from memory, and ms of waiting for the network alone. */
export interface Waiting {
  fromMemory: number;
  p50: number;
  p99: number;
}
