import type { Draw } from "./draw.ts";
import { type Crowd, EVENING, MORNING } from "./crowd.ts";
import { SOUND } from "./kv.ts";
import { EMPTY, Loss } from "./loss.ts";
import { CALM, type Cut } from "./network.ts";
import type { Node } from "./node.ts";
import { Life } from "./schedule.ts";
import type { Saved } from "./storage.ts";
import type { Workload } from "./workload.ts";
import type { World } from "./world.ts";

/** What may go wrong in a run. */
export const FAULTS = ["network", "cuts", "detours", "store", "restarts", "evictions", "clocks", "replica rollback", "register rollback", "register destroyed", "register renumbered"] as const;
export type Fault = (typeof FAULTS)[number];

interface Parts {
  world: World;
  crowd: Crowd;
  workload: Workload;
  /** Between these true times. */
  from: number;
  until: number;
}

/** By how much a clock is set, on or back, in ms: some are less than anybody notices, some more than the whole run. */
const STEPS_MS = [40, 200, 240, 300, 1_500, 4_000, 20_000] as const;
/** Lets things go wrong, each at moments of the seed's. After `until` nothing more goes wrong, and what can be mended is. */
export class Faults {
  readonly #parts: Parts;
  readonly #draw: Draw;
  readonly #loss: Loss;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#draw = parts.world.draw.fork("faults");
    this.#loss = new Loss(parts.world, parts.workload);
  }

  plan(kinds: readonly Fault[]): void {
    for (const kind of kinds) this.#plans[kind]();
    this.#parts.world.schedule.at(this.#parts.until, new Life(), () => this.#mend());
  }

  readonly #plans: Record<Fault, () => void> = {
    "network": () => this.#spells(3, (ends) => this.#storm(ends)),
    "cuts": () => this.#spells(4, (ends) => this.#cut(ends)),
    "detours": () => this.#spells(2, (ends) => this.#detour(ends)),
    "store": () => this.#spells(2, (ends) => this.#spoil(ends)),
    "restarts": () => this.#moments(6, () => this.#restart()),
    "evictions": () => this.#moments(8, () => this.#evict()),
    "clocks": () => {
      this.#moments(6, () => this.#set());
      this.#parts.world.schedule.at(MORNING, new Life(), () => this.#setOverNight());
    },
    "replica rollback": () => this.#moments(3, () => this.#rollBackReplica()),
    "register rollback": () => this.#moments(1, () => this.#rollBackRegister()),
    "register renumbered": () => this.#moments(1, () => this.#renumberRegister()),
    "register destroyed": () => this.#moments(1, () => this.#loseRegister(EMPTY)),
  };

  #moments(most: number, act: () => void): void {
    const { world, from, until } = this.#parts;
    for (let n = this.#draw.whole(1, most); n > 0; n--) world.schedule.at(this.#draw.between(from, until), new Life(), act);
  }

  /** Later, unless everything was mended by then. */
  #later(ms: number, act: () => void): void {
    const { schedule } = this.#parts.world;
    schedule.after(ms, new Life(), () => schedule.now < this.#parts.until && act());
  }

  #spells(most: number, begin: (ends: (end: () => void) => void) => void): void {
    const { schedule } = this.#parts.world;
    this.#moments(most, () => begin((end) => schedule.after(this.#draw.between(300, 9_000), new Life(), end)));
  }

  #storm(ends: (end: () => void) => void): void {
    const { network } = this.#parts.world;
    network.weather = { lost: this.#draw.pick([0, 0.02, 0.2, 0.5]), twice: this.#draw.pick([0, 0.1, 0.4]), late: this.#draw.pick([0, 0.1, 0.5, 0.9]) };
    this.#tell(`a storm ${JSON.stringify(network.weather)}`);
    ends(() => {
      network.weather = CALM;
    });
  }

  #cut(ends: (end: () => void) => void): void {
    const { network } = this.#parts.world;
    const [what, cut] = this.#aCut();
    this.#tell(`cut: ${what}`);
    network.cuts.add(cut);
    ends(() => network.cuts.delete(cut));
  }

  /** What Replicas answer comes late, and yet in time. */
  #detour(ends: (end: () => void) => void): void {
    const { network, replicas } = this.#parts.world;
    const isLonger: Cut = ({ name }) => replicas.has(name);
    network.detours.set(isLonger, this.#draw.between(150, 420));
    this.#tell("answers of Replicas take a detour");
    ends(() => network.detours.delete(isLonger));
  }

  #aCut(): [string, Cut] {
    const { world } = this.#parts;
    const replica = this.#draw.pick([...world.replicas.values()]).node;
    const { region } = this.#draw.pick(this.#parts.crowd.isolates).node;
    const isReplica = ({ name }: Node): boolean => world.replicas.has(name);
    const isRegister = ({ name }: Node): boolean => name === "Register";
    return this.#draw.pick<[string, Cut]>([
      ["nobody hears Register", (from) => isRegister(from)],
      ["Register hears no Replica", (from, to) => isReplica(from) && isRegister(to)],
      [`${replica.name} and Register`, (from, to) => (from === replica && isRegister(to)) || (to === replica && isRegister(from))],
      [`${replica.name} hears nobody`, (_, to) => to === replica],
      [`nobody hears ${replica.name}`, (from) => from === replica],
      [`${region} hears no other`, (from, to) => to.region === region && from.region !== region],
      ["no isolate hears a Replica", (from, to) => isReplica(from) && !isRegister(to)],
    ]);
  }

  #spoil(ends: (end: () => void) => void): void {
    const { store, bucket } = this.#parts.world;
    const often = (): number => this.#draw.pick([0, 0.1, 0.6]);
    store.weather = { missing: often(), slow: often() / 2, flipped: often(), other: often(), failing: often() };
    bucket.failing = often();
    this.#tell(`the store ${JSON.stringify(store.weather)}`);
    ends(() => {
      store.weather = SOUND;
      bucket.failing = 0;
    });
  }

  #restart(): void {
    const { register, replicas } = this.#parts.world;
    const host = this.#draw.chance(0.4) ? register : this.#draw.pick([...replicas.values()]);
    this.#tell(`${host.node.name} restarts`);
    host.restart();
  }

  #evict(): void {
    const isolate = this.#draw.pick(this.#parts.crowd.isolates);
    this.#tell(`${isolate.node.name} is evicted`);
    this.#parts.crowd.replace(isolate);
  }

  #set(): void {
    const { register, replicas } = this.#parts.world;
    const { name, clock } = this.#draw.pick([register, this.#draw.pick([...replicas.values()]), ...this.#parts.crowd.isolates.slice(0, 6)]).node;
    const by = this.#draw.pick(STEPS_MS) * this.#draw.pick([-1, 1]);
    this.#tell(`the clock of ${name} is set by ${by} ms`);
    clock.set(by);
  }

  /** A machine wakes with its clock about where it was when the last poll in the evening was answered. */
  #setOverNight(): void {
    for (const { node } of this.#parts.crowd.isolates) {
      if (!this.#draw.chance(0.5)) continue;
      this.#tell(`the clock of ${node.name} is set over night by a day`);
      node.clock.set(EVENING - MORNING + this.#draw.between(12_000, 28_000));
    }
  }

  #rollBackReplica(): void {
    const host = this.#draw.pick([...this.#parts.world.replicas.values()]);
    const saved = host.storage.save();
    this.#later(this.#draw.between(500, 8_000), () => {
      this.#tell(`${host.node.name} is rolled back`);
      host.rollBack(saved);
    });
  }

  #rollBackRegister(): void {
    const saved = this.#parts.world.register.storage.save();
    const { logId } = this.#loss;
    this.#later(this.#draw.between(500, 6_000), () => this.#loss.logId === logId && this.#loseRegister(saved));
  }

  #loseRegister(saved: Saved): void {
    if (this.#loss.holdsTheOnlyCopy) return this.#later(20, () => this.#loseRegister(saved));
    this.#tell(saved === EMPTY ? "Register is destroyed" : "Register is rolled back");
    this.#loss.lose(saved);
  }

  #renumberRegister(): void {
    if (this.#loss.logId === null) return;
    this.#tell("Register is renumbered");
    this.#loss.renumber();
  }

  #mend(): void {
    this.#tell("everything is mended");
    const { network, store, bucket } = this.#parts.world;
    network.weather = CALM;
    network.cuts.clear();
    network.detours.clear();
    store.weather = SOUND;
    bucket.failing = 0;
  }

  #tell(what: string): void {
    this.#parts.world.trace.note("FAULT", what);
    this.#parts.world.trace.count(what.replaceAll(/[a-z]+\/\d|isolate-\d+|-?\d+ ms|[{].*|\b(?:wnam|enam|sam|weur|eeur|me|apac|oc|afr)\b/g, "…"));
  }
}
