/**
 * `npm run bench`: what the README quotes; `npm run bench -- <name>` one benchmark, `-- all --write` every one of them into
 * docs/performance.md. `--short` takes fewer rounds and smaller sets, for a machine that does other things beside;
 * `--json` prints the figures as one object on the last line. It fails when an answer was wrong, or on what a benchmark
 * names a fault.
 */
import { parseArgs } from "node:util";
import { check } from "./bench/check.ts";
import { cost } from "./bench/cost.ts";
import { peersNode } from "./bench/peers-node.ts";
import { peersWorkers } from "./bench/peers-workers.ts";
import { registrations } from "./bench/registrations.ts";
import { asText, type Length, type Report } from "./bench/report.ts";
import { sizes } from "./bench/sizes.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: "boolean" }, json: { type: "boolean" }, write: { type: "boolean" }, minutes: { type: "string", default: "10" } },
});

/** Each prints one table. */
const BENCHMARKS = {
  check,
  registrations,
  sizes,
  "peers-workers": peersWorkers,
  "peers-node": peersNode,
  cost,
} satisfies Record<string, (length: Length) => Promise<Report>>;

type Name = keyof typeof BENCHMARKS;

const QUICK: Name[] = ["registrations", "check"];

const named = positionals.length > 0 ? positionals : QUICK;
const unknown = named.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}: ${Object.keys(BENCHMARKS).join(", ")}.`);
  process.exit(1);
}

const reports: Partial<Record<Name, Report>> = {};
for (const name of named as Name[]) {
  const report = await BENCHMARKS[name](options.short ? "short" : "full");
  console.log(asText(report));
  reports[name] = report;
}
if (options.json) console.log(JSON.stringify(Object.assign({}, ...Object.values(reports).map(({ figures }) => figures))));
process.exit(Object.values(reports).some(({ faults }) => faults.length > 0) ? 1 : 0);
