import { ed25519 } from "@noble/curves/ed25519.js";
import type { Environment } from "../../workers/register/environment.ts";
import type { Register } from "../../workers/register/register.ts";
import type { Replica } from "../../workers/register/replica.ts";
import { Keyring } from "../bst/keyring.ts";
import { parsePairKeys } from "../bst/seal.ts";
import { chosenBy, parseRegions } from "../check/places.ts";
import { regionalFeed } from "../check/regions.ts";
import type { ReplicaApi } from "../check/feed.ts";
import type { ReplicaRecoveryApi } from "../domains/exclusions/recovery/rpc.ts";
import { toBase64Url } from "../kernel/bytes.ts";
import { Draw } from "./draw.ts";
import { Host } from "./host.ts";
import { Isolate } from "./isolate.ts";
import { Bucket } from "./bucket.ts";
import { Store } from "./kv.ts";
import { Network } from "./network.ts";
import { type Node, NodeClock } from "./node.ts";
import { registerOn, replicaOn } from "./objects.ts";
import type { Parts } from "./parts.ts";
import { enter } from "./platform.ts";
import { HOME, nearestFirst, type RegionName } from "./rtt.ts";
import { Schedule } from "./schedule.ts";
import { Trace } from "./trace.ts";
import { Truth } from "./truth.ts";
import { watched } from "./watched.ts";

/** How a run's system is laid out. */
export interface Layout {
  /** As the product's configuration has it: regions and how many Replicas each has. */
  regions: readonly { region: RegionName; replicas: number }[];
  logDays: number;
  settleMs: number;
  /** By how many ms a machine's clock is wrong at first, at most. */
  offsetMs: number;
  /** What an isolate's shards may weigh. */
  budgetBytes: number;
}

const PAIR_KEYS = JSON.stringify({ 1: toBase64Url(new Uint8Array(64).fill(7)) });
const MANIFEST_SEED = new Uint8Array(32).fill(5);
const MANIFEST_KEY = JSON.stringify({ 1: toBase64Url(MANIFEST_SEED) });
const MANIFEST_KEYS = new Map([["1", ed25519.getPublicKey(MANIFEST_SEED)]]);
const RECOVERY_KEYS = JSON.stringify({ 1: toBase64Url(new Uint8Array(32).fill(9)) });
const DRIFT_PPM = 500;

/** What tokens are sealed and opened with. */
export const keyring = new Keyring(parsePairKeys(PAIR_KEYS));

/** What goes wrong and is no fault of the product's: refusals, and whatever a bad network or a bad store does. */
const EXPECTED = [
  /is unreachable$/, /^no answer within \d+ ms$/, /^this copy cannot be vouched for$/, /^Register's log went back$/,
  /^more isolates ask than Register admits$/, /^a published blob is (not to be had|damaged)$/, /^no region is configured$/,
  /^this Register (lost rows|was destroyed) and has to be restored$/, /^this Register is being restored$/,
  /^a Replica's answer cannot be: older than anything may rest on$/,
  // After a rebuild, until the first snapshot of the new log.
  /^a manifest of another log$/,
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
  /** ms from a commit until an isolate under traffic had applied it, by region. */
  readonly spread: { region: RegionName; ms: number }[] = [];
  readonly #layout: Layout;
  readonly #parts: Parts;
  readonly #missed = new Map<RegionName, Map<string, number>>();
  #isolates = 0;

  constructor(seed: string, layout: Layout, parts: Parts, keepTrace: boolean) {
    this.draw = new Draw(seed);
    this.#layout = layout;
    this.#parts = parts;
    enter(this.schedule, this.draw.fork("platform"));
    this.trace = new Trace(this.schedule, keepTrace);
    this.truth = new Truth(this.trace);
    this.network = new Network(this.schedule, this.draw.fork("network"), this.trace);
    this.store = new Store(this.schedule, this.draw.fork("store"), this.trace);
    this.bucket = new Bucket(this.schedule, this.draw.fork("bucket"), this.trace);
    const places = parseRegions(this.#regions(HOME)).flat();
    const nodes = places.map(({ name, region }) => this.node(name, region as RegionName));
    this.register = this.#hostRegister(this.node("Register", HOME));
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
    const isolate: Isolate = new Isolate({
      node,
      schedule: this.schedule,
      feed: this.#parts.feed(this.#feedOf(node)),
      blobs: this.store.readerAt(this.#missedAt(region)),
      view: watched(this.#parts.View, {
        count: (what) => this.trace.count(what),
        told: (what) => this.trace.note(node.name, "is told", what),
        applied: (from, to) => this.#applied(isolate, from, to),
      }),
      keyring,
      manifestKeys: MANIFEST_KEYS,
      budgetBytes: this.#layout.budgetBytes,
      newId: () => "",
      report: (what, error) => this.report(node.name, what, error),
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
    this.trace.count(`reported: ${what}`);
    if (message && !EXPECTED.some((pattern) => pattern.test(message))) {
      this.breach(`${who}, ${what}: ${error instanceof Error ? error.stack : message}`);
    }
  }

  /** The run is over. */
  close(): void {
    for (const host of [this.register, ...this.replicas.values()]) host.close();
  }

  #hosting(node: Node) {
    const report = (what: string, error: unknown): void => this.report(node.name, what, error);
    return { schedule: this.schedule, network: this.network, trace: this.trace, node, report };
  }

  /** The regions as configuration has them, the nearest to `here` first. */
  #regions(here: RegionName): string {
    const ordered = nearestFirst(here).flatMap((name) => this.#layout.regions.find(({ region }) => region === name) ?? []);
    return ordered.map(({ region, replicas }) => `${region}:${replicas}`).join(",");
  }

  #environment(node: Node): Environment {
    const { logDays, settleMs } = this.#layout;
    return {
      REGISTER: { getByName: () => this.#registerFrom(node) },
      REPLICA: { getByName: (name: string) => this.#replicaFrom(node, name) },
      SHARDS: this.store.namespace as unknown as KVNamespace,
      REGIONS: this.#regions(HOME),
      PROVISIONAL_DAYS: "1",
      LOG_DAYS: String(logDays),
      PUBLISH_SETTLE_MS: String(settleMs),
      MANIFEST_KEY,
      RECOVERY: this.bucket.r2 as unknown as R2Bucket,
      RECOVERY_KEYS,
    };
  }

  #hostRegister(node: Node): Host<Register> {
    const host: Host<Register> = new Host({
      ...this.#hosting(node), kind: "register",
      make: (state) => registerOn(state, this.#environment(node), this.#senses(node)),
      acted: () => this.truth.observe(host.storage, this.schedule.now, node.clock.now()),
    });
    return host;
  }

  #hostReplica(node: Node): Host<Replica> {
    return new Host({
      ...this.#hosting(node), kind: "replica",
      make: (state) => replicaOn(state, this.#environment(node), this.#senses(node)),
    });
  }

  #senses(node: Node) {
    const write = (line: string): void => {
      const { message, "error.message": error, "error.stack_trace": stack } = JSON.parse(line);
      this.report(node.name, message, stack ? Object.assign(new Error(error), { stack }) : null);
    };
    return { clock: node.clock, write, parts: this.#parts };
  }

  #registerFrom(from: Node) {
    const call = <T>(what: string, act: (register: Register) => Promise<T>): Promise<T> => this.register.call(from, what, act);
    return {
      poll: (...copy) => call("poll", (register) => register.poll(...copy)),
      copy: (after) => {
        this.trace.count("a page of the whole set copied");
        return call("copy", (register) => register.copy(after));
      },
      announce: (...announced) => {
        this.trace.count("a snapshot announced");
        return call("announce", (register) => register.announce(...announced));
      },
    } as Environment["REGISTER"] extends { getByName: (name: string) => infer Api } ? Api : never;
  }

  #replicaFrom(from: Node, name: string): ReplicaApi & ReplicaRecoveryApi {
    const host = this.replicas.get(name)!;
    return {
      poll: (after) => host.call(from, "poll", (replica) => replica.poll(after)),
      first: (question) => host.call(from, "first", (replica) => replica.first(question)),
      kept: (after) => host.call(from, "kept", (replica) => replica.kept(after)),
      push: (...rows) => host.call(from, "push", (replica) => replica.push(...rows)),
    };
  }

  #feedOf(node: Node) {
    const replicas = chosenBy(this.draw.unit(), parseRegions(this.#regions(node.region))).map(({ name }) => ({ name, ...this.#replicaFrom(node, name) }));
    const lastResort = {
      name: "Register",
      poll: (...reach: Parameters<ReplicaApi["poll"]>) => {
        this.trace.count("Register asked as the last resort");
        return this.register.call(node, "pollByIsolate", (register) => register.pollByIsolate(...reach));
      },
    };
    const failed = (name: string, error: unknown): void => {
      this.trace.count("the next region asked");
      this.report(node.name, `asked ${name.split("/")[0]} in vain`, error);
    };
    return regionalFeed({ replicas, lastResort, clock: node.clock.now, wait: this.schedule.wait, failed });
  }

  #missedAt(region: RegionName): Map<string, number> {
    const missed = this.#missed.get(region) ?? new Map<string, number>();
    this.#missed.set(region, missed);
    return missed;
  }

  #applied(isolate: Isolate, from: number, to: number): void {
    const { now } = this.schedule;
    for (let seq = from; seq <= to; seq++) {
      const committedAt = this.truth.committedAt.get(seq) ?? Number.NEGATIVE_INFINITY;
      if (isolate.wasBusy(committedAt)) this.spread.push({ region: isolate.node.region, ms: now - committedAt });
    }
  }
}
