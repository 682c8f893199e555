/**
 * `npm run bench`: what the README quotes. `--short` takes fewer rounds and asserts only that answers are right and the
 * ratio is at least 0.70, for a machine that does other things beside; `--json` prints one object on the last line.
 */
import { parseArgs } from "node:util";
import { measureCompute } from "./bench-compute.ts";
import { measureHttp } from "./bench-http.ts";
import { measureRegistrations } from "./bench-registrations.ts";

const { values: options } = parseArgs({ options: { short: { type: "boolean" }, json: { type: "boolean" } } });
const [rounds, computeRounds, registrations] = options.short ? [15, 5, 60] : [31, 15, 1_000];
const ASSERTED_RATIO = 0.7;

const small = await measureCompute(10_000, computeRounds);
const compute = await measureCompute(1_000_000, computeRounds);
console.log(`one check in process, 10 k excluded: ${spread(small.checksPerSecondPerCore)} checks/s on one core`);
console.log(`one check in process,  1 M excluded: ${spread(compute.checksPerSecondPerCore)} checks/s on one core`);

const registered = await measureRegistrations(registrations, 20);
console.log(`${registrations} registrations at 20/s, confirm → receipt:  ${tail(registered.confirmToReceiptMs)}`);
console.log(`${registrations} registrations at 20/s, commit → excluded: ${tail(registered.commitToExcludedMs)}`);

// Last, because it keeps this process to one core.
const http = await measureHttp(rounds);
console.log(`check over HTTP ÷ bare Hono route:   ${spread(http.checkToBareRatio)}  (${http.checksPerSecond}/s over ${http.barePerSecond}/s)`);
console.log(`bare route ÷ itself (noise):         ${spread(http.bareToBareRatio)}`);

if (options.json) {
  const checksPerSecondPerCore = compute.checksPerSecondPerCore.median;
  console.log(JSON.stringify({ ...http, checksPerSecondPerCore, compute: { "10k": small, "1M": compute }, registered }));
}
if (http.checkToBareRatio.median < ASSERTED_RATIO) {
  console.error(`the ratio's median is below ${ASSERTED_RATIO}`);
  process.exit(1);
}

function spread({ lower, median, upper }: { lower: number; median: number; upper: number }): string {
  return `${median} [${lower}, ${upper}]`;
}

function tail(figure: { median: number; p99: number }): string {
  return `median ${figure.median} ms, p99 ${figure.p99} ms`;
}
