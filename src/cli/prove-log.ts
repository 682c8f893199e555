/**
 * `npm run prove:log`: that the audit log is what is promised of it. `--count N` entries are appended and the whole log is verified from what
 * anybody can read of it; `--flips M` bits are flipped one at a time, each of which has to be seen; the whole system is killed
 * `--kills K` times while citizens exclude themselves, after which every receipt has exactly one leaf. 0 leaves one out. It says how far it is;
 * `--markdown` prints the section of docs/performance.md. Fails when anything is not as promised.
 */
import { asMarkdown, asText } from "./bench/report.ts";
import { commandLine } from "./command-line.ts";
import { proveLog } from "./prove-log/prove.ts";

const { values: options } = commandLine(import.meta.url, {
  options: {
    count: { type: "string", default: "20000" },
    flips: { type: "string", default: "1000" },
    kills: { type: "string", default: "0" },
    markdown: { type: "boolean", default: false },
  },
});

const PROGRESS_MS = 5_000;

const amounts = { entries: amount("count"), flips: amount("flips"), kills: amount("kills") };
const report = await proveLog(amounts, teller());
console.log((options.markdown ? asMarkdown : asText)(report));
for (const fault of options.markdown ? report.faults : []) console.error(`FAULT ${fault}`);
process.exitCode = report.faults.length > 0 ? 1 : 0;

function amount(name: "count" | "flips" | "kills"): number {
  const value = Number(options[name]);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} is a whole number.`);
  process.exit(2);
}

/** A line every few seconds. */
function teller() {
  let last = 0;
  return (what: string, done: number, of: number): void => {
    if (Date.now() - last < PROGRESS_MS && done < of) return;
    last = Date.now();
    console.error(`${what}: ${done} of ${of}`);
  };
}
