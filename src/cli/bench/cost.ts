/** The month's bill, from operations counted while isolates answered a stated traffic. */
import type { Counts } from "./counted-world.ts";
import { countOperations } from "./operations.ts";
import { type Billed, charge, CLOUDFLARE, type Price, UPSTASH } from "./prices.ts";
import { count, type Length, type Report } from "./report.ts";

const CHECKS_A_DAY = 10_000_000;
const DAYS = 30;
const ISOLATES = { short: 5, full: 100 };
const SECONDS = { short: 4, full: 60 };
/** How often the platform is taken to replace an isolate, which then fetches its shards anew. */
const STARTS_A_DAY = 24;
/** What an object is billed for while it is in memory: 128 MB, whatever it uses. */
const OBJECT_GB = 0.128;
/** Register and the Replicas of the configuration. */
const OBJECTS = 6;
const ROWS = 10_000;

const PER_SECOND = CHECKS_A_DAY / 86_400;

/** `npm run bench -- cost` */
export async function cost(length: Length): Promise<Report> {
  const [seconds, isolates] = [SECONDS[length], ISOLATES[length]];
  const { starting, steady } = await countOperations({ rows: ROWS, isolates, seconds, perSecond: PER_SECOND });
  const month = CHECKS_A_DAY * DAYS;
  const quantities = addUp(quantitiesOf(steady, month / steady.requests!), quantitiesOf({ ...starting, "requests": 0, "processor ms": 0 }, STARTS_A_DAY * DAYS));
  const rows = (Object.entries(quantities) as [Billed, number][]).map(([name, quantity]) => billLine(CLOUDFLARE.prices[name], quantity, month));
  const total = CLOUDFLARE.plan + sum(quantities);
  const peers = peerBills(month);
  return {
    title: "Operations and cost",
    method:
      `${isolates} isolates of the edge, Register and the Replicas of the configuration in one workerd, every call of a binding and every row of SQLite counted: while the isolates fetch their shards, and ` +
      `then over ${seconds} s of ${PER_SECOND.toFixed(0)} checks/s spread over them at random, which is ${count(CHECKS_A_DAY)} a day, with one exclusion. ` +
      `A month is ${count(month)} checks and ${STARTS_A_DAY} new beginnings a day of each isolate. Prices are those published (${CLOUDFLARE.read}): ${CLOUDFLARE.sources.map((url) => `<${url}>`).join(", ")}; for Redis <${UPSTASH.source}>.`,
    head: ["operation", "counted per check", "a month", "dollars a month"],
    rows: [
      ...rows,
      ["plan", "", "", CLOUDFLARE.plan.toFixed(2)],
      ["**NSER's edge, in all**", "", "", `**${total.toFixed(2)}**`],
      ...peers.map(({ what, bill }) => [what, "", "", bill.toFixed(2)]),
    ],
    notes: [
      `Polls belong to isolates, not to checks: each isolate polls its Replica each 300 ms under traffic and each 1.5 s without, so the bill follows how many isolates the platform keeps. ${isolates} and their ${STARTS_A_DAY} beginnings a day are assumptions.`,
      `Duration is the most it can be: ${OBJECTS} objects (Register and five Replicas) in memory all month. Processor time is the whole process's, objects and runtime included.`,
      "Peers are billed for the same Worker requests and two reads a check, with no copy in other regions; a database server is billed by the hour and not by the request, so it is not shown.",
      "One Durable Object asked per check may be as cheap as this design: what the isolates' polls buy is that no check leaves its data centre, and none hangs on one object.",
      "Not in the bill: the office, its database, SMS, storage (a set of 3 M is below the gigabyte that is included).",
    ],
    faults: [],
    figures: { cost: { isolates, seconds, starting, steady, quantities, total, peers } },
  };
}

/** What is billed for operations that happen `scale` times a month. Duration goes with neither checks nor starts. */
function quantitiesOf(counted: Counts, scale: number): Record<Billed, number> {
  const total = (...patterns: RegExp[]): number =>
    scale * Object.entries(counted).filter(([what]) => patterns.some((pattern) => pattern.test(what))).reduce((all, [, times]) => all + times, 0);
  return {
    workerRequest: total(/^requests$/),
    workerCpuMs: total(/^processor ms$/),
    objectRequest: total(/\b(REPLICA|REGISTER|LAST_RESORT)\./),
    objectGbSecond: 0,
    rowRead: total(/^rows read$/),
    rowWritten: total(/^rows written$/),
    kvRead: total(/\bSHARDS\.get/),
    kvWrite: total(/\bSHARDS\.(put|delete)/),
    queueOperation: 3 * total(/\.send(Batch)?$/),
    r2ClassA: total(/\bSEGMENTS\.put/),
    r2ClassB: total(/\bSEGMENTS\.(get|head)/),
  };
}

function addUp(steady: Record<Billed, number>, starting: Record<Billed, number>): Record<Billed, number> {
  const names = Object.keys(steady) as Billed[];
  const sums = Object.fromEntries(names.map((name) => [name, steady[name] + starting[name]])) as Record<Billed, number>;
  return { ...sums, objectGbSecond: OBJECTS * OBJECT_GB * DAYS * 86_400 };
}

function billLine(price: Price, quantity: number, checks: number): string[] {
  return [price.what, (quantity / checks).toPrecision(3), count(quantity), charge(price, quantity).toFixed(2)];
}

const sum = (quantities: Record<Billed, number>): number =>
  (Object.entries(quantities) as [Billed, number][]).reduce((all, [name, quantity]) => all + charge(CLOUDFLARE.prices[name], quantity), 0);

/** The same traffic answered by Workers that ask a store twice a check: the key, the token. */
function peerBills(checks: number): { what: string; bill: number }[] {
  const { workerRequest, kvRead, rowRead } = CLOUDFLARE.prices;
  const worker = CLOUDFLARE.plan + charge(workerRequest, checks);
  return [
    { what: "a Worker that asks Redis (Upstash) per check", bill: worker + charge(UPSTASH.command, 2 * checks) },
    { what: "a Worker that asks KV per check", bill: worker + charge(kvRead, 2 * checks) },
    { what: "a Worker that asks one Durable Object per check", bill: worker + charge(CLOUDFLARE.prices.objectRequest, checks) + charge(CLOUDFLARE.prices.objectGbSecond, OBJECT_GB * DAYS * 86_400) + charge(rowRead, 2 * checks) },
  ];
}
