/** What isolates of the edge and the objects they ask do, in the units that are billed. */
import { parseSigningKey } from "../../snapshot/signature.ts";
import { Load } from "../load.ts";
import { processorMs } from "../processes.ts";
import { drawSecrets } from "../secrets.ts";
import { type Counts, type CountedWorld, startCountedWorld } from "./counted-world.ts";
import { drawSet } from "./large-set.ts";
import { sleep } from "./registrations.ts";
import { type Check, checksTo, drawChecks, oneOfEachShard } from "./traffic.ts";

interface Run {
  rows: number;
  isolates: number;
  seconds: number;
  perSecond: number;
}

const FIRST = "edge REPLICA.first";
/** An isolate's pause between two turns of fetching. */
const TURN_MS = 300;

/** What isolates do until they have their shards, and then in so many seconds under the traffic. */
export async function countOperations({ rows, isolates, seconds, perSecond }: Run): Promise<{ starting: Counts; steady: Counts }> {
  const secrets = drawSecrets();
  const set = await drawSet(rows, parseSigningKey(secrets.register.MANIFEST_KEY!));
  const world = await startCountedWorld(set, secrets, isolates);
  try {
    const begun = await operationsOf(world);
    await fetchShards(world, oneOfEachShard(set, world.token));
    const before = await operationsOf(world);
    await traffic(world, drawChecks(set, world.token, "skewed", 5_000), perSecond, seconds);
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

/** Checks at an even rate, each to any isolate over a connection of its own, and one exclusion. */
async function traffic(world: CountedWorld, checks: readonly Check[], perSecond: number, seconds: number): Promise<void> {
  const startedAt = performance.now();
  const asked: Promise<void>[] = [];
  await world.exclude(crypto.getRandomValues(new Uint8Array(16)));
  for (let n = 0; n < perSecond * seconds; n++) {
    await sleep(startedAt + (n * 1_000) / perSecond - performance.now());
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
