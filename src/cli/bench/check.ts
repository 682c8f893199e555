/** The check over HTTP against a bare Hono route, both in one workerd on sockets of their own, in interleaved rounds. */
import { randomBytes } from "node:crypto";
import { parseSigningKey } from "../../snapshot/signature.ts";
import { Load, type Target } from "../load.ts";
import { pinApart, unpin } from "../pin.ts";
import { type Quartiles } from "../quartiles.ts";
import { drawSecrets } from "../secrets.ts";
import { measureCompute } from "./compute.ts";
import { startEdge, warm } from "./edge-of-set.ts";
import { CONNECTIONS, interleave, perSecond, ratio } from "./interleave.ts";
import { drawSet } from "./large-set.ts";
import { bodyOf, HEADERS, tokens } from "./operator.ts";
import { count, type Length, type Report, spread } from "./report.ts";

const ROWS = 10_000;
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
      "The edge Worker and the baseline run in one workerd with nothing else, under the same compatibility settings; the baseline is a Hono route that reads the same " +
      "header and body and answers JSON of equal length. Both are asked in turn, in bursts of some 90 ms over 16 kept-alive direct sockets; workerd has one core and the client another; " +
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
  const set = await drawSet(ROWS, parseSigningKey(secrets.register.MANIFEST_KEY!));
  const edge = await startEdge(set, secrets);
  try {
    const token = tokens(secrets.edge.PAIR_KEYS!);
    await warm(edge, set, token);
    const request = { headers: HEADERS, body: bodyOf(token(new Uint8Array(randomBytes(16)))) };
    pinApart();
    return await compare(
      { ...request, url: `${edge.edge}/v1/checks`, verify: begins('{"decision":"clear"') },
      { ...request, url: `${edge.bare}/v1/checks`, verify: begins('{"answer":') },
      rounds,
    );
  } finally {
    unpin();
    await edge.stop();
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
