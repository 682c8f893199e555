/** The check over HTTP against a bare Hono route, both in workerd on sockets of their own, in interleaved rounds. */
import { build } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { enrolOperator, OperatorServer, UNLIMITED } from "./doors.ts";
import { Load, type Target } from "./load.ts";
import { pinApart } from "./pin.ts";
import { quartiles, type Quartiles } from "./quartiles.ts";
import { drawSecrets } from "./secrets.ts";
import { startSystem } from "./system.ts";

const CONNECTIONS = 16;
/** A round's bursts of each, and the requests of a burst over every connection: some 90 ms. */
const BURSTS = 7;
const REQUESTS_EACH = 80;

export interface HttpFigures {
  /** Checks per second over requests per second of the bare route, per round. */
  checkToBareRatio: Quartiles;
  /** The bare route against itself: what the machine's noise alone gives. */
  bareToBareRatio: Quartiles;
  checksPerSecond: number;
  barePerSecond: number;
  rounds: number;
}

/** What Hono does for anybody: reads the header and the JSON body, answers JSON as long as the check's. */
const BARE = `
  import { Hono } from "hono";
  const app = new Hono();
  app.post("/v1/checks", async (c) => {
    const key = c.req.header("authorization");
    const { token } = await c.req.json();
    return c.json({ answer: c.env.ANSWER, known: Boolean(key && token) });
  });
  export default app;
`;

export async function measureHttp(rounds: number): Promise<HttpFigures> {
  const secrets = drawSecrets();
  const system = await startSystem({ secrets });
  const { apiKey } = await enrolOperator(system.url, secrets.origin.ADMIN_TOKEN!, "Bench Bets", UNLIMITED);
  const edge = await system.direct("edge");
  const server = new OperatorServer(system.url, apiKey, edge);
  const token = await server.tokenize("0712345678");
  const length = JSON.stringify((await server.check(token)).body).length;
  const bare = await startBare(length);
  try {
    const request = { headers: { "authorization": `Bearer ${apiKey}`, "content-type": "application/json" }, body: JSON.stringify({ token, purpose: "login" }) };
    const check: Target = { ...request, url: `${edge}/v1/checks`, verify: begins('{"decision":"clear"') };
    const plain: Target = { ...request, url: `${await directUrl(bare)}/v1/checks`, verify: begins('{"answer":') };
    pinApart();
    return await compare(check, plain, rounds);
  } finally {
    await Promise.all([system.stop(), bare.dispose()]);
  }
}

/** Milliseconds that each burst of a round took. */
type Round = Record<"check" | "bare" | "again", number[]>;

/**
 * A round is many short bursts, one of the check after each of the bare route, so that either always finds the caches as
 * the other left them; its figure is the bursts' medians: a machine that is taken away for a tenth of a second now and
 * then spoils a burst, not the round. Every second burst of the bare route is set against the others for the noise.
 */
async function compare(check: Target, bare: Target, rounds: number): Promise<HttpFigures> {
  const [checkLoad, bareLoad] = await Promise.all([Load.open(check, CONNECTIONS), Load.open(bare, CONNECTIONS)]);
  const turns: [keyof Round, Load][] = [["bare", bareLoad], ["check", checkLoad], ["again", bareLoad], ["check", checkLoad]];
  const measured: Round[] = [];
  for (let n = -2; n < rounds; n++) {
    const round: Round = { check: [], bare: [], again: [] };
    for (let burst = 0; burst < BURSTS; burst++) {
      for (const [name, load] of turns) round[name].push(await load.burst(REQUESTS_EACH));
    }
    if (n >= 0) measured.push(round);
  }
  for (const load of [checkLoad, bareLoad]) load.close();
  const median = (bursts: readonly number[]) => quartiles(bursts, 3).median;
  const perSecond = (bursts: readonly number[]) => (CONNECTIONS * REQUESTS_EACH * 1_000) / median(bursts);
  return {
    checkToBareRatio: quartiles(measured.map(({ check, bare, again }) => median([...bare, ...again]) / median(check)), 3),
    bareToBareRatio: quartiles(measured.map(({ bare, again }) => median(bare) / median(again)), 3),
    checksPerSecond: quartiles(measured.map(({ check }) => perSecond(check)), 0).median,
    barePerSecond: quartiles(measured.map(({ bare }) => perSecond(bare)), 0).median,
    rounds,
  };
}

const begins = (start: string) => (answer: string): void => {
  if (!answer.startsWith(start)) throw new Error(`a wrong answer: ${answer}`);
};

/** The bare route under the edge's own compatibility settings, in a workerd of its own. */
async function startBare(length: number): Promise<Miniflare> {
  const { outputFiles } = await build({ stdin: { contents: BARE, resolveDir: import.meta.dirname }, bundle: true, write: false, format: "esm" });
  const { compatibilityDate, compatibilityFlags } = unstable_getMiniflareWorkerOptions("wrangler.toml").workerOptions as V4WorkerOptions;
  const answer = "x".repeat(length - '{"answer":"","known":true}'.length);
  const worker: V4WorkerOptions = {
    name: "bare",
    modules: [{ type: "ESModule", path: "index.js", contents: outputFiles[0]!.text }],
    bindings: { ANSWER: answer },
    unsafeDirectSockets: [{ port: 0 }],
    ...(compatibilityDate && { compatibilityDate }),
    ...(compatibilityFlags && { compatibilityFlags }),
  };
  const miniflare = new Miniflare(convertV4MiniflareOptions({ cf: false, log: new Log(LogLevel.NONE), workers: [worker] }));
  await miniflare.ready;
  return miniflare;
}

const directUrl = async (bare: Miniflare): Promise<string> => String(await bare.unsafeGetDirectURL("bare")).replace(/\/$/, "");
