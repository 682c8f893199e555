/** Registrations at a steady rate on direct sockets: how long the receipt takes, and how soon the edge knows. */
import { Citizen, enrolOperator, OperatorServer, UNLIMITED } from "./doors.ts";
import { p99, quartiles, type Quartiles } from "./quartiles.ts";
import { drawSecrets } from "./secrets.ts";
import { startSystem } from "./system.ts";

export interface RegistrationFigures {
  registrations: number;
  perSecond: number;
  /** From sending the confirmation to having the receipt's page, ms. */
  confirmToReceiptMs: Quartiles & { p99: number };
  /** From sending the confirmation, which is before its commit, to the first `excluded` at the edge, ms. */
  commitToExcludedMs: Quartiles & { p99: number };
}

/** Numbers of one mobile range; the simulator of text messages cannot reach those that end in 000. */
const phoneOf = (n: number): string => `071${String(n).padStart(6, "0")}1`;
const addressOf = (n: number): string => `198.18.${(n >> 8) & 255}.${n & 255}`;
const CHECK_EVERY_MS = 20;

export async function measureRegistrations(registrations: number, perSecond: number): Promise<RegistrationFigures> {
  const secrets = drawSecrets();
  const system = await startSystem({ secrets });
  try {
    const { apiKey } = await enrolOperator(system.url, secrets.origin.ADMIN_TOKEN!, "Bench Bets", UNLIMITED);
    const server = new OperatorServer(await system.direct("origin"), apiKey, await system.direct("edge"));
    const pages = await system.direct("portal");
    const startedAt = performance.now();
    const results = await Promise.all(
      Array.from({ length: registrations }, async (_, n) => {
        await sleep(startedAt + (n * 1_000) / perSecond - performance.now());
        return one(new Citizen(system.url, { pages, address: addressOf(n) }), server, phoneOf(n));
      }),
    );
    const figure = (of: (result: Timed) => number) => ({ ...quartiles(results.map(of), 0), p99: Math.round(p99(results.map(of))) });
    return {
      registrations,
      perSecond,
      confirmToReceiptMs: figure(({ receiptMs }) => receiptMs),
      commitToExcludedMs: figure(({ excludedMs }) => excludedMs),
    };
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

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
