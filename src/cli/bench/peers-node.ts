/** The check app on Node against Hono on Node that asks a store per request: same client, same people. */
import { type Contender, type Peers, racePeers } from "./peers.ts";
import { startChild } from "./child.ts";
import { ANSWER_BYTES } from "./edge-of-set.ts";
import type { Settings } from "./node-server.ts";
import { HEADERS, tokens } from "./operator.ts";
import type { Stores } from "./peer-stores.ts";
import { sleep } from "./registrations.ts";
import type { Length, Report } from "./report.ts";
import { serveReplica, StandInReplica } from "./stand-in-replica.ts";
import { oneOfEachShard } from "./traffic.ts";

/** `npm run bench -- peers-node` */
export const peersNode = (length: Length): Promise<Report> => racePeers("Peers: Node", METHOD, NOTES, length, startServers);

const METHOD =
  "Hono on @hono/node-server, each in a Node process of its own: the edge's own app with the set in memory, and the shortest peers that do the job. The stores run on the same machine, so no " +
  "network is counted against them.";

const NOTES = [
  "PostgreSQL is asked by `pg` over a pool of ten with a prepared statement on indexed columns; Redis by `redis`, which pipelines by itself; libSQL by `@libsql/client`, over HTTP and from an " +
  "embedded replica, which is a file in the server's own process and asks no network either, but is as old as its last sync and says nothing of it.",
];

async function startServers({ set, secrets }: Peers, stores: Stores): Promise<{ contenders: Contender[]; stop: () => Promise<void> }> {
  const replica = new StandInReplica(set);
  const { url: REPLICA_URL, stop } = await serveReplica(replica);
  const { redis, postgres, libsql } = stores;
  const settings: Settings = {
    ANSWER: "x".repeat(ANSWER_BYTES - '{"answer":"","known":true}'.length), ANSWER_BYTES: String(ANSWER_BYTES), REPLICA_URL, REGIONS: "weur",
    PAIR_KEYS: secrets.edge.PAIR_KEYS!, MANIFEST_PUBLIC_KEYS: secrets.edge.MANIFEST_PUBLIC_KEYS!,
    postgres: postgres?.port ?? 0, redis: redis?.port ?? 0, libsql: libsql?.port ?? 0, directory: libsql?.directory ?? "",
  };
  const servers: { name: string; program: string; kind: Contender["kind"]; there: boolean }[] = [
    { name: "bare Hono route", program: "bare", kind: "bare", there: true },
    { name: "NSER", program: "nser", kind: "nser", there: true },
    { name: "Redis", program: "redis", kind: "peer", there: redis !== null },
    { name: "PostgreSQL, pool", program: "postgres", kind: "peer", there: postgres !== null },
    { name: "libSQL, HTTP", program: "libsql-http", kind: "peer", there: libsql !== null },
    { name: "libSQL, embedded replica", program: "libsql-replica", kind: "peer", there: libsql !== null },
  ];
  const children = await Promise.all(servers.map(({ program, there }) => (there ? startChild("node-server.ts", program, JSON.stringify(settings)) : null)));
  const contenders = servers.map(({ name, kind }, at) => ({ name, kind, url: children[at]?.url ?? null, pid: children[at]?.pid ?? null }));
  await warmNode(contenders[1]!.url!, replica, oneOfEachShard(set, tokens(settings.PAIR_KEYS)).map(({ body }) => body));
  return {
    contenders,
    stop: async () => {
      for (const child of children) child?.stop();
      stop();
    },
  };
}

/** Asks about each shard until none has to be fetched any more. */
async function warmNode(url: string, { asked }: StandInReplica, bodies: readonly string[]): Promise<void> {
  for (let before = -1; before < asked.firsts; await sleep(300)) {
    before = asked.firsts;
    for (const body of bodies) await (await fetch(`${url}/v1/checks`, { method: "POST", headers: HEADERS, body })).text();
  }
}
