/** A race against peers: what the two runtimes have in common. */
import { parseSigningKey } from "../../snapshot/signature.ts";
import { Load } from "../load.ts";
import { pinApart, unpin } from "../pin.ts";
import { drawSecrets, type Secrets } from "../secrets.ts";
import { interleave, perSecond, processorUs, type Race, ratio } from "./interleave.ts";
import { drawSet, type LargeSet } from "./large-set.ts";
import { tokens } from "./operator.ts";
import { startStores, type Stores } from "./peer-stores.ts";
import { count, type Length, type Report, spread } from "./report.ts";
import { type Check, checksTo, drawChecks } from "./traffic.ts";

const ROWS = { short: 20_000, full: 1_000_000 };
const ROUNDS = { short: 1, full: 15 };
const BURSTS = { short: 3, full: 5 };
/** Enough that no server waits for the client: peers overlap their questions, and with few in flight a quick server sleeps between two. */
const CONNECTIONS = 64;
const CHECKS = 20_000;

/** One server in the race; without an address its store is not installed. */
export interface Contender {
  name: string;
  url: string | null;
  pid: string | null;
  kind: "bare" | "nser" | "peer";
}

/** The people every contender is asked about. */
export interface Peers {
  set: LargeSet;
  secrets: Secrets;
  checks: Check[];
}

const BAR = { bare: "baseline", nser: "ours", peer: "peer" } as const;

type Start = (peers: Peers, stores: Stores) => Promise<{ contenders: Contender[]; stop: () => Promise<void> }>;

export async function racePeers(title: string, method: string, notes: string[], length: Length, start: Start): Promise<Report> {
  const secrets = drawSecrets();
  const set = await drawSet(ROWS[length], parseSigningKey(secrets.register.MANIFEST_KEY!));
  const peers = { set, secrets, checks: drawChecks(set, tokens(secrets.edge.PAIR_KEYS!), "skewed", CHECKS) };
  const stores = await startStores(peers.checks, set.rows);
  try {
    const { contenders, stop } = await start(peers, stores);
    try {
      const race = await raceOf(contenders, peers.checks, stores, length);
      return reportOf(title, method, notes, contenders, race, length);
    } finally {
      await stop();
    }
  } finally {
    stores.stop();
  }
}

async function raceOf(contenders: readonly Contender[], checks: readonly Check[], { pids }: Stores, length: Length): Promise<Race> {
  const running = contenders.filter((contender): contender is Contender & { url: string } => contender.url !== null);
  const turns = await Promise.all(
    running.map(async ({ name, url, pid, kind }) => ({ name, pid: pid!, load: await Load.open(checksTo(url, checks, kind === "bare"), CONNECTIONS) })),
  );
  pinApart(pids);
  try {
    return await interleave(turns, ROUNDS[length], BURSTS[length]);
  } finally {
    unpin();
    for (const { load } of turns) load.close();
  }
}

function reportOf(title: string, method: string, notes: string[], contenders: readonly Contender[], race: Race, length: Length): Report {
  const ours = contenders.find(({ kind }) => kind === "nser")!.name;
  const ran = contenders.filter(({ url }) => url !== null);
  const ahead = (name: string) => ratio(race, [ours], [name], 2);
  const lost = ran.filter(({ name, kind }) => kind === "peer" && ahead(name).lower <= 1);
  return {
    title,
    method:
      `${method} ${count(ROWS[length])} excluded, 2 % of the checks finding one of them, every answer verified. Measured in turn in bursts of some 90 ms over ${CONNECTIONS} kept-alive sockets; ` +
      `servers have one core, the client and the stores the other. Median [quartiles] of ${ROUNDS[length]} rounds.`,
    head: ["asks per check", "checks/s", "NSER ÷ it", "server's processor µs a check"],
    rows: contenders.map(({ name, url, kind }) => [
      kind === "nser" ? "NSER: nobody, memory" : name,
      url === null ? "not installed" : spread(perSecond(race, name), count),
      url === null || kind === "nser" ? "" : spread(ahead(name)),
      url === null ? "" : spread(processorUs(race, name)),
    ]),
    notes: [...notes, lost.length > 0 ? `We do not win against ${lost.map(({ name }) => name).join(", ")}.` : "We are ahead of each peer that ran, by more than the rounds differ."],
    bars: [{ title, unit: "checks a second", bars: ran.map(({ name, kind }) => ({ name, value: perSecond(race, name), kind: BAR[kind] })) }],
    faults: [],
    figures: { [title]: Object.fromEntries(ran.map(({ name }) => [name, { perSecond: perSecond(race, name), nserToIt: ahead(name), processorUs: processorUs(race, name) }])) },
  };
}
