/**
 * `npm run simulate`: runs the product's own code through seeds of bad luck and says what it answered wrongly; see
 * docs/simulation.md. `--seeds N --from S` which seeds, `--workers 2` on how many cores; `--seed S --trace` one again, with
 * everything that happened; `--mutant NAME` with a part that errs, up to the first breach; `--json` one object on the last line.
 */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Sent } from "../simulation/sent.ts";
import { quantile, regionsOf, Tally } from "./tally.ts";

const WORKER = fileURLToPath(new URL("../simulation/worker.ts", import.meta.url));

const { values: options } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "0" },
    seed: { type: "string" },
    workers: { type: "string", default: String(availableParallelism()) },
    mutant: { type: "string" },
    trace: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const from = Number(options.seed ?? options.from);
const to = from + (options.seed ? 1 : Number(options.seeds));
const workers = Math.min(Number(options.workers), to - from);
const tally = new Tally();
const startedAt = performance.now();

await Promise.all(Array.from({ length: workers }, (_, at) => work(from + at)));
const seconds = (performance.now() - startedAt) / 1_000;
say();
process.exitCode = tally.breached.length > 0 || tally.seeds < (options.mutant ? 1 : to - from) ? 1 : 0;

/** Every `workers`th seed in a process of its own. Ends when it is through, or somebody found a breach in a mutant. */
function work(first: number): Promise<void> {
  const told = ["--from", String(first), "--to", String(to), "--step", String(workers)];
  if (options.mutant) told.push("--mutant", options.mutant);
  if (options.trace) told.push("--trace");
  const child = fork(WORKER, told);
  child.on("message", (message) => {
    take(message as Sent);
    if (options.mutant && tally.breached.length > 0) child.kill();
  });
  return new Promise((resolve) => child.on("exit", () => resolve()));
}

function take(sent: Sent): void {
  tally.add(sent);
  for (const line of sent.trace) console.log(line);
  if (options.json) return;
  for (const breach of sent.breaches.slice(0, 3)) console.log(`BREACH in seed ${sent.seed} (${sent.hash}): ${breach}`);
}

function say(): void {
  const { seeds, events, breached, hashes, spread } = tally;
  const counts = Object.fromEntries([...tally.counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const spreadMs = { commits: spread.length, p50: quantile(spread, 0.5), p99: quantile(spread, 0.99) };
  if (options.json) return console.log(JSON.stringify({ seeds, breached, hashes: Object.fromEntries(hashes), counts, spreadMs }));
  for (const [what, times] of Object.entries(counts)) console.log(`${String(times).padStart(9)}  ${what}`);
  console.log(`commit → applied at isolates under traffic, runs without faults: p50 ${spreadMs.p50} ms, p99 ${spreadMs.p99} ms of ${spread.length}`);
  console.log(`  p50 by region: ${regionsOf(spread).map(({ region, p50 }) => `${region} ${p50}`).join(", ")}`);
  console.log(`${seeds} seeds, ${events} events, ${(seeds / seconds).toFixed(1)} seeds/s on ${workers} cores`);
  console.log(breached.length === 0 ? "no breach" : `BREACHES in ${breached.length} seeds: ${breached.slice(0, 20).join(" ")}; replay: npm run simulate -- --seed ${breached[0]} --trace`);
}
