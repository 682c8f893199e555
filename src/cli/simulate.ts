/**
 * `npm run simulate`: runs the product's own code through seeds of bad luck and says what it answered wrongly; see
 * docs/simulation.md. `--seeds N --from S` which seeds, `--workers 2` on how many cores; `--seed S --trace` one again, with
 * everything that happened; `--mutant NAME` with a part that errs, up to the first breach; `--nairobi` what operators there
 * wait for, or `--nairobi ISOLATES,CHECKS_PER_SECOND,SECONDS`; `--json` one object on the last line.
 */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Nairobi, Sent, Waiting } from "../simulation/sent.ts";
import { commandLine } from "./command-line.ts";
import { byRegion, quantile, Tally } from "./tally.ts";

const WORKER = fileURLToPath(new URL("../simulation/worker.ts", import.meta.url));
const NAIROBI = ["200,100,300", "200,10,600", "200,1,1200"];

const { values: options } = commandLine(import.meta.url, {
  args: process.argv.slice(2).flatMap((arg, at, all) => (arg === "--nairobi" && !/^\d/.test(all[at + 1] ?? "") ? [arg, NAIROBI.join(" ")] : [arg])),
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "0" },
    seed: { type: "string" },
    workers: { type: "string", default: String(availableParallelism()) },
    mutant: { type: "string" },
    nairobi: { type: "string" },
    trace: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

process.exitCode = (await (options.nairobi ? runNairobi(options.nairobi.split(" ")) : runSeeds())) ? 0 : 1;

/** Starts a process of the simulation and takes what it sends; settles when it is through, with whether it went well. */
function work<Message>(told: string[], take: (message: Message, stop: () => void) => void): Promise<boolean> {
  const child = fork(WORKER, told);
  child.on("message", (message) => take(message as Message, () => child.disconnect()));
  return new Promise((resolve) => child.on("exit", (code) => resolve(code === 0)));
}

async function runSeeds(): Promise<boolean> {
  const from = Number(options.seed ?? options.from);
  const to = from + (options.seed ? 1 : Number(options.seeds));
  const workers = Math.min(Number(options.workers), to - from);
  const tally = new Tally();
  const startedAt = performance.now();
  const told = ["--to", String(to), "--step", String(workers), ...(options.mutant ? ["--mutant", options.mutant] : []), ...(options.trace ? ["--trace"] : [])];
  const ran = await Promise.all(Array.from({ length: workers }, (_, at) =>
    work<Sent>(["--from", String(from + at), ...told], (sent, stop) => {
      tally.add(sent);
      tell(sent);
      if (options.mutant && tally.breached.length > 0) stop();
    })));
  say(tally, (performance.now() - startedAt) / 1_000, workers);
  return ran.every(Boolean) && tally.breached.length === 0;
}

function tell({ seed, hash, breaches, trace }: Sent): void {
  for (const line of trace) console.log(line);
  if (options.json) return;
  for (const breach of breaches.slice(0, 3)) console.log(`BREACH in seed ${seed} (${hash}): ${breach}`);
}

function say({ seeds, events, breached, hashes, spread, counts }: Tally, seconds: number, workers: number): void {
  const seen = [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const spreadMs = { observations: spread.length, p50: quantile(spread, 0.5), p99: quantile(spread, 0.99) };
  if (options.json) {
    return console.log(JSON.stringify({ seeds, breached, hashes: Object.fromEntries(hashes), counts: Object.fromEntries(seen), spreadMs }));
  }
  for (const [what, times] of seen) console.log(`${String(times).padStart(9)}  ${what}`);
  console.log(`commit → applied at isolates under traffic, where nothing goes wrong: p50 ${spreadMs.p50} ms, p99 ${spreadMs.p99} ms of ${spread.length}`);
  console.log(`  p50 by region: ${byRegion(spread).map(({ region, p50 }) => `${region} ${p50}`).join(", ")}`);
  console.log(`${seeds} seeds, ${events} events, ${(seeds / seconds).toFixed(1)} seeds/s in ${workers} processes`);
  const [first] = breached;
  console.log(first === undefined ? "no breach" : `BREACHES in ${breached.length} seeds: ${breached.slice(0, 20).join(" ")}; replay: npm run simulate -- --seed ${first} --trace`);
}

async function runNairobi(scenarios: string[]): Promise<boolean> {
  const percent = ({ fromMemory, p50, p99 }: Waiting): string => `${(100 * fromMemory).toFixed(2)} % from memory, p50 ${p50} ms, p99 ${p99} ms`;
  for (const scenario of scenarios) {
    const went = await work<Nairobi>(["--nairobi", scenario], (figures) => {
      const { isolates, checksPerSecond, checks, all, settled } = figures;
      if (options.json) return console.log(JSON.stringify(figures));
      console.log(`${checksPerSecond} checks/s over ${isolates} isolates in Nairobi, ${checks} checks: ${percent(all)}; after an isolate's first 30 s: ${percent(settled)}`);
    });
    if (!went) return false;
  }
  return true;
}
