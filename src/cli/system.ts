/**
 * The whole system on this machine: every Worker from its own wrangler configuration, in one Miniflare. `npm start`,
 * the demo, the tests and the benchmark all stand on it, so that what is measured is what runs.
 */
import { createServer } from "node:net";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { DEPLOYABLES } from "./deployables.ts";
import type { Secrets } from "./secrets.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Every Worker; `local`, the front door, answers first. */
const WORKERS = [{ name: "local", config: "workers/local/wrangler.toml" }, ...DEPLOYABLES] as const;

export type WorkerName = (typeof WORKERS)[number]["name"];

export interface SystemOptions {
  /** Fixed, or any free one. */
  port?: number;
  /** Where data is kept; without it, it ends with the system. */
  directory?: string;
  secrets: Secrets;
  /** Variables set over those of the configurations. */
  vars?: Partial<Record<WorkerName, Record<string, string>>>;
  /** Takes what the Workers print; by default nobody does. */
  print?: (line: string) => void;
}

export interface System {
  /** The front door. */
  url: string;
  /** A Worker's own socket, without the front door: for measuring. */
  direct(name: "edge" | "origin" | "portal"): Promise<string>;
  /** What Register keeps outside itself. */
  recoveryBucket(): Promise<RecoveryBucket>;
  /** Fires origin's every-minute cron, as the platform would. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

/** R2 as Miniflare lends it to this process. */
export type RecoveryBucket = Awaited<ReturnType<Miniflare["getR2Bucket"]>>;

export async function startSystem(options: SystemOptions): Promise<System> {
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const workers = await Promise.all(
    WORKERS.map(({ name, config }) => workerOptions(name, config, variablesOf(name, url, options))),
  );
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      port,
      host: "127.0.0.1",
      cf: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: ({ message }: { message: string }) => options.print?.(message),
      handleUncaughtError: (error: Error) => options.print?.(String(error.stack ?? error)),
      ...(options.directory && { resourcePersistencePath: resolve(options.directory) }),
      workers,
    }),
  );
  await miniflare.ready;
  return {
    url,
    direct: async (name) => String(await miniflare.unsafeGetDirectURL(`nser-${name}`)).replace(/\/$/, ""),
    recoveryBucket: () => miniflare.getR2Bucket("RECOVERY", "nser-register"),
    tick: async () => {
      const local = await miniflare.getWorker("nser-local");
      await local.scheduled({ cron: "* * * * *", scheduledTime: new Date() });
    },
    stop: () => miniflare.dispose(),
  };
}

function variablesOf(name: WorkerName, url: string, { secrets, vars }: SystemOptions): Record<string, string> {
  return {
    ...(name === "origin" && { AFRICASTALKING_URL: `${url}/dev/africastalking` }),
    ...(name in secrets && secrets[name as keyof Secrets]),
    ...vars?.[name],
  };
}

/** A Worker as its configuration has it; `entry` is another program than the configuration's, for tests. */
export async function workerOptions(
  name: WorkerName,
  config: string,
  variables: Record<string, string>,
  entry?: string,
): Promise<V4WorkerOptions> {
  const { main, workerOptions } = unstable_getMiniflareWorkerOptions(`${ROOT}${config}`);
  const { modulesRules: _, bindings, ...configured } = workerOptions as V4WorkerOptions & { modulesRules: unknown };
  return {
    ...configured,
    name: `nser-${name}`,
    modules: [{ type: "ESModule", path: "index.js", contents: await bundle(entry ?? main!) }],
    bindings: { ...bindings, ...variables },
    ...(name !== "local" && { unsafeDirectSockets: [{ port: 0 }] }),
  } as V4WorkerOptions;
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    loader: { ".sql": "text", ".wasm": "binary" },
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    logLevel: "error",
  });
  return result.outputFiles[0]!.text;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
