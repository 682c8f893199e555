import type { Draw } from "./draw.ts";
import type { Node } from "./node.ts";
import { rttMs } from "./rtt.ts";
import { Life, type Schedule } from "./schedule.ts";
import type { Trace } from "./trace.ts";

/** How badly the network behaves: each a probability a message, until it heals. */
export interface Weather {
  lost: number;
  twice: number;
  /** Held up for long, and so overtaken by what was sent after it. */
  late: number;
}

export const CALM: Weather = { lost: 0, twice: 0, late: 0 };

/** Messages from some machines to some others. */
export type Cut = (from: Node, to: Node) => boolean;

/** The longest a message is held up; it is then long after every deadline. */
const LATEST_MS = 20_000;
/** How long it takes the platform to notice that nobody is going to answer. */
const NOTICED_MS = [200, 12_000] as const;

/** Calls between machines: half a round trip there, half back, each of which can go wrong. */
export class Network {
  weather = CALM;
  readonly cuts = new Set<Cut>();
  /** Paths on which everything takes so many ms longer. */
  readonly detours = new Map<Cut, number>();
  readonly #schedule: Schedule;
  readonly #draw: Draw;
  readonly #trace: Trace;

  constructor(schedule: Schedule, draw: Draw, trace: Trace) {
    this.#schedule = schedule;
    this.#draw = draw;
    this.#trace = trace;
  }

  /**
   * Calls `act` where `to` is, in the life `host` says it then has. Rejects when it throws, or some time after it or its
   * answer was lost; that too comes over the network, and nothing of it comes when the caller is dead by then.
   */
  call<T>(from: Node, to: Node, what: string, host: () => Life, act: () => Promise<T>): Promise<T> {
    const { life } = this.#schedule;
    return new Promise((resolve, reject) => {
      const lose = (): void =>
        this.#schedule.after(this.#draw.between(...NOTICED_MS), life, () => reject(new Error(`${to.name} is unreachable`)));
      const answer = (settle: () => void): void => {
        if (this.#goesAstray(to, from)) return lose();
        this.#schedule.after(this.#oneWay(to, from), life, settle);
      };
      const arrive = (): void => {
        this.#trace.note(to.name, what);
        const there = (this.#schedule.life = host());
        const settled = there.whenOver(lose);
        act().finally(settled).then((value) => answer(() => resolve(value)), (error: unknown) => answer(() => reject(error as Error)));
      };
      const send = (): void => {
        if (this.#goesAstray(from, to)) lose();
        else this.#schedule.after(this.#oneWay(from, to), ALWAYS, arrive);
      };
      send();
      if (this.#draw.chance(this.weather.twice)) {
        this.#trace.count("a message delivered twice");
        send();
      }
    });
  }

  #goesAstray(from: Node, to: Node): boolean {
    for (const isCut of this.cuts) {
      if (isCut(from, to)) {
        this.#trace.count("a message cut off");
        return true;
      }
    }
    if (!this.#draw.chance(this.weather.lost)) return false;
    this.#trace.count("a message lost");
    return true;
  }

  #oneWay(from: Node, to: Node): number {
    let usual = (rttMs(from.region, to.region) / 2) * this.#draw.between(1, 1.08) + this.#draw.exponential(1.5);
    for (const [isLonger, ms] of this.detours) if (isLonger(from, to)) usual += ms;
    if (!this.#draw.chance(this.weather.late)) return usual;
    this.#trace.count("a message held up");
    // Pareto: most are a little late, a few by very much.
    return Math.min(LATEST_MS, usual + 60 * this.#draw.between(0.001, 1) ** -0.9);
  }
}

/** Messages under way outlive who sent them. */
const ALWAYS = new Life();
