/** From Register's commit to operators' endpoints, while some of these take every message and never answer. */
import { Citizen, enrolOperator, UNLIMITED } from "../doors.ts";
import { p99, quartiles, type Quartiles } from "../quartiles.ts";
import { drawSecrets } from "../secrets.ts";
import { startSystem, type System } from "../system.ts";
import { Listeners, registerWebhook } from "./listeners.ts";
import { addressOf, phoneOf, sleep } from "./registrations.ts";
import { count, type Length, type Report, spread } from "./report.ts";

export interface Delivery {
  operators: number;
  /** How many of them hang in the second phase. */
  hanging: number;
  /** Exclusions in each phase, one after the other. */
  exclusions: number;
}

type Tail = Quartiles & { p99: number; arrived: number; expected: number };

const SIZES: Record<Length, Delivery> = { short: { operators: 20, hanging: 6, exclusions: 8 }, full: { operators: 100, hanging: 30, exclusions: 40 } };
/** What is promised to the healthy ones. */
const BOUND_MS = 5_000;
const PATIENCE_MS = 20_000;
/** An administrator may call 200 times a minute, and an operator takes three calls. */
const [UNHURRIED, ENROL_MS] = [60, 1_000];
/** Between two exclusions: some 60,000 a day. */
const PAUSE_MS = 1_000;

/** `npm run bench -- delivery` */
export async function delivery(length: Length): Promise<Report> {
  const size = SIZES[length];
  const { healthy, beside } = await measureDelivery(size);
  const row = (what: string, { arrived, expected, ...tail }: Tail, next: string) => [what, `${spread(tail)} ms, p99 ${tail.p99} ms; ${count(arrived)} of ${count(expected)} arrived`, next];
  return {
    title: "Delivery to operators",
    method:
      `${size.operators} operators, each with an endpoint on this machine; ${size.exclusions} citizens exclude themselves one after the other by the pages, about one a second. From the event's own time, which is ` +
      `Register's commit, to its arrival in a signed message. Then ${size.hanging} of the endpoints take every message and never answer, and as many citizens follow.`,
    head: ["what", "figure", "beside it"],
    rows: [
      row("commit → endpoint, all healthy", healthy, "the baseline"),
      row(`commit → the ${size.operators - size.hanging} healthy endpoints, ${size.hanging} hanging`, beside, `target: p99 below ${count(BOUND_MS)} ms`),
    ],
    notes: [],
    faults: faultsOf(healthy, beside),
    figures: { delivery: { ...size, healthy, beside } },
  };
}

export const faultsOf = (...tails: Tail[]): string[] => [
  ...(tails.some(({ arrived, expected }) => arrived !== expected) ? ["an event did not arrive, or came twice"] : []),
  ...(tails.some((tail) => tail.p99 > BOUND_MS) ? [`the slowest hundredth took longer than ${BOUND_MS} ms`] : []),
];

/** Both phases on a system of their own. */
export async function measureDelivery(size: Delivery): Promise<{ healthy: Tail; beside: Tail }> {
  const [system, listeners] = [await startSystem({ secrets: drawSecrets() }), new Listeners()];
  try {
    await listeners.start();
    const administrator = await system.administrator();
    for (let n = 0; n < size.operators; n++) {
      const { id } = await enrolOperator(system.url, administrator, `Bench Bets ${n}`, UNLIMITED);
      await registerWebhook(system.url, administrator, id, listeners.url(n));
      if (size.operators > UNHURRIED) await sleep(ENROL_MS);
    }
    const healthy = await phase(system, listeners, size, 0);
    listeners.hangingFrom = size.operators - size.hanging;
    const beside = await phase(system, listeners, size, size.exclusions);
    return { healthy, beside };
  } finally {
    await system.stop();
    listeners.stop();
  }
}

async function phase({ url }: System, listeners: Listeners, { operators, exclusions }: Delivery, from: number): Promise<Tail> {
  listeners.arrivals.length = 0;
  for (let n = from; n < from + exclusions; n++) {
    const citizen = new Citizen(url, { address: addressOf(n) });
    await citizen.ask({ policy: "6m", phone: phoneOf(n) });
    await citizen.confirm(await citizen.code(phoneOf(n)));
    await sleep(PAUSE_MS);
  }
  const expected = Math.min(operators, listeners.hangingFrom) * exclusions;
  for (const until = Date.now() + PATIENCE_MS; listeners.arrivals.length < expected && Date.now() < until;) await sleep(50);
  const distinct = new Set(listeners.arrivals.map(({ endpoint, sequence }) => `${endpoint}/${sequence}`));
  const waited = listeners.arrivals.map(({ ms }) => ms);
  return { ...quartiles(waited, 0), p99: p99(waited), arrived: distinct.size === waited.length ? waited.length : -1, expected };
}
