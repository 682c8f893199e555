/**
 * `npm run prove:tokens`: that tokens are what is promised of them. `--count N` different outputs of the VOPRF through the last two
 * stages, `--identifiers M` through all of them, `--mutations K` of valid tokens, `--blind B` identifiers through the blind door too.
 * It says how far it is, keeps what it proved in the folder of `--state` (.build/prove-tokens), with the keys drawn for it, and goes on there when it was stopped;
 * `--fresh` begins anew. `--workers 2` on how many cores; `--markdown` prints the section of docs/performance.md; `--json` the figures. Fails when anything is not as promised.
 */
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { asMarkdown, asText } from "./bench/report.ts";
import { commandLine } from "./command-line.ts";
import { proveTokens } from "./prove/prove.ts";
import type { StageName } from "./prove/stages.ts";

const { values: options } = commandLine(import.meta.url, {
  options: {
    count: { type: "string", default: "100000" },
    identifiers: { type: "string" },
    mutations: { type: "string", default: "1000000" },
    blind: { type: "string", default: "10000" },
    state: { type: "string", default: ".build/prove-tokens" },
    workers: { type: "string", default: String(availableParallelism()) },
    fresh: { type: "boolean", default: false },
    markdown: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

/** As many identifiers as outputs, up to this. */
const MOST_IDENTIFIERS = 200_000;
const PROGRESS_MS = 5_000;

const outputs = amount("count", options.count);
const amounts = {
  outputs,
  identifiers: amount("identifiers", options.identifiers ?? String(Math.min(outputs, MOST_IDENTIFIERS))),
  mutations: amount("mutations", options.mutations),
  blind: amount("blind", options.blind),
};
if (options.fresh) rmSync(options.state, { recursive: true, force: true });

const report = await proveTokens({
  amounts,
  samples: { issues: 2_000, openings: 50_000 },
  folder: options.state,
  workers: Math.max(1, amount("workers", options.workers)),
  progress: teller(),
});
console.log((options.markdown ? asMarkdown : asText)(report));
if (options.json) console.log(JSON.stringify(report.figures));
for (const fault of options.markdown ? report.faults : []) console.error(`FAULT ${fault}`);
process.exitCode = report.faults.length > 0 ? 1 : 0;

function amount(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} is a whole number.`);
  process.exit(2);
}

/** A line every few seconds, and at each stage's end. */
function teller(): (stage: StageName, done: number, of: number) => void {
  let toldAt = 0;
  return (stage, done, of) => {
    if (done < of && performance.now() - toldAt < PROGRESS_MS) return;
    toldAt = performance.now();
    console.error(`${stage}: ${(100 * done / of).toFixed(1)} % of ${amounts[stage].toLocaleString("en")}`);
  };
}
