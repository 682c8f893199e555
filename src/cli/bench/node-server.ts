/**
 * One contender on Node: `node node-server.ts <name> <settings as JSON>`; its first line is its port. `nser` is the edge's
 * own Hono app, given its environment by this shell: a harness for the benchmark, not a deployment.
 */
import { scheduler } from "node:timers/promises";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createClient as createLibsql } from "@libsql/client";
import pg from "pg";
import { createClient as createRedis } from "redis";
import { postgresUrl } from "./peer-data.ts";
import { peer, type PeerEnvironment, type Said } from "./workers/peer.ts";

/** What a contender needs; each reads its own. */
export interface Settings extends PeerEnvironment {
  ANSWER: string;
  REPLICA_URL: string;
  REGIONS: string;
  PAIR_KEYS: string;
  MANIFEST_PUBLIC_KEYS: string;
  postgres: number;
  redis: number;
  libsql: number;
  directory: string;
}

type Context = Parameters<ReturnType<typeof peer>["fetch"]>[2];

interface App {
  fetch(request: Request, env: PeerEnvironment, context: Context): Response | Promise<Response>;
}

const SQL = "SELECT (SELECT operator FROM keys WHERE hash = ?) AS operator, EXISTS (SELECT 1 FROM excluded WHERE token = ?) AS excluded";

/** Where evidence goes and blocks of checks come from, which Node has no bindings for: taken, and thrown away. */
const TAKERS = { CHECKS: { sendBatch: async () => undefined }, CHECK_BLOCKS: { limit: async () => ({ success: true }) } };

const CONTENDERS: Record<string, (settings: Settings) => Promise<App>> = {
  bare: async () => (await worker("bare.ts")).default as App,

  async nser(settings) {
    Object.assign(globalThis, { scheduler });
    const { withReplicaElsewhere } = await worker("replica-elsewhere.ts");
    const { default: edge } = await worker("../../../../workers/edge/index.ts");
    const environment = { ...(withReplicaElsewhere as (env: Settings) => Settings)(settings), ...TAKERS };
    return { fetch: (request, _, context) => (edge as App).fetch(request, environment, context) };
  },

  async postgres({ postgres }) {
    const pool = new pg.Pool({ connectionString: postgresUrl(postgres), max: 10 });
    const text = SQL.replace("?", "$1").replace("?", "$2");
    return peer(async ({ key, token }) => (await pool.query<Said>({ name: "check", text, values: [key, token] })).rows[0]!);
  },

  async redis({ redis }) {
    const client = await createRedis({ url: `redis://127.0.0.1:${redis}` }).connect();
    return peer(async ({ key, token }) => {
      const [operator, excluded] = await Promise.all([client.get(`key:${key}`), client.sIsMember("excluded", token)]);
      return { operator, excluded: excluded === 1 };
    });
  },

  "libsql-http": async ({ libsql }) => libsqlPeer(createLibsql({ url: `http://127.0.0.1:${libsql}` })),

  async "libsql-replica"({ libsql, directory }) {
    const client = createLibsql({ url: `file:${directory}/replica.db`, syncUrl: `http://127.0.0.1:${libsql}` });
    await client.sync();
    return libsqlPeer(client);
  },
};

const libsqlPeer = (client: ReturnType<typeof createLibsql>): App =>
  peer(async ({ key, token }) => {
    const { rows } = await client.execute({ sql: SQL, args: [key, token] });
    return { operator: rows[0]!.operator as string | null, excluded: rows[0]!.excluded === 1 };
  });

/** A Worker's own program; its types are of another platform than this file's. */
const worker = (file: string): Promise<Record<string, unknown>> => import(new URL(`workers/${file}`, import.meta.url).href);

const [name, text] = process.argv.slice(2);
const settings = JSON.parse(text!) as Settings;
const app = await CONTENDERS[name!]!(settings);
const context: Context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
const server = serve({ fetch: (request) => app.fetch(request, settings, context), port: 0, hostname: "127.0.0.1" }, ({ port }: AddressInfo) => console.log(port));
process.once("SIGTERM", () => server.close(() => process.exit(0)));
