/** Register, one Replica that publishes, the homes it publishes to, and several isolates of the edge that are cold until asked. */
import { fileURLToPath } from "node:url";
import type { KVNamespace } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { OperatorServer } from "../../src/cli/doors.ts";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { type Database, openServers, withEdgeDatabase } from "../../src/cli/sqld.ts";
import { tokenizerBeside, workerOptions } from "../../src/cli/system.ts";
import { openRegister, type RegisterDoor } from "./register-door.ts";

export const REPLICA = "weur/1";
const SETTLE_MS = 300;
const REGISTER = fileURLToPath(new URL("../workers/regions/register.ts", import.meta.url));

export interface Homes {
  register: RegisterDoor;
  /** An operator's server beside each isolate. */
  servers: OperatorServer[];
  kv: KVNamespace;
  database: Database;
  /** What the Workers printed. */
  lines: string[];
  stop(): Promise<void>;
}

export async function startHomes(isolates: number): Promise<Homes> {
  const secrets = drawSecrets();
  const database = await openServers();
  const lines: string[] = [];
  const vars = { ...secrets.register, REGIONS: "weur", PUBLISH_SETTLE_MS: String(SETTLE_MS) };
  const register = await workerOptions("register", "workers/register/wrangler.toml", vars, REGISTER);
  const edge = await workerOptions("edge", "wrangler.toml", { ...secrets.edge, REGIONS: "weur" });
  const edges = Array.from({ length: isolates }, (_, n) => ({ ...edge, name: `edge-${n}` }));
  const miniflare = new Miniflare(convertV4MiniflareOptions({
    host: "127.0.0.1", port: 0, cf: false, log: new Log(LogLevel.NONE),
    handleStructuredLogs: ({ message }: { message: string }) => lines.push(message),
    workers: [register, await tokenizerBeside(secrets), ...edges].map((worker) => withEdgeDatabase(worker, database)),
  }));
  await miniflare.ready;
  const url = async (worker: string): Promise<string> => String(await miniflare.unsafeGetDirectURL(worker)).replace(/\/$/, "");
  const door = await openRegister(await url("nser-register"), secrets);
  return {
    register: door,
    servers: await Promise.all(edges.map(async ({ name }) => new OperatorServer("", door.key, await url(name)))),
    kv: (await miniflare.getKVNamespace("SHARDS", "nser-register")) as unknown as KVNamespace,
    database,
    lines,
    stop: async () => void (await Promise.all([miniflare.dispose(), database.stop()])),
  };
}
