/** Register, a Replica in each of eight regions and the edge in nine, on this machine, with the round trips between them. */
import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { OperatorServer } from "../../src/cli/doors.ts";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { tokenizerBeside, workerOptions } from "../../src/cli/system.ts";
import { HOSTS, nearestFirst, type RegionName, REGIONS } from "../../src/simulation/rtt.ts";
import { openRegister, type RegisterDoor } from "./register-door.ts";

const entry = (name: string): string => fileURLToPath(new URL(`../workers/regions/${name}.ts`, import.meta.url));

export interface NineRegions extends Pick<RegisterDoor, "token" | "register" | "destroy" | "recover"> {
  /** An operator's server beside each edge. */
  servers: Map<RegionName, OperatorServer>;
  /** Cuts a Replica off from everybody, or joins it again. */
  cut(replica: string, cut: boolean): Promise<void>;
  stop(): Promise<void>;
}

export async function startNineRegions(): Promise<NineRegions> {
  const secrets = drawSecrets();
  const everywhere = HOSTS.toSorted((one, other) => Number(other === "weur") - Number(one === "weur")).join(",");
  const register = await workerOptions("register", "workers/register/wrangler.toml", { ...secrets.register, REGIONS: everywhere }, entry("register"));
  const edge = await workerOptions("edge", "wrangler.toml", {}, entry("edge"));
  const edges = REGIONS.map((HERE) => ({
    ...edge, name: `edge-${HERE}`, bindings: { ...secrets.edge, HERE, REGIONS: nearestFirst(HERE).join(",") },
  }));
  const options = { host: "127.0.0.1", port: 0, cf: false as const, log: new Log(LogLevel.NONE), handleStructuredLogs: () => undefined };
  const miniflare = new Miniflare(convertV4MiniflareOptions({ ...options, workers: [register, await tokenizerBeside(secrets), ...edges] }));
  await miniflare.ready;
  const url = async (worker: string): Promise<string> => String(await miniflare.unsafeGetDirectURL(worker)).replace(/\/$/, "");
  const door = await openRegister(await url("nser-register"), secrets);
  const servers = await Promise.all(
    REGIONS.map(async (region) => [region, new OperatorServer("", door.key, await url(`edge-${region}`))] as const),
  );
  return {
    servers: new Map(servers),
    ...door,
    cut: (replica, cut) => door.cut(replica, cut ? ["poll", "first", "shard", "push", "kept"] : []),
    stop: () => miniflare.dispose(),
  };
}
