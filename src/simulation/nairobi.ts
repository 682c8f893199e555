import { DAY, MINUTE, SECOND } from "../kernel/clock.ts";
import type { Draw } from "./draw.ts";
import type { Isolate } from "./isolate.ts";
import { PRODUCT } from "./parts.ts";
import { identifier } from "./people.ts";
import { Life } from "./schedule.ts";
import type { Nairobi } from "./sent.ts";
import type { Layout } from "./wiring.ts";
import { Workload } from "./workload.ts";
import { World } from "./world.ts";

/** Two regions in Europe and a spare, as production has it: the nearest Replica is 130 ms from Nairobi. */
const LAYOUT: Layout = {
  regions: [{ region: "weur", replicas: 2 }, { region: "eeur", replicas: 2 }, { region: "me", replicas: 1 }],
  logDays: 30,
  settleMs: 10 * SECOND,
  graceMs: DAY,
  offsetMs: 50,
  budgetBytes: 64 * 1_048_576,
};

/** Enough excluded for every shard to have rows. */
const [PEOPLE, EXCLUDED] = [6_000, 2_000];
/** By then they are excluded, and a snapshot is announced. */
const BEGUN_MS = 2 * MINUTE;
const EXCLUSIONS_EVERY_MS = 4 * SECOND;
/** An isolate this long after its first check is in full swing. */
const SETTLED_MS = 30 * SECOND;

const everybody = Array.from({ length: PEOPLE }, (_, n) => identifier("msisdn", `nairobi ${n}`));

interface Waited {
  /** ms since the isolate's first check. */
  age: number;
  /** ms of waiting for the network; what the machine computes takes no time here. */
  ms: number;
}

/** Lets operators in Nairobi ask so often in all, each check at any of so many isolates and about anybody. */
export async function nairobi(isolates: number, checksPerSecond: number, seconds: number): Promise<Nairobi> {
  const world = new World(`nairobi ${checksPerSecond}`, LAYOUT, PRODUCT, false);
  const workload = new Workload(world);
  const draw = world.draw.fork("nairobi");
  const { schedule } = world;
  schedule.at(0, new Life(), () => void fill(workload));
  poisson(world, draw, 1, { from: SECOND, until: BEGUN_MS }, asking(world, workload, draw, [world.isolate("weur")], () => undefined));
  await schedule.run(BEGUN_MS);
  const until = BEGUN_MS + seconds * SECOND;
  const waited: Waited[] = [];
  const crowd = Array.from({ length: isolates }, () => world.isolate("afr"));
  poisson(world, draw, checksPerSecond, { from: BEGUN_MS, until }, asking(world, workload, draw, crowd, (one) => waited.push(one)));
  for (let at = BEGUN_MS; at < until; at += EXCLUSIONS_EVERY_MS) schedule.at(at, new Life(), () => workload.exclude());
  await schedule.run(until + 2 * SECOND);
  world.close();
  if (world.breaches.length > 0) throw new Error(world.breaches[0]);
  return { isolates, checksPerSecond, checks: waited.length, all: summary(waited), settled: summary(waited.filter(({ age }) => age >= SETTLED_MS)) };
}

async function fill(workload: Workload): Promise<void> {
  await workload.begin();
  everybody.slice(0, EXCLUDED).forEach(({ p }, n) => {
    const command = { commandId: `filled ${n}`, policy: "6m" as const, channel: "web" as const, box: null };
    void workload.command((register) => register.register({ ...command, identifiers: [{ p, kind: "msisdn", evidence: "code" }] }));
  });
}

function poisson(world: World, draw: Draw, perSecond: number, { from, until }: { from: number; until: number }, act: () => void): void {
  const next = (at: number): void => {
    if (at >= until) return;
    world.schedule.at(at, new Life(), () => {
      act();
      next(at + draw.exponential(SECOND / perSecond));
    });
  };
  next(from);
}

/** One check by the first operator, at any of the isolates. */
function asking(world: World, workload: Workload, draw: Draw, isolates: Isolate[], answered: (waited: Waited) => void): () => void {
  const { schedule } = world;
  const bornAt = new Map<Isolate, number>();
  return () => {
    const [operator] = workload.operators;
    if (!operator) return;
    const isolate = draw.pick(isolates);
    const at = schedule.now;
    if (!bornAt.has(isolate)) bornAt.set(isolate, at);
    const question = { tokens: [workload.tokens.of(operator, draw.pick(everybody), 0)], purpose: "login" as const };
    const said = (ok: boolean): void => (ok ? answered({ age: at - bornAt.get(isolate)!, ms: schedule.now - at }) : world.breach("not answered"));
    isolate.check(operator.keys[0]!.key, question, ({ ok }) => said(ok), (error) => world.breach(String(error)));
  };
}

function summary(waited: readonly Waited[]): Nairobi["all"] {
  const sorted = waited.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  return { fromMemory: sorted.filter((ms) => ms === 0).length / sorted.length, p50: at(0.5), p99: at(0.99) };
}
