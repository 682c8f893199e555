/** Several servers under the same load in turn, so that whatever else the machine does falls on all of them. */
import type { Load } from "../load.ts";
import { processorMs } from "../processes.ts";
import { quartiles, type Quartiles } from "../quartiles.ts";

/** Each has one request at a time. */
export const CONNECTIONS = 16;
/** How long a burst should take: short enough that all servers meet the same machine, long enough to be timed. */
const BURST_MS = 90;
const MAX_EACH = 80;

/** One turn of a round: the same name may have several. */
export interface Turn {
  name: string;
  load: Load;
  /** The server's process, whose processor time is then counted too. */
  pid?: string;
}

interface Burst {
  perSecond: number;
  /** Processor time of the server's process, ms a request. */
  processorMs: number;
}

/** The bursts of each round, by name. */
export type Race = Map<string, Burst[]>[];

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
    const round = new Map<string, Burst[]>(turns.map(({ name }) => [name, []]));
    for (let burst = 0; burst < bursts; burst++) {
      for (const turn of turns) round.get(turn.name)!.push(await burstOf(turn, each.get(turn.load)!));
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

async function burstOf({ load, pid }: Turn, each: number): Promise<Burst> {
  const requests = load.connections * each;
  const before = pid ? processorMs(pid) : 0;
  const ms = await load.burst(each);
  return { perSecond: (requests * 1_000) / ms, processorMs: ((pid ? processorMs(pid) : 0) - before) / requests };
}

/** A server's requests per second, over the rounds. */
export const perSecond = (race: Race, ...names: string[]): Quartiles => quartiles(race.map((round) => medianOf(round, names)), 0);

/** How many times as fast one server was as another, round by round. */
export const ratio = (race: Race, one: readonly string[], other: readonly string[], digits = 3): Quartiles =>
  quartiles(race.map((round) => medianOf(round, one) / medianOf(round, other)), digits);

const medianOf = (round: Map<string, Burst[]>, names: readonly string[]): number =>
  quartiles(names.flatMap((name) => round.get(name)!.map(({ perSecond }) => perSecond)), 6).median;

/** What a request costs the server's process, µs, over the rounds: the system counts in steps of 10 ms, so a round's bursts are taken together. */
export const processorUs = (race: Race, name: string): Quartiles =>
  quartiles(race.map((round) => (round.get(name)!.reduce((sum, burst) => sum + burst.processorMs, 0) * 1_000) / round.get(name)!.length), 0);
