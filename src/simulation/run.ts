import { DAY, MINUTE, SECOND } from "../kernel/clock.ts";
import { Crowd, EVENING, MORNING } from "./crowd.ts";
import { Draw } from "./draw.ts";
import { FAULTS, Faults } from "./faults.ts";
import { type Parts, PRODUCT } from "./parts.ts";
import { HOME, HOSTS } from "./rtt.ts";
import { Life } from "./schedule.ts";
import type { Sent } from "./sent.ts";
import { Workload } from "./workload.ts";
import type { Layout } from "./wiring.ts";
import { World } from "./world.ts";

/** What came of one seed. */
export type Report = Omit<Sent, "counts"> & { counts: ReadonlyMap<string, number> };

/** One run in so many has no faults: everything must be answered, and quickly. */
const CALM_EVERY = 5;
/** Replicas nobody asked for a day copy the whole set anew, which takes those far away longer than a caller waits. */
const AWAKE_MS = 3 * SECOND;
/** After everything was mended, by when everything has to be answered again, and until when that is watched. */
const RECOVERED_MS = 7 * SECOND;
const WATCHED_MS = 1.5 * SECOND;

/** When the root is rotated, and until when tokens of before are read: before the day or on it, in some of the seeds. */
function rotationOf(seed: number): { at: number | null; graceMs: number } {
  const draw = new Draw(`root of seed ${seed}`);
  if (!draw.chance(0.3)) return { at: null, graceMs: DAY };
  if (draw.chance(0.4)) return { at: DAY + draw.between(0, 4) * SECOND, graceMs: draw.between(500, 4_000) };
  const at = EVENING - draw.between(0, 5) * SECOND;
  return { at, graceMs: DAY - at + draw.between(-4, 5) * SECOND };
}

function layoutOf(draw: Draw, graceMs: number): Layout {
  const share = draw.chance(0.06) ? 1 : 0.3;
  const others = HOSTS.filter((region) => region !== HOME && draw.chance(share));
  return {
    regions: [HOME, ...others].map((region) => ({ region, replicas: draw.whole(1, 2) })),
    logDays: 0.5,
    settleMs: draw.pick([2_000, 7_000]),
    graceMs,
    offsetMs: draw.pick([0, 400, 30_000]),
    budgetBytes: draw.pick([120, 64 * 1_048_576]),
  };
}

/**
 * Runs one seed. Yesterday some people exclude themselves and a snapshot is published; today, while things go wrong, others
 * follow, the first are released, logs are compacted; at last everything is mended and has to answer again.
 */
export async function run(seed: number, parts: Parts = PRODUCT, keepTrace = false): Promise<Report> {
  const draw = new Draw(`seed ${seed}`);
  const rotation = rotationOf(seed);
  const world = new World(`seed ${seed}`, layoutOf(draw, rotation.graceMs), parts, keepTrace);
  const calm = seed % CALM_EVERY === 0;
  const workload = new Workload(world);
  const until = DAY + draw.between(5, 10) * SECOND;
  const end = until + RECOVERED_MS + WATCHED_MS;
  try {
    const crowd = new Crowd(world, workload);
    begin(world, workload, draw);
    crowd.gather(draw.whole(0, 2), { from: SECOND, until: draw.chance(0.5) ? EVENING : end });
    world.schedule.at(MORNING, new Life(), () => sleep(world, crowd, draw));
    crowd.gather(draw.chance(0.05) ? 24 : draw.whole(1, 5), { from: MORNING, until: end });
    happen(world, draw, draw.whole(5, 12), { from: DAY, until: end - 2 * SECOND }, () => workload.exclude());
    if (draw.chance(0.5)) happen(world, draw, 1, { from: DAY, until }, () => workload.revokeAKey());
    if (rotation.at !== null) world.schedule.at(rotation.at, new Life(), () => workload.rotateRoot());
    if (!calm) new Faults({ world, crowd, workload, from: DAY, until }).plan(FAULTS.filter(() => draw.chance(0.35)));
    await world.schedule.run(end);
    for (const [state] of world.register.storage.rows("select state from roots")) world.trace.count(`at the end a rotation is ${String(state)}`);
    judgeLiveness(world, workload, calm ? DAY + AWAKE_MS : until + RECOVERED_MS);
  } finally {
    world.close();
  }
  const { breaches, trace, spread, schedule } = world;
  return { seed, hash: trace.hash, breaches, events: schedule.events, counts: trace.counts, spread: calm ? spread : [], trace: trace.lines };
}

function judgeLiveness(world: World, { unanswered }: Workload, since: number): void {
  const late = unanswered.filter(({ at }) => at >= since);
  if (late.length > 0) world.breach(`${late.length} checks were not answered, the first by ${late[0]!.isolate.node.name} in ${late[0]!.isolate.node.region}`);
}

/** Yesterday: operators are enrolled, and the first exclude themselves; theirs end today. */
function begin(world: World, workload: Workload, draw: Draw): void {
  const failed = (error: unknown): void => world.breach(`nothing began: ${String(error)}`);
  world.schedule.at(0, new Life(), () => void workload.begin().catch(failed));
  happen(world, draw, draw.whole(2, 8), { from: SECOND, until: EVENING }, () => workload.exclude());
  // Somebody who cannot sleep, whom no isolate that slept has heard of.
  happen(world, draw, 1, { from: MORNING - MINUTE, until: MORNING - 6 * SECOND }, () => workload.exclude());
}

function happen(world: World, draw: Draw, times: number, { from, until }: { from: number; until: number }, act: () => void): void {
  for (let n = 0; n < times; n++) world.schedule.at(draw.between(from, until), new Life(), act);
}

/** Over night most of what nobody asks loses its memory. */
function sleep(world: World, crowd: Crowd, draw: Draw): void {
  for (const host of [world.register, ...world.replicas.values()]) if (draw.chance(0.5)) host.restart();
  for (const isolate of crowd.isolates) if (draw.chance(0.5)) crowd.replace(isolate);
}
