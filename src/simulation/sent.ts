import type { RegionName } from "./rtt.ts";

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
  /** ms from a commit until isolates under traffic had applied it; of runs in which nothing goes wrong. */
  spread: { region: RegionName; ms: number }[];
  /** Every event, when asked for. */
  trace: string[];
}
