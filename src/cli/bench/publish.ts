/** Measures how a Replica with very many rows publishes them, inside workerd. */
import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { drawSecrets } from "../secrets.ts";
import { tokenizerBeside, workerOptions } from "../system.ts";
import { count, type Length, megabytes, type Report } from "./report.ts";

/** How a publication goes, as far as it has come. */
export interface Progress {
  announced: boolean;
  /** How long each alarm took, ms. */
  steps: number[];
  /** What was to be put into KV. */
  blobs: number;
  bytes: number;
  /** The object's database. */
  databaseBytes: number;
}

interface PublicationFigures extends Omit<Progress, "announced" | "steps"> {
  rows: number;
  /** Filling the Replica, which no deployment does this way. */
  fillMs: number;
  /** From the first step to the announcement, which is not held back here; KV's own time is not in it. */
  publishMs: number;
  steps: number;
  longestStepMs: number;
  /** The longest that an isolate's poll waited: while nothing was published, and meanwhile. */
  longestPollMs: { idle: number; publishing: number };
}

/** The register Worker as it is deployed, with a Replica that can be filled and watched. */
const ENTRY = fileURLToPath(new URL("./workers/publishing-register.ts", import.meta.url));
const ROWS = { short: 50_000, full: 3_000_000 };
const ROWS_A_FILL = 100_000;
const IDLE_POLLS = 100;
const PAUSE_MS = 20;

type Act = <T>(what: string) => Promise<T>;

/** `npm run bench -- publish`: how a Replica with very many rows publishes them. */
export async function publish(length: Length): Promise<Report> {
  const { rows, blobs, bytes, databaseBytes, publishMs, steps, longestStepMs, longestPollMs } = await measurePublication(ROWS[length]);
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  return {
    title: "Publishing the set",
    method: `A Replica filled with ${count(rows)} rows publishes them all, from the first step to the announcement, polled meanwhile as by isolates. A stand-in takes the bytes.`,
    head: ["what", "figure", "beside it"],
    rows: [
      ["publication", seconds(publishMs), `${count(steps)} steps, ${count(blobs)} blobs, ${megabytes(bytes)} MB`],
      ["the longest step", `${count(longestStepMs)} ms`, "each is an alarm of its own"],
      ["the longest poll meanwhile", `${count(longestPollMs.publishing)} ms`, `while nothing is published: ${count(longestPollMs.idle)} ms`],
      ["the object's database", `${megabytes(databaseBytes)} MB`, "an object may hold 10 GB"],
    ],
    notes: [],
    faults: [],
    figures: { publication: { rows, blobs, bytes, publishMs, steps, longestStepMs, longestPollMs } },
  };
}

/** Fills a Replica with so many rows and publishes them once. */
async function measurePublication(rows: number): Promise<PublicationFigures> {
  const secrets = drawSecrets();
  const vars = { ...secrets.register, REGIONS: "weur", PUBLISH_SETTLE_MS: "0" };
  const register = await workerOptions("register", "workers/register/wrangler.toml", vars, ENTRY);
  const options = { host: "127.0.0.1", port: 0, cf: false as const, log: new Log(LogLevel.NONE), workers: [register, await tokenizerBeside(secrets)] };
  const miniflare = new Miniflare(convertV4MiniflareOptions(options));
  try {
    await miniflare.ready;
    const url = String(await miniflare.unsafeGetDirectURL("nser-register")).replace(/\/$/, "");
    return await measure(rows, async <T>(what: string) => (await (await fetch(`${url}/${what}`)).json()) as T);
  } finally {
    await miniflare.dispose();
  }
}

async function measure(rows: number, act: Act): Promise<PublicationFigures> {
  const filling = performance.now();
  for (let left = rows; left > 0; left -= ROWS_A_FILL) await act(`fill?rows=${Math.min(left, ROWS_A_FILL)}`);
  const fillMs = performance.now() - filling;
  const idle = Math.max(...(await polls(act, IDLE_POLLS, async () => false)));
  await act("register");
  const from = performance.now();
  const publishing = Math.max(...(await polls(act, Number.POSITIVE_INFINITY, async () => (await act<Progress>("progress")).announced)));
  const publishMs = performance.now() - from;
  const { announced: _, steps, ...put } = await act<Progress>("progress");
  return { rows, ...put, fillMs, publishMs, steps: steps.length, longestStepMs: Math.max(...steps), longestPollMs: { idle, publishing } };
}

/** Polls as isolates do, so many times or until it is enough; how long each took. */
async function polls(act: Act, times: number, enough: () => Promise<boolean>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < times && !(await enough()); n++) {
    const asked = performance.now();
    await act("poll");
    took.push(performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return took;
}
