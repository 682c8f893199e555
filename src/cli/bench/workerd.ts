/** Workers on sockets of their own in a workerd of their own, under the edge's compatibility settings. */
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { workerdOf } from "../processes.ts";
import { bundle, workerOptions } from "../system.ts";

const program = (name: string): string => fileURLToPath(new URL(`workers/${name}.ts`, import.meta.url));

export interface Workerd {
  pid: string;
  url(worker: string): Promise<string>;
  miniflare: Miniflare;
  stop(): Promise<void>;
}

export async function startWorkerd(workers: V4WorkerOptions[], options: { inspectorPort?: number } = {}): Promise<Workerd> {
  const { started: miniflare, pid } = await workerdOf(async () => {
    const quiet = { host: "127.0.0.1", port: 0, cf: false as const, log: new Log(LogLevel.NONE), handleStructuredLogs: () => undefined };
    const instance = new Miniflare(convertV4MiniflareOptions({ ...quiet, ...options, workers }));
    await instance.ready;
    return instance;
  });
  const url = async (worker: string): Promise<string> => String(await miniflare.unsafeGetDirectURL(worker)).replace(/\/$/, "");
  return { pid, url, miniflare, stop: () => miniflare.dispose() };
}

/** Packages written for Node require its modules by their old names; workerd has them under `node:`, to be imported. */
const NODE_MODULES: Plugin = {
  name: "node-modules",
  setup(build) {
    const names = new RegExp(`^(${builtinModules.join("|")})$`);
    build.onResolve({ filter: names }, ({ path }) => ({ path, namespace: "node-modules" }));
    build.onLoad({ filter: names, namespace: "node-modules" }, ({ path }) => ({ contents: `export * from "node:${path}"; export { default } from "node:${path}";` }));
  },
};

/** A benchmark's own Worker, from `workers/<entry>.ts`. */
export async function ownWorker(name: string, entry: string, bindings: Record<string, string>, more: Partial<V4WorkerOptions> = {}): Promise<V4WorkerOptions> {
  const { compatibilityDate, compatibilityFlags } = unstable_getMiniflareWorkerOptions("wrangler.toml").workerOptions as V4WorkerOptions;
  return {
    name,
    modules: await bundle(program(entry), [NODE_MODULES]),
    bindings,
    unsafeDirectSockets: [{ port: 0 }],
    ...(compatibilityDate && { compatibilityDate }),
    ...(compatibilityFlags && { compatibilityFlags }),
    ...more,
  } as V4WorkerOptions;
}

/** What Hono does for anybody: a route that reads the same header and body and answers JSON of so many bytes. */
export const bareWorker = (answerBytes: number, name = "bare"): Promise<V4WorkerOptions> =>
  ownWorker(name, "bare", { ANSWER: "x".repeat(answerBytes - '{"answer":"","known":true}'.length) });

/** The edge Worker as it is deployed, but for a Replica and a store that are elsewhere: nothing else lives in its process. */
export async function edgeAlone(replicaUrl: string, secrets: Record<string, string>, name = "edge"): Promise<V4WorkerOptions> {
  const { kvNamespaces: _, durableObjects: __, serviceBindings: ___, ...edge } =
    await workerOptions("edge", "wrangler.toml", { ...secrets, REPLICA_URL: replicaUrl }, program("edge-alone"));
  return { ...edge, name };
}

/** A deployed Worker with another program around it. */
export const wrappedWorker = (name: "edge" | "register", bindings: Record<string, string>, entry: string): Promise<V4WorkerOptions> =>
  workerOptions(name, name === "edge" ? "wrangler.toml" : `workers/${name}/wrangler.toml`, bindings, program(entry));
