import { DAY, SECOND } from "../kernel/clock.ts";
import type { Draw } from "./draw.ts";
import type { Isolate } from "./isolate.ts";
import { REGIONS, type RegionName } from "./rtt.ts";
import { Life } from "./schedule.ts";
import type { Workload } from "./workload.ts";
import type { World } from "./world.ts";

/** How often an isolate is asked: checks a second. */
const RATES = [20, 5, 1, 0.7, 0.3, 0.1] as const;

/** Nobody gambles in between. */
export const EVENING = 8 * SECOND;
export const MORNING = DAY - SECOND;
const byDay = (at: number): number => (at > EVENING && at < MORNING ? at + MORNING - EVENING : at);

interface Member {
  isolate: Isolate;
  perSecond: number;
  until: number;
}

/** The isolates that live now and the operators' servers that ask them, each at its own rate. */
export class Crowd {
  readonly #world: World;
  readonly #workload: Workload;
  readonly #draw: Draw;
  readonly #members: Member[] = [];

  constructor(world: World, workload: Workload) {
    this.#world = world;
    this.#workload = workload;
    this.#draw = world.draw.fork("crowd");
  }

  get isolates(): Isolate[] {
    return this.#members.map(({ isolate }) => isolate);
  }

  /** So many isolates, each born some time between, anywhere in the world. */
  gather(count: number, { from, until }: { from: number; until: number }): void {
    for (let n = 0; n < count; n++) {
      const region = this.#draw.pick(REGIONS);
      const perSecond = this.#draw.pick(RATES);
      this.#world.schedule.at(this.#draw.between(from, from + SECOND), new Life(), () => this.#join(region, perSecond, until));
    }
  }

  /** An isolate is evicted; a cold one takes its place. */
  replace(isolate: Isolate): void {
    const at = this.#members.findIndex((member) => member.isolate === isolate);
    const [{ perSecond, until } = { perSecond: 1, until: 0 }] = this.#members.splice(at, 1);
    isolate.evict();
    this.#join(isolate.node.region, perSecond, until);
  }

  #join(region: RegionName, perSecond: number, until: number): void {
    const isolate = this.#world.isolate(region);
    this.#members.push({ isolate, perSecond, until });
    const { schedule } = this.#world;
    const next = (): void =>
      schedule.at(byDay(schedule.now + this.#draw.exponential(SECOND / perSecond)), new Life(), () => {
        if (isolate.evicted || schedule.now >= until) return;
        this.#workload.check(isolate);
        next();
      });
    next();
  }
}
