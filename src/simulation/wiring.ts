import type { Environment } from "../../workers/register/environment.ts";
import type { Register } from "../../workers/register/register.ts";
import type { Replica } from "../../workers/register/replica.ts";
import type { AuditLogApi } from "../audit/rpc.ts";
import type { Pseudonym } from "../bst/kinds.ts";
import type { ReplicaApi } from "../check/feed.ts";
import type { Feed } from "../check/keeper.ts";
import { chosenBy, parseRegions, type ReplicaPlace } from "../check/places.ts";
import { regionalFeed } from "../check/regions.ts";
import { DAY } from "../kernel/clock.ts";
import type { SimulatedLog } from "./audit-log.ts";
import type { Bucket } from "./bucket.ts";
import type { Draw } from "./draw.ts";
import type { Host } from "./host.ts";
import type { Store } from "./kv.ts";
import type { Node } from "./node.ts";
import { NEWEST_ROOT, newerThan } from "./people.ts";
import { HOME, nearestFirst, type RegionName } from "./rtt.ts";
import type { Schedule } from "./schedule.ts";
import { REGISTER_SECRETS } from "./secrets.ts";
import type { Trace } from "./trace.ts";

/** How a run's system is laid out. */
export interface Layout {
  /** As the product's configuration has it: regions and how many Replicas each has. */
  regions: readonly { region: RegionName; replicas: number }[];
  logDays: number;
  settleMs: number;
  /** For how long operators' tokens are read after their epoch moved on. */
  graceMs: number;
  /** By how many ms a machine's clock is wrong at first, at most. */
  offsetMs: number;
  /** What an isolate's shards may weigh. */
  budgetBytes: number;
}

export interface WiringParts {
  log: SimulatedLog;
  layout: Layout;
  schedule: Schedule;
  draw: Draw;
  trace: Trace;
  store: Store;
  bucket: Bucket;
  register: () => Host<Register>;
  replica: (name: string) => Host<Replica>;
}

/** The audit log is not what these runs try: it takes everything at once, and no check waits for it. */
const AUDIT_LOG = { append: async (_, entries) => ({ ok: true, indexes: entries.map((_, at) => at) }) } as Pick<AuditLogApi, "append"> as AuditLogApi;

type Api<Namespace> = Namespace extends { getByName: (name: string) => infer Stub } ? Stub : never;
type Called = Parameters<ReplicaApi["poll"]>;

/** The bindings of each machine: what it calls is on another one, a network away. */
export class Wiring {
  readonly #parts: WiringParts;

  constructor(parts: WiringParts) {
    this.#parts = parts;
  }

  /** Where Replicas stand, the nearest to Register first. */
  get places(): ReplicaPlace[] {
    return parseRegions(this.#regions(HOME)).flat();
  }

  /** What an object of the register Worker is bound to. */
  environment(node: Node): Environment {
    const { layout, log, store, bucket } = this.#parts;
    return {
      REGISTER: { getByName: () => this.#register(node) },
      REPLICA: { getByName: (name) => this.#replica(node, name) },
      AUDIT_LOG: { getByName: () => log },
      SHARDS: store.namespace as unknown as KVNamespace,
      RECOVERY: bucket.r2 as unknown as R2Bucket,
      AUDIT_LOG: { getByName: () => AUDIT_LOG },
      LOG: bucket.r2 as unknown as R2Bucket,
      LOG_ORIGIN: "simulated/log",
      LOG_WITNESSES: "",
      REGIONS: this.#regions(HOME),
      PROVISIONAL_DAYS: "1",
      ENDING_WAIT_DAYS: "7",
      ENDING_OPEN_DAYS: "30",
      RECYCLED_DAYS: "0",
      ANNULMENT_HOURS: "72",
      EPOCH_GRACE_DAYS: String(layout.graceMs / DAY),
      COMPROMISED_GRACE_DAYS: "0",
      LOG_DAYS: String(layout.logDays),
      PUBLISH_SETTLE_MS: String(layout.settleMs),
      ROOT_ROWS_PER_SECOND: "20",
      TOKENIZER: { advance: (rootEpoch, ps) => this.#advance(rootEpoch, ps) },
      ...REGISTER_SECRETS,
    };
  }

  /** The tokenizer is near, holds its roots from the beginning, and is away now and then. */
  async #advance(rootEpoch: number, ps: readonly Pseudonym[]) {
    const { schedule, draw, trace } = this.#parts;
    await schedule.wait(draw.between(1, 40));
    if (draw.chance(0.1)) throw new Error("the tokenizer is away");
    trace.count("pseudonyms carried on to a newer root");
    return { rootEpoch: NEWEST_ROOT, newer: newerThan(rootEpoch, ps) };
  }

  /** An isolate's way to the Replicas, as workers/edge/isolate.ts makes it. `failed` is told of who did not answer. */
  feed(node: Node, draw: number, failed: (what: string, error: unknown) => void): Feed {
    const { schedule, trace } = this.#parts;
    const replicas = chosenBy(draw, parseRegions(this.#regions(node.region))).map(({ name }) => ({ name, ...this.#replica(node, name) }));
    const lastResort = { name: "Register", poll: (...reach: Called) => this.#lastResort(node, reach) };
    return regionalFeed({
      replicas, lastResort, clock: node.clock.now, wait: schedule.wait,
      failed: (name, error) => {
        trace.count(name === "Register" ? "the last resort did not answer" : "a Replica did not answer: the next was asked");
        failed(`asked ${name} in vain`, error);
      },
    });
  }

  #lastResort(node: Node, reach: Called) {
    this.#parts.trace.count("Register asked as the last resort");
    return this.#parts.register().call(node, "pollByIsolate", (register) => register.pollByIsolate(...reach));
  }

  /** The nearest to `here` first. */
  #regions(here: RegionName): string {
    const { regions } = this.#parts.layout;
    const ordered = nearestFirst(here).flatMap((name) => regions.find(({ region }) => region === name) ?? []);
    return ordered.map(({ region, replicas }) => `${region}:${replicas}`).join(",");
  }

  #register(from: Node): Api<Environment["REGISTER"]> {
    const { register, trace } = this.#parts;
    const stub: Pick<Api<Environment["REGISTER"]>, "poll" | "copy" | "announce"> = {
      poll: (...copy) => register().call(from, "poll", (object) => object.poll(...copy)),
      copy: (after) => {
        trace.count("a page of the whole set copied");
        return register().call(from, "copy", (object) => object.copy(after));
      },
      announce: (...announced) => {
        trace.count("a snapshot announced");
        return register().call(from, "announce", (object) => object.announce(...announced));
      },
    };
    return stub as Api<Environment["REGISTER"]>;
  }

  #replica(from: Node, name: string): Api<Environment["REPLICA"]> {
    const { replica: hostOf, trace } = this.#parts;
    const host = hostOf(name);
    return {
      poll: (after) => host.call(from, "poll", (replica) => replica.poll(after)),
      first: (question) => host.call(from, "first", (replica) => replica.first(question)),
      shard: (place) => {
        trace.count("a shard asked of a Replica");
        return host.call(from, "shard", (replica) => replica.shard(place));
      },
      kept: (after) => host.call(from, "kept", (replica) => replica.kept(after)),
      push: (...rows) => host.call(from, "push", (replica) => replica.push(...rows)),
    };
  }
}
