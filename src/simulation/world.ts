import type { Register } from "../../workers/register/register.ts";
import type { Replica } from "../../workers/register/replica.ts";
import { SimulatedLog } from "./audit-log.ts";
import { Bucket } from "./bucket.ts";
import { Draw } from "./draw.ts";
import { Host } from "./host.ts";
import { Isolate } from "./isolate.ts";
import { Store } from "./kv.ts";
import { Network } from "./network.ts";
import { type Node, NodeClock } from "./node.ts";
import { registerOn, replicaOn, type Senses } from "./objects.ts";
import type { Parts } from "./parts.ts";
import { enter } from "./platform.ts";
import { HOME, type RegionName } from "./rtt.ts";
import { Schedule } from "./schedule.ts";
import { keyring, manifestKeys } from "./secrets.ts";
import type { Spread } from "./sent.ts";
import { Trace } from "./trace.ts";
import { Truth } from "./truth.ts";
import { watched } from "./watched.ts";
import { type Layout, Wiring } from "./wiring.ts";

const DRIFT_PPM = 500;

/** What goes wrong and is no fault of the product's: refusals, and whatever a bad network or a bad store does. */
const EXPECTED = [
  /is unreachable$/, /^no answer within \d+ ms$/, /^this copy cannot be vouched for$/, /^Register's log (went back|changed under the copy)$/,
  /^more isolates ask than Register admits$/, /^the manifest is in none of its homes$/, /^KV holds other bytes under \w+$/, /^shard \d+ came from a Replica$/,
  /^this Register (lost rows|was destroyed) and has to be restored$/, /^this Register is being restored$/,
  /^a Replica's answer cannot be: older than anything may rest on$/,
  /^the tokenizer is away$/,
  /^the audit log (is away|was not heard)$/, /^the log is busy$/,
  // After Register was rebuilt, until the first snapshot of the new log.
  /^a (manifest|shard) of another log$/,
];

/** Register, its Replicas, isolates and what lies between them: the product's own code on machines of the run's. */
export class World {
  readonly schedule = new Schedule();
  readonly draw: Draw;
  readonly trace: Trace;
  readonly network: Network;
  readonly store: Store;
  readonly bucket: Bucket;
  readonly truth: Truth;
  readonly register: Host<Register>;
  readonly replicas: ReadonlyMap<string, Host<Replica>>;
  readonly breaches: string[] = [];
  readonly spread: Spread = [];
  readonly #layout: Layout;
  readonly #parts: Parts;
  readonly #wiring: Wiring;
  /** What each region's cache in front of the store misses, and since when. */
  readonly #missed = new Map<RegionName, Map<string, number>>();
  #isolates = 0;

  constructor(seed: string, layout: Layout, parts: Parts, keepTrace: boolean) {
    const { schedule } = this;
    const draw = (this.draw = new Draw(seed));
    enter(schedule, draw.fork("platform"));
    const trace = (this.trace = new Trace(schedule, keepTrace));
    this.#layout = layout;
    this.#parts = parts;
    this.truth = new Truth(trace);
    this.network = new Network(schedule, draw.fork("network"), trace);
    const store = (this.store = new Store(schedule, draw.fork("store"), trace));
    const bucket = (this.bucket = new Bucket(schedule, draw.fork("bucket"), trace));
    const replica = (name: string): Host<Replica> => this.replicas.get(name)!;
    const log = new SimulatedLog({ schedule, draw: draw.fork("audit log"), trace, breach: (what) => this.breach(what) });
    this.#wiring = new Wiring({ log, layout, schedule, draw: draw.fork("tokenizer"), trace, store, bucket, register: () => this.register, replica });
    this.register = this.#hostRegister(this.node("Register", HOME));
    const nodes = this.#wiring.places.map(({ name, region }) => this.node(name, region as RegionName));
    this.replicas = new Map(nodes.map((node) => [node.name, this.#hostReplica(node)]));
  }

  /** A machine, with a clock as wrong and as fast as machines' are. */
  node(name: string, region: RegionName): Node {
    const { offsetMs } = this.#layout;
    const draw = this.draw.fork(`clock of ${name}`);
    return { name, region, clock: new NodeClock(this.schedule, draw.between(-DRIFT_PPM, DRIFT_PPM), draw.between(-offsetMs, offsetMs)) };
  }

  /** A cold isolate. */
  isolate(region: RegionName): Isolate {
    const node = this.node(`isolate-${++this.#isolates}`, region);
    const report = (what: string, error: unknown): void => this.report(node.name, what, error);
    const isolate: Isolate = new Isolate({
      node,
      schedule: this.schedule,
      feed: this.#parts.feed(this.#wiring.feed(node, this.draw.unit(), report)),
      homes: [this.store.readerAt(this.#missedAt(region))],
      view: watched(this.#parts.View, {
        count: (what) => this.trace.count(what),
        told: (what) => this.trace.note(node.name, "is told", what),
        applied: (from, to) => this.#applied(isolate, from, to),
      }),
      keyring,
      manifestKeys,
      budgetBytes: this.#layout.budgetBytes,
      newId: () => "",
      report,
    });
    return isolate;
  }

  breach(what: string): void {
    this.trace.note("BREACH", what);
    this.breaches.push(what);
  }

  /** Something that an object or an isolate could not do: expected of a bad network, and of nothing else. */
  report(who: string, what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error ?? "");
    this.trace.note(who, what, message);
    this.trace.count(`reported: ${what.replaceAll(/\b[a-z]+\/\d\b|\bRegister\b(?= in vain)/g, "…")}`);
    if (message && !EXPECTED.some((pattern) => pattern.test(message))) {
      this.breach(`${who}, ${what}: ${error instanceof Error ? error.stack : message}`);
    }
  }

  /** The run is over. */
  close(): void {
    for (const host of [this.register, ...this.replicas.values()]) host.close();
  }

  #hostRegister(node: Node): Host<Register> {
    const host: Host<Register> = new Host({
      ...this.#hosting(node),
      kind: "register",
      make: (state) => registerOn(state, this.#wiring.environment(node), this.#senses(node)),
      acted: () => this.truth.observe(host.storage, this.schedule.now, node.clock.now()),
    });
    return host;
  }

  #hostReplica(node: Node): Host<Replica> {
    const make = (state: DurableObjectState): Replica => replicaOn(state, this.#wiring.environment(node), this.#senses(node));
    return new Host({ ...this.#hosting(node), kind: "replica", make });
  }

  #hosting(node: Node) {
    const report = (what: string, error: unknown): void => this.report(node.name, what, error);
    return { schedule: this.schedule, network: this.network, trace: this.trace, node, report };
  }

  /** An object's error lines are read as they are written. */
  #senses({ name, clock }: Node): Senses {
    const write = (line: string): void => {
      const { message, "error.message": error, "error.stack_trace": stack } = JSON.parse(line);
      this.report(name, message, stack ? Object.assign(new Error(error), { stack }) : null);
    };
    return { clock, write, parts: this.#parts };
  }

  #missedAt(region: RegionName): Map<string, number> {
    const missed = this.#missed.get(region) ?? new Map<string, number>();
    this.#missed.set(region, missed);
    return missed;
  }

  #applied(isolate: Isolate, from: number, to: number): void {
    for (let seq = from; seq <= to; seq++) {
      const at = this.truth.committedAt.get(seq) ?? Number.NEGATIVE_INFINITY;
      if (isolate.wasBusy(at)) this.spread.push({ region: isolate.node.region, ms: this.schedule.now - at });
    }
  }
}
