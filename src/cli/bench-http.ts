/** The check over HTTP against a bare Hono route, both in workerd on sockets of their own, in interleaved rounds. */
import { build } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { enrolOperator, OperatorServer } from "./doors.ts";
import { rate, type Target } from "./load.ts";
import { quartiles, type Quartiles } from "./quartiles.ts";
import { drawSecrets } from "./secrets.ts";
import { startSystem } from "./system.ts";

const CONNECTIONS = 16;
const ROUND_MS = 500;

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
  const { apiKey } = await enrolOperator(system.url, secrets.origin.ADMIN_TOKEN!, "Bench Bets");
  const edge = await system.direct("edge");
  const server = new OperatorServer(system.url, apiKey, edge);
  const token = await server.tokenize("0712345678");
  const length = JSON.stringify((await server.check(token)).body).length;
  const bare = await startBare(length);
  try {
    const request = { headers: { "authorization": `Bearer ${apiKey}`, "content-type": "application/json" }, body: JSON.stringify({ token, purpose: "login" }) };
    const check: Target = { ...request, url: `${edge}/v1/checks`, verify: begins('{"decision":"clear"') };
    const plain: Target = { ...request, url: `${await directUrl(bare)}/v1/checks`, verify: begins('{"answer":') };
    return await compare(check, plain, rounds);
  } finally {
    await Promise.all([system.stop(), bare.dispose()]);
  }
}

async function compare(check: Target, bare: Target, rounds: number): Promise<HttpFigures> {
  const [ratios, noise, checks, bares]: number[][] = [[], [], [], []];
  for (let round = -2; round < rounds; round++) {
    const once = (target: Target) => rate(target, CONNECTIONS, ROUND_MS);
    const [first, measured, second] = [await once(bare), await once(check), await once(bare)];
    // Two rounds to warm up. The bare rate is that of just before and just after, so that a drifting machine is fair.
    if (round < 0) continue;
    ratios!.push(measured / ((first + second) / 2));
    noise!.push(second / first);
    checks!.push(measured);
    bares!.push(first, second);
  }
  return {
    checkToBareRatio: quartiles(ratios!, 3),
    bareToBareRatio: quartiles(noise!, 3),
    checksPerSecond: quartiles(checks!, 0).median,
    barePerSecond: quartiles(bares!, 0).median,
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
