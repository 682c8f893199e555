/** Register, a Replica in each of eight regions and the edge in nine, on this machine, with the round trips between them. */
import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { Keyring } from "../../src/bst/keyring.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import { formatToken } from "../../src/bst/text.ts";
import { readKey } from "../../src/check/directory.ts";
import { OperatorServer } from "../../src/cli/doors.ts";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { workerOptions } from "../../src/cli/system.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { HOSTS, nearestFirst, type RegionName, REGIONS } from "../../src/simulation/rtt.ts";
import { personOf } from "./world.ts";

const entry = (name: string): string => fileURLToPath(new URL(`../workers/regions/${name}.ts`, import.meta.url));

export interface NineRegions {
  /** An operator's server beside each edge. */
  servers: Map<RegionName, OperatorServer>;
  /** The operator's token of the nth person. */
  token(n: number): string;
  /** Excludes the nth person; the machine's time once it was committed. */
  register(n: number): Promise<number>;
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
  const miniflare = new Miniflare(convertV4MiniflareOptions({ ...options, workers: [register, ...edges] }));
  await miniflare.ready;
  const url = async (worker: string): Promise<string> => String(await miniflare.unsafeGetDirectURL(worker)).replace(/\/$/, "");
  const registerUrl = await url("nser-register");

  async function act<T>(verb: string, body: Record<string, string>): Promise<T> {
    const response = await fetch(`${registerUrl}/${verb}`, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${verb}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  const { operator } = await act<{ operator: { id: string } }>("enrol", {});
  const key = `sk_live_${operator.id}_0123456789abcdef0123456789abcdef`;
  await act("issue", { operator: operator.id, hash: readKey(`Bearer ${key}`)!.hash });
  const sealer = new Keyring(parsePairKeys(secrets.edge.PAIR_KEYS!)).sealer("1", { operator: operator.id, epoch: 0, kind: "msisdn", generation: 0 });
  const servers = await Promise.all(
    REGIONS.map(async (region) => [region, new OperatorServer("", key, await url(`edge-${region}`))] as const),
  );
  return {
    servers: new Map(servers),
    token: (n) => formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: sealer.seal(personOf(n)) }),
    register: async (n) => (await act<{ committedAt: number }>("register", { p: toHex(personOf(n)) })).committedAt,
    cut: (replica, cut) => act("cut", { replica, cut: cut ? "yes" : "no" }),
    stop: () => miniflare.dispose(),
  };
}
