/** Registrations at a steady rate on direct sockets: how long the receipt takes, and how soon the edge knows. */
import { Citizen, enrolOperator, OperatorServer, UNLIMITED } from "../doors.ts";
import { p99, quartiles, type Quartiles } from "../quartiles.ts";
import { drawSecrets } from "../secrets.ts";
import { startSystem } from "../system.ts";
import { count, type Length, type Report, spread } from "./report.ts";

const PER_SECOND = 20;
const CHECK_EVERY_MS = 20;

type Tail = Quartiles & { p99: number };

/** Numbers of one mobile range; the simulator of text messages cannot reach those that end in 000. */
export const phoneOf = (n: number): string => `071${String(n).padStart(6, "0")}1`;
export const addressOf = (n: number): string => `198.18.${(n >> 8) & 255}.${n & 255}`;

/** `npm run bench -- registrations` */
export async function registrations(length: Length): Promise<Report> {
  const wanted = { short: 60, full: 1_000 }[length];
  const results = await measure(wanted);
  const figure = (of: (result: Timed) => number): Tail => ({ ...quartiles(results.map(of), 0), p99: Math.round(p99(results.map(of))) });
  const [confirmToReceiptMs, commitToExcludedMs] = [figure(({ receiptMs }) => receiptMs), figure(({ excludedMs }) => excludedMs)];
  const row = (what: string, tail: Tail, beside: string) => [what, `${spread(tail)} ms, p99 ${tail.p99} ms`, beside];
  return {
    title: "One registration",
    method:
      `${count(wanted)} citizens walk the form at ${PER_SECOND}/s on direct sockets, each with a phone, an address and a browser of their own. The clock starts when the ` +
      "confirmation is sent, which is before its commit.",
    head: ["what", "figure", "beside it"],
    rows: [
      row("confirm → receipt page", confirmToReceiptMs, "target: p99 below 200 ms"),
      row("confirm sent → first `excluded` at the edge", commitToExcludedMs, "an isolate polls each 300 ms"),
    ],
    notes: [],
    faults: [],
    figures: { registered: { registrations: wanted, perSecond: PER_SECOND, confirmToReceiptMs, commitToExcludedMs } },
  };
}

async function measure(wanted: number): Promise<Timed[]> {
  const secrets = drawSecrets();
  const system = await startSystem({ secrets });
  try {
    const { apiKey } = await enrolOperator(system.url, await system.administrator(), "Bench Bets", UNLIMITED);
    const server = new OperatorServer(await system.direct("origin"), apiKey, await system.direct("edge"));
    const pages = await system.direct("portal");
    const startedAt = performance.now();
    return await Promise.all(
      Array.from({ length: wanted }, async (_, n) => {
        await sleep(startedAt + (n * 1_000) / PER_SECOND - performance.now());
        return one(new Citizen(system.url, { pages, address: addressOf(n) }), server, phoneOf(n));
      }),
    );
  } finally {
    await system.stop();
  }
}

interface Timed {
  receiptMs: number;
  excludedMs: number;
}

async function one(citizen: Citizen, server: OperatorServer, phone: string): Promise<Timed> {
  const token = await server.tokenize(phone);
  await citizen.ask({ policy: "6m", phone });
  const code = await citizen.code(phone);
  const sentAt = performance.now();
  const [receiptMs, excludedMs] = await Promise.all([
    citizen.confirm(code).then(() => performance.now() - sentAt),
    untilExcluded(server, token).then(() => performance.now() - sentAt),
  ]);
  return { receiptMs, excludedMs };
}

async function untilExcluded(server: OperatorServer, token: string): Promise<void> {
  while ((await server.check(token)).word !== "excluded") await sleep(CHECK_EVERY_MS);
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
