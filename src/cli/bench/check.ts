/** The check over HTTP against a bare Hono route, both in workerd on sockets of their own, in interleaved rounds. */
import { enrolOperator, OperatorServer, UNLIMITED } from "../doors.ts";
import { Load, type Target } from "../load.ts";
import { pinApart, unpin } from "../pin.ts";
import { type Quartiles } from "../quartiles.ts";
import { drawSecrets } from "../secrets.ts";
import { startSystem } from "../system.ts";
import { measureCompute } from "./compute.ts";
import { interleave, perSecond, ratio } from "./interleave.ts";
import { bodyOf } from "./operator.ts";
import { count, type Length, type Report, spread } from "./report.ts";
import { bareWorker, startWorkerd } from "./workerd.ts";

export const CONNECTIONS = 16;
const BURSTS = 7;
const ASSERTED_RATIO = 0.7;

interface HttpFigures {
  /** Checks per second over requests per second of the bare route, per round. */
  checkToBareRatio: Quartiles;
  /** The bare route against itself: what the machine's noise alone gives. */
  bareToBareRatio: Quartiles;
  checksPerSecond: Quartiles;
  barePerSecond: Quartiles;
  rounds: number;
}

/** `npm run bench -- check` */
export async function check(length: Length): Promise<Report> {
  const computeRounds = { short: 3, full: 15 }[length];
  const small = await measureCompute(10_000, computeRounds);
  const compute = await measureCompute(1_000_000, computeRounds);
  const http = await measureHttp({ short: 11, full: 31 }[length]);
  const below = http.checkToBareRatio.median < ASSERTED_RATIO;
  return {
    title: "One check",
    method:
      "The whole system runs in one workerd, the baseline in another under the same compatibility settings: a Hono route that reads the same header and body and " +
      "answers JSON of equal length. Both are asked in turn, in bursts of some 90 ms over 16 kept-alive direct sockets; workerd has one core and the client another; " +
      "every answer is verified. A round's figure is the median of its bursts; shown are the median and the quartiles of the rounds.",
    head: ["what", "figure", "baseline, same run"],
    rows: [
      ["check over HTTP ÷ bare Hono route", `${spread(http.checkToBareRatio)} over ${http.rounds} rounds`, `bare ÷ itself ${spread(http.bareToBareRatio)}`],
      ["checks/s over HTTP", spread(http.checksPerSecond, count), `bare ${spread(http.barePerSecond, count)}`],
      ["checks/s in process on one core, 1 M excluded", spread(compute, count), `10 k excluded: ${spread(small, count)}`],
    ],
    notes: [],
    faults: below ? [`the ratio's median is below ${ASSERTED_RATIO}`] : [],
    figures: {
      ...http,
      checksPerSecond: http.checksPerSecond.median,
      barePerSecond: http.barePerSecond.median,
      checksPerSecondPerCore: compute.median,
      compute: { "10k": { excluded: 10_000, checksPerSecondPerCore: small }, "1M": { excluded: 1_000_000, checksPerSecondPerCore: compute } },
    },
  };
}

async function measureHttp(rounds: number): Promise<HttpFigures> {
  const secrets = drawSecrets();
  const system = await startSystem({ secrets });
  const { apiKey } = await enrolOperator(system.url, secrets.origin.ADMIN_TOKEN!, "Bench Bets", UNLIMITED);
  const edge = await system.direct("edge");
  const server = new OperatorServer(system.url, apiKey, edge);
  const token = await server.tokenize("0712345678");
  await server.until(token, "clear");
  const bare = await startWorkerd([await bareWorker(JSON.stringify((await server.check(token)).body).length)]);
  try {
    const request = { headers: { "authorization": `Bearer ${apiKey}`, "content-type": "application/json" }, body: bodyOf(token) };
    const checked: Target = { ...request, url: `${edge}/v1/checks`, verify: begins('{"decision":"clear"') };
    const plain: Target = { ...request, url: `${await bare.url("bare")}/v1/checks`, verify: begins('{"answer":') };
    pinApart();
    return await compare(checked, plain, rounds);
  } finally {
    unpin();
    await Promise.all([system.stop(), bare.stop()]);
  }
}

/** Every second burst of the bare route is set against the others, for the noise. */
async function compare(checked: Target, plain: Target, rounds: number): Promise<HttpFigures> {
  const [check, bare] = await Promise.all([Load.open(checked, CONNECTIONS), Load.open(plain, CONNECTIONS)]);
  const turns = [{ name: "bare", load: bare }, { name: "check", load: check }, { name: "again", load: bare }, { name: "check", load: check }];
  const race = await interleave(turns, rounds, BURSTS);
  for (const load of [check, bare]) load.close();
  return {
    checkToBareRatio: ratio(race, ["check"], ["bare", "again"]),
    bareToBareRatio: ratio(race, ["again"], ["bare"]),
    checksPerSecond: perSecond(race, "check"),
    barePerSecond: perSecond(race, "bare", "again"),
    rounds,
  };
}

const begins = (start: string) => (answer: string): void => {
  if (!answer.startsWith(start)) throw new Error(`a wrong answer: ${answer}`);
};
