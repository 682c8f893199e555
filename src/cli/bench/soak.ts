/** The whole system under steady load for minutes: checks at one rate, citizens excluding themselves at another. */
import { Citizen, enrolOperator, OperatorServer, UNLIMITED } from "../doors.ts";
import { Load } from "../load.ts";
import { residentBytes, workerdOf } from "../processes.ts";
import { isolateBytes } from "./inspector.ts";
import { drawSecrets } from "../secrets.ts";
import { startSystem, type System } from "../system.ts";
import { bodyOf } from "./operator.ts";
import { addressOf, phoneOf, sleep } from "./registrations.ts";
import { count, megabytes, type Report } from "./report.ts";
import { type Slope, slopeOf } from "./slope.ts";

const CHECKS_A_SECOND = 300;
const CONNECTIONS = 16;
const EXCLUSIONS_A_SECOND = 1;
const SAMPLE_MS = 15_000;
/** Whose memory is ours; the rest of the process is the runtime and its simulators. */
const ISOLATES = ["edge", "origin", "register", "tokenizer"];
/** People who never exclude themselves, and are checked all the while. */
const CUSTOMERS = 200;
/** The longest an answer may lag behind an exclusion whose receipt was shown. */
const BOUND_MS = 5_000;
/** The runtime grows into its work at first: the slope is taken after so much of the time. */
const SETTLING_SHARE = 1 / 3;
/** Growth that would fill an isolate's 128 MB within a day is a leak. */
const LEAK_MB_AN_HOUR = 5;
const LEAK_SHOWS_MINUTES = 10;

interface Soak {
  minutes: number;
  latenciesMs: number[];
  /** What the isolates hold once their garbage is collected, and what the process has of the system. */
  samples: { minute: number; held: number; resident: number }[];
  exclusions: number;
  errors: string[];
}

/** `npm run bench -- soak --minutes 10` */
export async function soak(minutes: number): Promise<Report> {
  const run = await runFor(minutes);
  const sorted = run.latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number): string => `${sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1)} ms`;
  const settled = run.samples.filter(({ minute }) => minute >= minutes * SETTLING_SHARE);
  const slope = slopeOf(settled.map(({ minute, held }) => [minute / 60, held / 1_000_000]));
  const leaks = minutes >= LEAK_SHOWS_MINUTES && slope !== null && slope.lower > LEAK_MB_AN_HOUR;
  return {
    title: "Soak",
    method:
      `The whole system in one workerd for ${minutes} minutes: ${CHECKS_A_SECOND} checks/s over ${CONNECTIONS} sockets, timed from when each was due, and ${EXCLUSIONS_A_SECOND} citizen a second ` +
      "who walks the form and is checked from the receipt on. Each answer is held against who is excluded. What the isolates of edge, origin, register and tokenizer hold after collecting garbage, every 15 s; its slope is least squares over the last two thirds, with the bounds of 95 %.",
    head: ["what", "figure"],
    rows: [
      ["checks, exclusions", `${count(run.latenciesMs.length)}, ${count(run.exclusions)}`],
      ["errors and wrong answers", String(run.errors.length)],
      ["latency of a check: p50, p90, p99, p99.9", [0.5, 0.9, 0.99, 0.999].map(at).join(", ")],
      ["held by the isolates: first, last, most", firstLastMost(run.samples.map(({ held }) => held))],
      ["resident, the runtime and its simulators of KV, R2, queues and limits with it: first, last, most", firstLastMost(run.samples.map(({ resident }) => resident))],
      ["slope of what the isolates hold", slope === null ? "too short to say" : `${say(slope)} MB/hour`],
    ],
    notes: ["Every exclusion adds rows that are kept: the log, the person, the isolates' overlay until the next snapshot. Flat means that the bounds reach down to little more than that."],
    faults: [...run.errors.slice(0, 5), ...(leaks ? [`memory grows by ${say(slope)} MB/hour`] : [])],
    figures: { soak: { minutes, exclusions: run.exclusions, errors: run.errors.length, slope, samples: run.samples } },
  };
}

const firstLastMost = (bytes: readonly number[]): string => [bytes[0]!, bytes.at(-1)!, Math.max(...bytes)].map((one) => `${megabytes(one)} MB`).join(", ");

const say = ({ slope, lower, upper }: Slope): string => `${slope.toFixed(1)} [${lower.toFixed(1)}, ${upper.toFixed(1)}]`;

async function runFor(minutes: number): Promise<Soak> {
  const secrets = drawSecrets();
  const { started: system, pid } = await workerdOf(() => startSystem({ secrets, inspected: true }));
  const run: Soak = { minutes, latenciesMs: [], samples: [], exclusions: 0, errors: [] };
  try {
    const { apiKey } = await enrolOperator(system.url, await system.administrator(), "Soak Bets", UNLIMITED);
    const edge = await system.direct("edge");
    const server = new OperatorServer(await system.direct("origin"), apiKey, edge);
    const bodies: string[] = [];
    for (let n = 0; n < CUSTOMERS; n++) bodies.push(bodyOf(await server.tokenize(phoneOf(100_000 + n))));
    const headers = { "authorization": `Bearer ${apiKey}`, "content-type": "application/json" };
    const load = await Load.open({ url: `${edge}/v1/checks`, headers, body: bodies, verify: isClear }, CONNECTIONS);
    const until = performance.now() + minutes * 60_000;
    const pages = await system.direct("portal");
    await Promise.all([
      ...Array.from({ length: CONNECTIONS }, (_, connection) => checkSteadily(load, connection, until, run)),
      excludeSteadily((n) => new Citizen(system.url, { pages, address: addressOf(n) }), server, until, run),
      sampleMemory(system, pid, until, run),
    ]);
    load.close();
    return run;
  } finally {
    await system.stop();
  }
}

const isClear = (answer: string): void => {
  if (!answer.startsWith('{"decision":"clear"')) throw new Error(`a wrong answer: ${answer}`);
};

async function checkSteadily(load: Load, connection: number, until: number, run: Soak): Promise<void> {
  const everyMs = (CONNECTIONS * 1_000) / CHECKS_A_SECOND;
  for (let due = performance.now() + (connection * everyMs) / CONNECTIONS; due < until; due += everyMs) {
    await sleep(due - performance.now());
    await load.ask(connection).catch((error: unknown) => run.errors.push(String(error)));
    run.latenciesMs.push(performance.now() - due);
  }
}

async function excludeSteadily(citizen: (n: number) => Citizen, server: OperatorServer, until: number, run: Soak): Promise<void> {
  const under: Promise<unknown>[] = [];
  const startedAt = performance.now();
  for (let n = 0; ; n++) {
    const due = startedAt + (n * 1_000) / EXCLUSIONS_A_SECOND;
    if (due >= until) break;
    await sleep(due - performance.now());
    under.push(excludeOne(citizen(n), server, phoneOf(n), run).catch((error: unknown) => run.errors.push(String(error))));
  }
  await Promise.all(under);
}

/** A citizen whose receipt was shown is excluded at the edge within the bound, and stays so. */
async function excludeOne(citizen: Citizen, server: OperatorServer, phone: string, run: Soak): Promise<void> {
  const token = await server.tokenize(phone);
  await citizen.exclude({ policy: "6m", phone });
  run.exclusions++;
  for (const shownAt = performance.now(); ; await sleep(50)) {
    const { word } = await server.check(token);
    if (word === "excluded") return;
    if (performance.now() - shownAt > BOUND_MS) throw new Error(`${word} ${BOUND_MS} ms after a receipt`);
  }
}

/** The load keeps the isolates awake, which an inspector's question alone would not. */
async function sampleMemory(system: System, pid: string, until: number, run: Soak): Promise<void> {
  const [inspector, startedAt] = [await system.inspector(), performance.now()];
  for (; performance.now() < until - SAMPLE_MS; await sleep(SAMPLE_MS)) {
    const minute = (performance.now() - startedAt) / 60_000;
    let held = 0;
    for (const name of ISOLATES) held += await isolateBytes(inspector, `nser-${name}`, async () => undefined);
    run.samples.push({ minute, held, resident: residentBytes(pid) });
  }
}
