/** Several servers under the same load in turn, so that whatever else the machine does falls on all of them. */
import type { Load } from "../load.ts";
import { quartiles, type Quartiles } from "../quartiles.ts";

/** How long a burst should take: short enough that all servers meet the same machine, long enough to be timed. */
const BURST_MS = 90;
const MAX_EACH = 80;

/** One turn of a round: the same name may have several. */
export interface Turn {
  name: string;
  load: Load;
}

/** Requests per second of each burst, by name, for each round. */
export type Race = Map<string, number[]>[];

/**
 * A round is many short bursts, one of each server after the other, so that each always finds the caches as the others
 * left them; its figure is the bursts' medians: a machine that is taken away for a tenth of a second now and then spoils
 * a burst, not the round. Two rounds before the first are thrown away.
 */
export async function interleave(turns: readonly Turn[], rounds: number, bursts: number): Promise<Race> {
  const each = new Map<Load, number>();
  for (const { load } of turns) each.set(load, each.get(load) ?? (await requestsOf(load)));
  const race: Race = [];
  for (let n = -2; n < rounds; n++) {
    const round = new Map<string, number[]>(turns.map(({ name }) => [name, []]));
    for (let burst = 0; burst < bursts; burst++) {
      for (const { name, load } of turns) round.get(name)!.push(await rate(load, each.get(load)!));
    }
    if (n >= 0) race.push(round);
  }
  return race;
}

/** Requests per connection that make a burst, found by a first one that also opens what has to be opened. */
async function requestsOf(load: Load): Promise<number> {
  await load.burst(2);
  const perRequest = (await load.burst(4)) / 4;
  return Math.max(2, Math.min(MAX_EACH, Math.round(BURST_MS / perRequest)));
}

const rate = async (load: Load, each: number): Promise<number> => (load.connections * each * 1_000) / (await load.burst(each));

/** A server's requests per second, over the rounds. */
export const perSecond = (race: Race, ...names: string[]): Quartiles => quartiles(race.map((round) => medianOf(round, names)), 0);

/** How many times as fast one server was as another, round by round. */
export const ratio = (race: Race, one: readonly string[], other: readonly string[], digits = 3): Quartiles =>
  quartiles(race.map((round) => medianOf(round, one) / medianOf(round, other)), digits);

const medianOf = (round: Map<string, number[]>, names: readonly string[]): number =>
  quartiles(names.flatMap((name) => round.get(name) ?? []), 6).median;
