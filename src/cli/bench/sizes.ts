/** What the size of the set changes: rates, memory, the first answer. */
import { parseSigningKey } from "../../snapshot/signature.ts";
import { Load } from "../load.ts";
import { pinApart, unpin } from "../pin.ts";
import type { Quartiles } from "../quartiles.ts";
import { drawSecrets, type Secrets } from "../secrets.ts";
import { type Cold, measureCold } from "./cold.ts";
import { measureComputeOf } from "./compute.ts";
import { startEdge, warm } from "./edge-of-set.ts";
import { CONNECTIONS, interleave, perSecond, ratio } from "./interleave.ts";
import { drawSet, type LargeSet } from "./large-set.ts";
import { measureMemory, type Memory } from "./memory.ts";
import { tokens } from "./operator.ts";
import { count, type Length, megabytes, type Report, spread } from "./report.ts";
import { checksTo, drawChecks } from "./traffic.ts";

const ROWS = { short: [10_000, 300_000], full: [10_000, 1_000_000, 3_000_000, 10_000_000] };
const ROUNDS = { short: 2, full: 15 };
const COMPUTE_ROUNDS = { short: 2, full: 9 };
const ISOLATES = { short: 5, full: 30 };
const BURSTS = 5;
const CHECKS = { short: 4_000, full: 20_000 };

interface Http {
  checkToBareRatio: Quartiles;
  checksPerSecond: Quartiles;
  barePerSecond: Quartiles;
}

interface Size {
  rows: number;
  shardBytes: number;
  computePerSecond: Quartiles;
  http: Http;
  memory: Memory;
  cold: Cold;
}

/** `npm run bench -- sizes` */
export async function sizes(length: Length): Promise<Report> {
  const secrets = drawSecrets();
  const measured: Size[] = [];
  for (const rows of ROWS[length]) measured.push(await measureSize(rows, secrets, length));
  const [smallest] = measured;
  return {
    title: "The size of the set",
    method:
      "Sets are drawn as shards, signed and announced as a publisher's are. HTTP is the edge Worker alone in a workerd, its Replica and its store of shards stood in for by another " +
      "process, against the bare route in the same workerd, 2 % of the checks finding somebody; in process the isolate's budget is lifted, so that all of the set is searched. Memory is " +
      "taken once every shard that has room is in memory and the garbage was collected: V8's own count of the isolate, and the process's resident memory; a row's share is what the process " +
      "has grown since the smallest set. The first answer is that of isolates nobody has asked before, each over a socket already open, from a real Replica that holds the set in SQLite.",
    head: ["rows", "shards MB", "in process checks/s", "HTTP ÷ bare", "HTTP checks/s", "isolate MB", "process MB", "bytes a row", "from memory: uniform, skewed", "first answer ms (bare)"],
    rows: measured.map((size) => [
      count(size.rows),
      megabytes(size.shardBytes),
      spread(size.computePerSecond, count),
      spread(size.http.checkToBareRatio),
      spread(size.http.checksPerSecond, count),
      megabytes(size.memory.isolate),
      `${megabytes(size.memory.resident)}, then ${megabytes(size.memory.residentAfter)}`,
      size === smallest ? "" : bytesARow(size, smallest!).toFixed(1),
      `${percent(size.memory.fromMemory.uniform)}, ${percent(size.memory.fromMemory.skewed)}`,
      `${spread(size.cold.firstMs)} (${spread(size.cold.bareMs)})`,
    ]),
    notes: [
      "Before its first answer an isolate makes one call to a Replica and reads no shard; the manifest's read begins beside the answer.",
      "The isolate's shards may weigh 64 MiB. A set that is larger loses its least used shards: checks of those ask a Replica, and the table's last columns but one say how many did not have to. " +
      "Pseudonyms spread evenly over the shards, so busy customers make little difference. HTTP at that size includes those questions.",
      `The second figure of the process is after ${count(2 * CHECKS[length])} more checks at full speed: what the runtime keeps for requests, and for shards that came and went.`,
    ],
    faults: measured.filter(({ cold }) => cold.operations["REPLICA.first"] !== 1 || (cold.operations["SHARDS.get"] ?? 0) > 1)
      .map(({ rows }) => `a cold isolate asked more than once, or for a shard, over ${rows} rows`),
    figures: { sizes: measured },
  };
}

async function measureSize(rows: number, secrets: Secrets, length: Length): Promise<Size> {
  const set = await drawSet(rows, parseSigningKey(secrets.register.MANIFEST_KEY!));
  const computePerSecond = await measureComputeOf(set, secrets, COMPUTE_ROUNDS[length]);
  const http = await measureHttp(set, secrets, length);
  const memory = await measureMemory(set, secrets, CHECKS[length]);
  const cold = await measureCold(set, secrets, ISOLATES[length]);
  return { rows, shardBytes: set.bytes, computePerSecond, http, memory, cold };
}

async function measureHttp(set: LargeSet, secrets: Secrets, length: Length): Promise<Http> {
  const edge = await startEdge(set, secrets);
  try {
    const token = tokens(secrets.edge.PAIR_KEYS!);
    await warm(edge, set, token);
    const checks = drawChecks(set, token, "skewed", CHECKS[length]);
    const check = await Load.open(checksTo(edge.edge, checks), CONNECTIONS);
    const bare = await Load.open(checksTo(edge.bare, checks, true), CONNECTIONS);
    pinApart();
    const race = await interleave([{ name: "bare", load: bare }, { name: "check", load: check }], ROUNDS[length], BURSTS);
    for (const load of [check, bare]) load.close();
    return { checkToBareRatio: ratio(race, ["check"], ["bare"]), checksPerSecond: perSecond(race, "check"), barePerSecond: perSecond(race, "bare") };
  } finally {
    unpin();
    await edge.stop();
  }
}

const bytesARow = (size: Size, smallest: Size): number =>
  (size.memory.resident - smallest.memory.resident) / (size.rows - smallest.rows);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
