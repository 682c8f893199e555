/** The month's bill, from operations counted while isolates answered a stated traffic. */
import { parseSigningKey } from "../../snapshot/signature.ts";
import { Load } from "../load.ts";
import { processorMs } from "../processes.ts";
import { drawSecrets } from "../secrets.ts";
import { type Counts, type CountedWorld, startCountedWorld } from "./counted-world.ts";
import { drawSet } from "./large-set.ts";
import { type Billed, charge, CLOUDFLARE, type Price, UPSTASH } from "./prices.ts";
import { sleep } from "./registrations.ts";
import { count, type Length, type Report } from "./report.ts";
import { type Check, checksTo, drawChecks, oneOfEachShard } from "./traffic.ts";

const CHECKS_A_DAY = 10_000_000;
const DAYS = 30;
const ISOLATES = { short: 5, full: 100 };
const SECONDS = { short: 4, full: 60 };
/** How often the platform is taken to replace an isolate, which then fetches its shards anew. */
const STARTS_A_DAY = 24;
const ROWS = { short: 10_000, full: 100_000 };
/** What an object is billed for while it is in memory: 128 MB, whatever it uses. */
const OBJECT_GB = 0.128;
/** Register and the Replicas of the configuration. */
const OBJECTS = 6;

const FIRST = "edge REPLICA.first";
/** An isolate's pause between two turns of fetching. */
const TURN_MS = 300;
const PER_SECOND = CHECKS_A_DAY / 86_400;

/** `npm run bench -- cost` */
export async function cost(length: Length): Promise<Report> {
  const [seconds, isolates] = [SECONDS[length], ISOLATES[length]];
  const { starting, steady } = await countOperations(isolates, seconds, length);
  const month = CHECKS_A_DAY * DAYS;
  const quantities = addUp(quantitiesOf(steady, month / steady.requests!), quantitiesOf({ ...starting, "requests": 0, "processor ms": 0 }, STARTS_A_DAY * DAYS));
  const rows = (Object.entries(quantities) as [Billed, number][]).map(([name, quantity]) => billLine(CLOUDFLARE.prices[name], quantity, month));
  const total = CLOUDFLARE.plan + sum(quantities);
  const peers = peerBills(month);
  return {
    title: "Operations and cost",
    method:
      `${isolates} isolates of the edge, Register and the Replicas of the configuration in one workerd, every call of a binding and every row of SQLite counted: while the isolates fetch their shards, and ` +
      `then over ${seconds} s of ${PER_SECOND.toFixed(0)} checks/s spread over them at random, which is ${count(CHECKS_A_DAY)} a day, with one exclusion. ` +
      `A month is ${count(month)} checks and ${STARTS_A_DAY} new beginnings a day of each isolate. Prices are those published (${CLOUDFLARE.read}): ${CLOUDFLARE.sources.map((url) => `<${url}>`).join(", ")}; for Redis <${UPSTASH.source}>.`,
    head: ["operation", "counted per check", "a month", "dollars a month"],
    rows: [
      ...rows,
      ["plan", "", "", CLOUDFLARE.plan.toFixed(2)],
      ["**NSER's edge, in all**", "", "", `**${total.toFixed(2)}**`],
      ...peers.map(({ what, bill }) => [what, "", "", bill.toFixed(2)]),
    ],
    notes: [
      `Polls belong to isolates, not to checks: each isolate polls its Replica each 300 ms under traffic and each 1.5 s without, so the bill follows how many isolates the platform keeps. ${isolates} and their ${STARTS_A_DAY} beginnings a day are assumptions.`,
      `Duration is the most it can be: ${OBJECTS} objects (Register and five Replicas) in memory all month. Processor time is the whole process's, objects and runtime included.`,
      "Peers are billed for the same Worker requests and two reads a check, with no copy in other regions; a database server is billed by the hour and not by the request, so it is not shown.",
      "Not in the bill: the office, its database, SMS, storage (a set of 3 M is below the gigabyte that is included).",
    ],
    faults: [],
    figures: { cost: { isolates, seconds, starting, steady, quantities, total, peers } },
  };
}

/** What isolates do until they have their shards, and then in so many seconds under the traffic. */
async function countOperations(isolates: number, seconds: number, length: Length): Promise<{ starting: Counts; steady: Counts }> {
  const secrets = drawSecrets();
  const set = await drawSet(ROWS[length], parseSigningKey(secrets.register.MANIFEST_KEY!));
  const world = await startCountedWorld(set, secrets, isolates);
  try {
    const begun = await operationsOf(world);
    await fetchShards(world, oneOfEachShard(set, world.token));
    const before = await operationsOf(world);
    await traffic(world, drawChecks(set, world.token, "skewed", 5_000), seconds);
    return { starting: difference(before, begun), steady: difference(await operationsOf(world), before) };
  } finally {
    await world.stop();
  }
}

const difference = (after: Counts, before: Counts): Counts =>
  Object.fromEntries(Object.entries(after).map(([what, times]) => [what, times - (before[what] ?? 0)]));

const openAll = (world: CountedWorld, checks: readonly Check[]): Promise<Load[]> =>
  Promise.all(world.edges.map((url) => Load.open({ ...checksTo(url, checks), headers: world.headers }, 1)));

/** Asks every isolate about each shard until nearly all of them answer from memory. */
async function fetchShards(world: CountedWorld, checks: readonly Check[]): Promise<void> {
  const loads = await openAll(world, checks);
  const pass = loads.length * checks.length;
  for (let asked = pass; asked > pass / 100; await sleep(TURN_MS)) {
    const before = await operationsOf(world);
    await Promise.all(loads.map((load) => load.burst(checks.length)));
    asked = (await operationsOf(world))[FIRST]! - before[FIRST]!;
  }
  for (const load of loads) load.close();
}

/** Checks at the day's average rate, each to any isolate over a connection of its own, and one exclusion. */
async function traffic(world: CountedWorld, checks: readonly Check[], seconds: number): Promise<void> {
  const startedAt = performance.now();
  const asked: Promise<void>[] = [];
  await world.exclude(crypto.getRandomValues(new Uint8Array(16)));
  for (let n = 0; n < PER_SECOND * seconds; n++) {
    await sleep(startedAt + (n * 1_000) / PER_SECOND - performance.now());
    asked.push(askOnce(world, checks[n % checks.length]!));
  }
  await Promise.all(asked);
}

async function askOnce({ edges, headers }: CountedWorld, check: Check): Promise<void> {
  const load = await Load.open({ ...checksTo(edges[Math.floor(Math.random() * edges.length)]!, [check]), headers }, 1);
  await load.ask(0);
  load.close();
}

async function operationsOf(world: CountedWorld): Promise<Counts> {
  const totals: Counts = { "processor ms": processorMs(world.workerd.pid), ...(await world.operations()) };
  for (const url of world.edges) {
    const { counts } = (await (await fetch(`${url}/operations`)).json()) as { counts: Counts };
    for (const [what, times] of Object.entries(counts)) {
      const name = `${what === "requests" ? "" : "edge "}${what}`;
      totals[name] = (totals[name] ?? 0) + times;
    }
  }
  return totals;
}

/** What is billed for operations that happen `scale` times a month. Duration goes with neither checks nor starts. */
function quantitiesOf(counted: Counts, scale: number): Record<Billed, number> {
  const total = (...patterns: RegExp[]): number =>
    scale * Object.entries(counted).filter(([what]) => patterns.some((pattern) => pattern.test(what))).reduce((all, [, times]) => all + times, 0);
  return {
    workerRequest: total(/^requests$/),
    workerCpuMs: total(/^processor ms$/),
    objectRequest: total(/\b(REPLICA|REGISTER|LAST_RESORT)\./),
    objectGbSecond: 0,
    rowRead: total(/^rows read$/),
    rowWritten: total(/^rows written$/),
    kvRead: total(/\bSHARDS\.get/),
    kvWrite: total(/\bSHARDS\.(put|delete)/),
    queueOperation: 3 * total(/\.send(Batch)?$/),
    r2ClassA: total(/\bSEGMENTS\.put/),
    r2ClassB: total(/\bSEGMENTS\.(get|head)/),
  };
}

function addUp(steady: Record<Billed, number>, starting: Record<Billed, number>): Record<Billed, number> {
  const names = Object.keys(steady) as Billed[];
  const sums = Object.fromEntries(names.map((name) => [name, steady[name] + starting[name]])) as Record<Billed, number>;
  return { ...sums, objectGbSecond: OBJECTS * OBJECT_GB * DAYS * 86_400 };
}

function billLine(price: Price, quantity: number, checks: number): string[] {
  return [price.what, (quantity / checks).toPrecision(3), count(quantity), charge(price, quantity).toFixed(2)];
}

const sum = (quantities: Record<Billed, number>): number =>
  (Object.entries(quantities) as [Billed, number][]).reduce((all, [name, quantity]) => all + charge(CLOUDFLARE.prices[name], quantity), 0);

/** The same traffic answered by Workers that ask a store twice a check: the key, the token. */
function peerBills(checks: number): { what: string; bill: number }[] {
  const { workerRequest, kvRead, rowRead } = CLOUDFLARE.prices;
  const worker = CLOUDFLARE.plan + charge(workerRequest, checks);
  return [
    { what: "a Worker that asks Redis (Upstash) per check", bill: worker + charge(UPSTASH.command, 2 * checks) },
    { what: "a Worker that asks KV per check", bill: worker + charge(kvRead, 2 * checks) },
    { what: "a Worker that asks one Durable Object per check", bill: worker + charge(CLOUDFLARE.prices.objectRequest, checks) + charge(CLOUDFLARE.prices.objectGbSecond, OBJECT_GB * DAYS * 86_400) + charge(rowRead, 2 * checks) },
  ];
}
