/**
 * `npm run bench`: what the README quotes. `npm run bench -- <name> …` runs the benchmarks named, `-- all --write` every
 * one of them but the soak into docs/performance.md, or those named; `-- soak --minutes 10` the soak. `--short` takes fewer rounds and
 * smaller sets, for a machine that does other things beside; `--json` prints the figures as one object on the last line.
 * It fails when an answer was wrong, or on what a benchmark names a fault.
 */
import { batch } from "./bench/batch.ts";
import { check } from "./bench/check.ts";
import { cost } from "./bench/cost.ts";
import { delivery } from "./bench/delivery.ts";
import { office } from "./bench/office.ts";
import { writePage } from "./bench/page.ts";
import { peersNode } from "./bench/peers-node.ts";
import { peersWorkers } from "./bench/peers-workers.ts";
import { publish } from "./bench/publish.ts";
import { recovery } from "./bench/recovery.ts";
import { registrations } from "./bench/registrations.ts";
import { asText, type Length, type Report } from "./bench/report.ts";
import { signIn } from "./bench/sign-in.ts";
import { sizes } from "./bench/sizes.ts";
import { soak } from "./bench/soak.ts";
import { commandLine } from "./command-line.ts";

const { values: options, positionals } = commandLine(import.meta.url, {
  allowPositionals: true,
  options: { short: { type: "boolean" }, json: { type: "boolean" }, write: { type: "boolean" }, minutes: { type: "string" } },
});

/** In the order of the page. */
const BENCHMARKS: Record<string, (length: Length) => Promise<Report>> = {
  check,
  batch,
  "peers-workers": peersWorkers,
  "peers-node": peersNode,
  sizes,
  publish,
  registrations,
  delivery,
  "sign-in": signIn,
  cost,
  recovery,
  office,
};

const QUICK = ["check", "batch", "registrations"];
/** On a machine that does other things beside, that everything still runs is worth more than any figure. */
const SHORT = Object.keys(BENCHMARKS);
const SOAK_MINUTES = 10;

const known: typeof BENCHMARKS = { ...BENCHMARKS, soak: () => soak(Number(options.minutes ?? SOAK_MINUTES)) };
const names = namesOf(positionals);
const unknown = names.filter((name) => !Object.hasOwn(known, name));
if (unknown.length > 0) fail(`There is no benchmark ${unknown.join(", ")}: ${Object.keys(known).join(", ")}, all.`);
if (options.write && (options.short || positionals.length === 0)) fail("A full run is written down, of all or of those named: npm run bench -- all --write");

const reports = new Map<string, Report>();
for (const name of names) {
  const report = await known[name]!(options.short ? "short" : "full");
  reports.set(name, report);
  console.log(asText(report));
}
if (options.write) writePage(reports, new Date());
if (options.json) console.log(JSON.stringify(Object.assign({}, ...[...reports.values()].map(({ figures }) => figures))));
process.exit([...reports.values()].some(({ faults }) => faults.length > 0) ? 1 : 0);

function namesOf(given: readonly string[]): readonly string[] {
  if (given.length === 0) return options.short ? SHORT : QUICK;
  return given.flatMap((name) => (name === "all" ? Object.keys(BENCHMARKS) : [name]));
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
