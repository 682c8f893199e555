/**
 * The whole system on this machine: every Worker from its own wrangler configuration, in one Miniflare. `npm start`,
 * the demo, the tests and the benchmark all stand on it, so that what is measured is what runs.
 */
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { type RegisterApi, REGISTER_NAME } from "../domains/exclusions/rpc.ts";
import { administratorOf } from "./administrator.ts";
import { DEPLOYABLES, WITNESS } from "./deployables.ts";
import { freePort } from "./free-port.ts";
import { verifierKeyOf } from "./keys/verifier-keys.ts";
import { migrateOffice } from "./office.ts";
import { blindKeyOf, type Secrets } from "./secrets.ts";
import { type Database, openServers, withEdgeDatabase, withOffice } from "./sqld.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Every Worker; `local`, the front door, answers first. */
const WORKERS = [{ name: "local", config: "workers/local/wrangler.toml" }, ...DEPLOYABLES, WITNESS] as const;

/** The audit log here, and its witness. */
const LOG_ORIGIN = "nser.localhost/log";
const WITNESS_NAME = "witness.localhost/nser";

export type WorkerName = (typeof WORKERS)[number]["name"];

export interface SystemOptions {
  /** Fixed, or any free one. */
  port?: number;
  /** Where data is kept; without it, it ends with the system. */
  directory?: string;
  secrets: Secrets;
  /** Variables set over those of the configurations. */
  vars?: Partial<Record<WorkerName, Record<string, string>>>;
  /** `false` does without published shards' second home. */
  edgeDatabase?: false;
  /** Lets V8's inspector be asked, which costs every Worker something. */
  inspected?: true;
  /** Takes what the Workers print; by default nobody does. */
  print?: (line: string) => void;
}

export interface System {
  /** The front door. */
  url: string;
  /** A Worker's own socket, without the front door: for measuring. */
  direct(name: "edge" | "origin" | "portal"): Promise<string>;
  /** Where the inspector of an `inspected` system listens. */
  inspector(): Promise<string>;
  /** What Register keeps outside itself. */
  recoveryBucket(): Promise<RecoveryBucket>;
  /** What vaults keep outside themselves, and the list of the erased. */
  vaultBucket(): Promise<RecoveryBucket>;
  /** What the audit log is verified by. */
  logBucket(): Promise<RecoveryBucket>;
  /** Fires origin's every-minute cron, as the platform would. */
  tick(): Promise<void>;
  /** What Register says and hears of quotas, for which there is no public door. */
  quotas(): Promise<Pick<RegisterApi, "quotasOf" | "setAllowance">>;
  /** An administrator's access token; the same however often it is asked for. */
  administrator(): Promise<string>;
  /** What sets the administrator's password, at /activate, within 72 hours; null when its data is older than that there is one. */
  activation(): Promise<string | null>;
  /** The database "office", its tables at the newest schema. */
  office: Database;
  /** The second home of published shards; null when it was not wanted, or its server is not there or does not start. */
  edgeDatabase: Database | null;
  stop(): Promise<void>;
}

/** R2 as Miniflare lends it to this process. */
export type RecoveryBucket = Awaited<ReturnType<Miniflare["getR2Bucket"]>>;

export async function startSystem(options: SystemOptions): Promise<System> {
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const [workers, office, edgeDatabase] = await Promise.all([
    Promise.all(WORKERS.map(({ name, config }) => workerOptions(name, config, variablesOf(name, url, options)))),
    openOfficeServers(options.directory),
    // Without its second home the system is whole but for that; whoever started it can see that there is none.
    options.edgeDatabase === false ? null : openServers(options.directory && resolve(options.directory, "edge")).catch(() => null),
  ]);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      port,
      host: "127.0.0.1",
      cf: false,
      ...(options.inspected && { inspectorPort: 0 }),
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: ({ message }: { message: string }) => options.print?.(message),
      handleUncaughtError: (error: Error) => options.print?.(String(error.stack ?? error)),
      ...(options.directory && { resourcePersistencePath: resolve(options.directory) }),
      workers: workers.map((worker) => withOffice(edgeDatabase ? withEdgeDatabase(worker, edgeDatabase) : worker, office)),
    }),
  );
  const stop = async (): Promise<void> => void (await Promise.all([miniflare.dispose(), office.stop(), edgeDatabase?.stop()]));
  await miniflare.ready.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const { BOOTSTRAP_SECRET } = options.secrets.origin;
  const kept = options.directory ? join(options.directory, "administrator.json") : null;
  let administrator: ReturnType<typeof administratorOf> | null = null;
  const theAdministrator = () => (administrator ??= administratorOf(url, BOOTSTRAP_SECRET!, kept));
  return {
    url,
    administrator: async () => (await theAdministrator()).token,
    activation: async () => (await theAdministrator()).activation ?? null,
    office,
    direct: async (name) => String(await miniflare.unsafeGetDirectURL(`nser-${name}`)).replace(/\/$/, ""),
    inspector: async () => String(await miniflare.getInspectorURL()),
    recoveryBucket: () => miniflare.getR2Bucket("RECOVERY", "nser-register"),
    vaultBucket: () => miniflare.getR2Bucket("VAULTS", "nser-origin"),
    logBucket: () => miniflare.getR2Bucket("LOG", "nser-register"),
    tick: async () => {
      const local = await miniflare.getWorker("nser-local");
      await local.scheduled({ cron: "* * * * *", scheduledTime: new Date() });
    },
    quotas: async () => {
      const registers = await miniflare.getDurableObjectNamespace("REGISTER", "nser-register");
      return registers.getByName(REGISTER_NAME) as unknown as RegisterApi;
    },
    edgeDatabase,
    stop,
  };
}

async function openOfficeServers(directory: string | undefined): Promise<Database> {
  const office = await openServers(directory && resolve(directory, "office"));
  await migrateOffice({ url: office.primary.url, token: office.writeToken }).catch(async (error: unknown) => {
    await office.stop();
    throw error;
  });
  return office;
}

function variablesOf(name: WorkerName, url: string, { secrets, vars }: SystemOptions): Record<string, string> {
  return {
    ...(name === "origin" && {
      AFRICASTALKING_URL: `${url}/dev/africastalking`,
      IDENTITY_REGISTRY_URL: `${url}/dev/identity-registry`,
      PWNED_PASSWORDS_URL: `${url}/dev/pwned-passwords`,
      PUBLIC_URL: url,
      WEBHOOK_LOOPBACK: "allowed",
      BLIND_PUBLIC_KEY: blindKeyOf(secrets),
      CALLBACK_NETWORKS: "127.0.0.0/8 ::1/128",
    }),
    ...(name === "register" && { LOG_ORIGIN, LOG_WITNESSES: policyOf(url, secrets) }),
    ...(name === "witness" && { WITNESS_NAME, LOGS: verifierKeyOf("LOG_KEY", secrets.register.LOG_KEY!, LOG_ORIGIN) }),
    ...(name === "local" && { CALLBACK_SECRET: secrets.origin.CALLBACK_SECRETS! }),
    ...(name in secrets && secrets[name as keyof Secrets]),
    ...vars?.[name],
  };
}

/** The one witness here is asked over HTTP, as any other would be. */
const policyOf = (url: string, { witness }: Secrets): string =>
  `witness local ${verifierKeyOf("WITNESS_KEY", witness.WITNESS_KEY!, WITNESS_NAME)} ${url}/dev/witness\nquorum local\n`;

/** Beside a Register that stands without the rest: the tokenizer it is bound to. */
export const tokenizerBeside = (secrets: Pick<Secrets, "tokenizer">): ReturnType<typeof workerOptions> =>
  workerOptions("tokenizer", "workers/tokenizer/wrangler.toml", secrets.tokenizer);

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
    modules: await bundledOnce(entry ?? main!),
    bindings: { ...bindings, ...variables },
    ...(name !== "local" && { unsafeDirectSockets: [{ port: 0 }] }),
  } as V4WorkerOptions;
}

const bundled = new Map<string, ReturnType<typeof bundle>>();

/** The same program however many systems this process starts. */
function bundledOnce(entry: string): ReturnType<typeof bundle> {
  const program = bundled.get(entry) ?? bundle(entry);
  bundled.set(entry, program);
  return program;
}

/** One program for workerd, and the WebAssembly it imports, which workerd compiles only as a module of its own. */
export async function bundle(entry: string, plugins: Plugin[] = []) {
  const result = await build({
    entryPoints: { index: entry },
    outdir: "/",
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    loader: { ".sql": "text", ".wasm": "copy" },
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    logLevel: "error",
    plugins,
  });
  return result.outputFiles
    .map(({ path, text, contents }) =>
      path.endsWith(".js") ? { type: "ESModule" as const, path: "index.js", contents: text } : { type: "CompiledWasm" as const, path: basename(path), contents })
    .toSorted((a, b) => Number(b.type === "ESModule") - Number(a.type === "ESModule"));
}
