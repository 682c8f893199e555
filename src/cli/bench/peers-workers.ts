/** The check against Workers that ask a store per request: same workerd, same client, same people. */
import type { V4WorkerOptions } from "miniflare";
import { KEY_HASH, askedHashes, postgresUrl } from "./peer-data.ts";
import { type Contender, type Peers, racePeers } from "./peers.ts";
import { REST_TOKEN, type Stores } from "./peer-stores.ts";
import { ANSWER_BYTES, startEdge, warm } from "./edge-of-set.ts";
import { OPERATOR, tokens } from "./operator.ts";
import type { Length, Report } from "./report.ts";
import { ownWorker, startWorkerd, type Workerd } from "./workerd.ts";
import type { Check } from "./traffic.ts";

/** `npm run bench -- peers-workers` */
export const peersWorkers = (length: Length): Promise<Report> => racePeers("Peers: Workers", METHOD, NOTES, length, startWorkers);

const METHOD =
  "Hono Workers under the edge's compatibility settings, each the shortest that does the job: hash key and token, ask the store for both in its cheapest form, answer JSON of the check's length. " +
  "The stores run on the same machine, so no network is counted against them; in production their round trip is added to every check, and ours has none.";

const NOTES = [
  "Redis over REST is the client and interface of Upstash over a real redis-server, both commands in one request. Redis over a socket speaks its own protocol; Workers cannot share a " +
  "socket between requests, so each opens one. PostgreSQL is the `pg` client over such a socket, trusted, so that it is spared the password's round trips. libSQL is one plain request to sqld.",
  "KV is this machine's simulator of it, two reads at once: that row says what the simulator costs, not what KV does.",
];

async function startWorkers({ set, secrets, checks }: Peers, stores: Stores): Promise<{ contenders: Contender[]; stop: () => Promise<void> }> {
  const peers = await peerWorkers(stores);
  const edge = await startEdge(set, secrets);
  await warm(edge, set, tokens(secrets.edge.PAIR_KEYS!));
  const workerd = await startWorkerd(peers.flatMap(({ worker }) => worker ?? []));
  await fillKv(workerd, checks);
  const contenders: Contender[] = [
    { name: "bare Hono route", url: edge.bare, pid: edge.workerd.pid, kind: "bare" },
    { name: "NSER", url: edge.edge, pid: edge.workerd.pid, kind: "nser" },
  ];
  for (const { name, worker } of peers) contenders.push({ name, url: worker && (await workerd.url(worker.name!)), pid: workerd.pid, kind: "peer" });
  return { contenders, stop: async () => void (await Promise.all([edge.stop(), workerd.stop()])) };
}

/** The peers whose store is there; null for the others. */
async function peerWorkers({ redis, redisRest, libsql, postgres }: Stores): Promise<{ name: string; worker: V4WorkerOptions | null }[]> {
  const worker = (entry: string, bindings: Record<string, string>, more?: Partial<V4WorkerOptions>) =>
    ownWorker(entry, entry, { ANSWER_BYTES: String(ANSWER_BYTES), ...bindings }, more);
  return [
    { name: "Redis, REST", worker: redisRest && (await worker("peer-redis-rest", { REDIS_REST_URL: redisRest.url, REDIS_REST_TOKEN: REST_TOKEN })) },
    { name: "Redis, socket", worker: redis && (await worker("peer-redis-socket", { REDIS_ADDRESS: `127.0.0.1:${redis.port}` })) },
    { name: "libSQL, HTTP", worker: libsql && (await worker("peer-libsql", { LIBSQL_URL: `http://127.0.0.1:${libsql.port}` })) },
    { name: "PostgreSQL, socket", worker: postgres && (await worker("peer-postgres", { POSTGRES_URL: postgresUrl(postgres.port) })) },
    { name: "KV (simulator)", worker: await worker("peer-kv", {}, { kvNamespaces: { PEER: "peer" } }) },
  ];
}

/** Only who is asked about: the simulator's size is no part of the measurement. */
async function fillKv({ miniflare }: Workerd, checks: readonly Check[]): Promise<void> {
  const store = await miniflare.getKVNamespace("PEER", "peer-kv");
  await store.put(`key:${KEY_HASH}`, OPERATOR);
  for (const hash of askedHashes(checks)) await store.put(hash, "1");
}
