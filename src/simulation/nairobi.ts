import type { PresentedKey } from "../check/directory.ts";
import { MINUTE, SECOND } from "../kernel/clock.ts";
import type { Isolate } from "./isolate.ts";
import { PRODUCT } from "./parts.ts";
import { Life } from "./schedule.ts";
import { identifier, type Operator, Workload } from "./workload.ts";
import type { Layout } from "./wiring.ts";
import { World } from "./world.ts";

/** What operators in Nairobi wait for, when the nearest Replica is 130 ms away. */
export interface Nairobi {
  isolates: number;
  checksPerSecond: number;
  checks: number;
  /** Of those that came when every isolate had been asked at least once before. */
  sharesFromMemory: number;
  /** Waiting for the network in ms; what the machine computes is not in it. */
  p50: number;
  p99: number;
  /** The same with the first answers of cold isolates. */
  withCold: { sharesFromMemory: number; p99: number };
}

/** Two regions in Europe and a spare, as production has it. */
const LAYOUT: Layout = {
  regions: [{ region: "weur", replicas: 2 }, { region: "eeur", replicas: 2 }, { region: "me", replicas: 1 }],
  logDays: 30,
  settleMs: 10 * SECOND,
  offsetMs: 50,
  budgetBytes: 64 * 1_048_576,
};

const PEOPLE = 6_000;
/** Enough for every shard to have rows. */
const EXCLUDED = 2_000;
const BEGUN_MS = 2 * MINUTE;
const EXCLUSIONS_EVERY_MS = 4 * SECOND;

const everybody = Array.from({ length: PEOPLE }, (_, n) => identifier("msisdn", `nairobi ${n}`));

interface Waited {
  at: number;
  ms: number;
  cold: boolean;
}

/** Asks `isolates` in Nairobi so often in all, each check at any of them, about anybody. */
export async function nairobi({ isolates: count, checksPerSecond, seconds }: { isolates: number; checksPerSecond: number; seconds: number }): Promise<Nairobi> {
  const world = new World(`nairobi ${checksPerSecond}`, LAYOUT, PRODUCT, false);
  const workload = new Workload(world);
  const { schedule } = world;
  const draw = world.draw.fork("nairobi");
  world.schedule.at(0, new Life(), () => void fill(workload));
  // One isolate elsewhere keeps the publisher polling until there is a snapshot.
  world.schedule.at(SECOND, new Life(), () => stir(world, workload));
  await schedule.run(BEGUN_MS);
  const until = BEGUN_MS + seconds * SECOND;
  const isolates = Array.from({ length: count }, () => world.isolate("afr"));
  const asked = new Set<Isolate>();
  const waited: Waited[] = [];
  const [operator] = workload.operators as [Operator];
  const next = (): void =>
    schedule.after(draw.exponential(SECOND / checksPerSecond), new Life(), () => {
      const isolate = draw.pick(isolates);
      const cold = !asked.has(isolate);
      asked.add(isolate);
      const at = schedule.now;
      ask(workload, operator, isolate, () => waited.push({ at, cold, ms: schedule.now - at }));
      if (at < until) next();
    });
  next();
  for (let at = BEGUN_MS; at < until; at += EXCLUSIONS_EVERY_MS) schedule.at(at, new Life(), () => workload.exclude());
  await schedule.run(until + 2 * SECOND);
  if (process.env.COUNTS) console.log(Object.fromEntries(world.trace.counts), world.trace.lines.slice(-3));
  world.close();
  if (world.breaches.length > 0) throw new Error(world.breaches[0]);
  return { isolates: count, checksPerSecond, ...summary(waited) };
}

function ask(workload: Workload, operator: Operator, isolate: Isolate, answered: () => void): void {
  const key: PresentedKey = operator.keys[0]!.key;
  const who = workload.draw.pick(everybody);
  const question = { tokens: [workload.token(operator, who)], purpose: "login" as const };
  isolate.check(key, question, (outcome) => {
    if (!outcome.ok) throw new Error(`not answered: ${outcome.problem}`);
    answered();
  }, (error) => {
    throw error;
  });
}

async function fill(workload: Workload): Promise<void> {
  await workload.begin();
  for (const { p } of everybody.slice(0, EXCLUDED)) {
    const command = { commandId: `filled ${p}`, policy: "6m" as const, channel: "web" as const, box: null };
    void workload.insist((register) => register.register({ ...command, identifiers: [{ p, kind: "msisdn", evidence: "code" }] }));
  }
}

function stir(world: World, workload: Workload): void {
  const isolate = world.isolate("weur");
  const next = (): void => world.schedule.after(2 * SECOND, new Life(), () => {
    if (workload.operators[0]) ask(workload, workload.operators[0], isolate, () => undefined);
    if (world.schedule.now < BEGUN_MS) next();
  });
  next();
}

function summary(waited: readonly Waited[]): Omit<Nairobi, "isolates" | "checksPerSecond"> {
  const warm = waited.filter(({ cold }) => !cold);
  return {
    checks: waited.length,
    sharesFromMemory: share(warm),
    p50: quantile(warm, 0.5),
    p99: quantile(warm, 0.99),
    withCold: { sharesFromMemory: share(waited), p99: quantile(waited, 0.99) },
  };
}

const share = (waited: readonly Waited[]): number => waited.filter(({ ms }) => ms === 0).length / waited.length;

const quantile = (waited: readonly Waited[], at: number): number =>
  Math.round(waited.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.ceil(waited.length * at) - 1]!);
