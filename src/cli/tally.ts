import type { Sent, Spread } from "../simulation/sent.ts";

/** What came of all seeds together. */
export class Tally {
  seeds = 0;
  events = 0;
  /** Seeds with a breach. */
  readonly breached: number[] = [];
  readonly hashes = new Map<number, string>();
  readonly counts = new Map<string, number>();
  readonly spread: Spread = [];

  add({ seed, hash, events, breaches, counts, spread }: Sent): void {
    this.seeds++;
    this.events += events;
    this.hashes.set(seed, hash);
    if (breaches.length > 0) this.breached.push(seed);
    for (const [what, times] of counts) this.counts.set(what, (this.counts.get(what) ?? 0) + times);
    for (const one of spread) this.spread.push(one);
  }
}

/** The ms that `share` of them do not exceed, rounded; null of none. */
export function quantile(spread: Spread, share: number): number | null {
  const all = spread.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return all.length === 0 ? null : Math.round(all[Math.ceil(all.length * share) - 1]!);
}

/** The median of each region. */
export const byRegion = (spread: Spread): { region: string; p50: number | null }[] =>
  [...Map.groupBy(spread, ({ region }) => region)].map(([region, some]) => ({ region, p50: quantile(some, 0.5) }));
