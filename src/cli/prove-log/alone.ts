/** The audit log without the rest of the register, and what anybody can read of it. */
import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import type { LogEntry } from "../../audit/entry.ts";
import type { AuditLogApi } from "../../audit/rpc.ts";
import type { ReadLog } from "../../audit/verify/read.ts";
import { fromBase64Url } from "../../kernel/bytes.ts";
import type { Policy } from "../../tlog/policy.ts";
import { logSigner } from "../../tlog/sign.ts";
import { drawSecrets } from "../secrets.ts";
import { type RecoveryBucket, tokenizerBeside, workerOptions } from "../system.ts";

const ENTRY = fileURLToPath(new URL("../bench/workers/appending-register.ts", import.meta.url));
const ORIGIN = "prove.test/log";

export interface LogAlone extends AuditLogApi {
  databaseSize(): Promise<number>;
  /** The entries as rows and nothing more, for a baseline. */
  writeBare(entries: readonly LogEntry[]): Promise<void>;
}

export interface Alone {
  log: LogAlone;
  policy: Policy;
  bucket: RecoveryBucket;
  stop: () => Promise<void>;
}

export async function startAlone(): Promise<Alone> {
  const secrets = drawSecrets();
  const vars = { ...secrets.register, LOG_ORIGIN: ORIGIN };
  const register = await workerOptions("register", "workers/register/wrangler.toml", vars, ENTRY);
  const durableObjects = { ...register.durableObjects, BARE: { className: "BareRows", useSQLite: true } };
  const options = { host: "127.0.0.1", port: 0, cf: false as const, log: new Log(LogLevel.NONE), workers: [{ ...register, durableObjects }, await tokenizerBeside(secrets)] };
  const miniflare = new Miniflare(convertV4MiniflareOptions(options));
  await miniflare.ready;
  const url = String(await miniflare.unsafeGetDirectURL("nser-register")).replace(/\/$/, "");
  const [seed] = Object.values(JSON.parse(secrets.register.LOG_KEY!) as Record<string, string>);
  const { key } = await logSigner(ORIGIN, fromBase64Url(seed!));
  return {
    log: askingAt(url),
    policy: { logs: [{ key, url: null }], witnesses: [], quorum: { threshold: 0, members: [] } },
    bucket: await miniflare.getR2Bucket("LOG", "nser-register"),
    stop: () => miniflare.dispose(),
  };
}

const askingAt = (url: string): LogAlone =>
  new Proxy({} as LogAlone, {
    get: (_, verb) => async (...args: unknown[]) => {
      const response = await fetch(`${url}/${String(verb)}`, { method: "POST", body: JSON.stringify(args) });
      if (!response.ok) throw new Error(`${String(verb)}: ${response.status}`);
      return response.json();
    },
  });

/** Full tiles lie in one folder of the bucket, partial ones in another. */
const FOLDERS = ["full/", "partial/", ""];

/** As the log's address serves it. */
export const readingFrom = (bucket: RecoveryBucket): ReadLog => async (path) => {
  for (const folder of FOLDERS) {
    const found = await bucket.get(folder + path);
    if (found) return new Uint8Array(await found.arrayBuffer());
  }
  return null;
};

/** Everything that lies in the bucket, by its path. */
export async function filesIn(bucket: RecoveryBucket): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let cursor: string | undefined;
  do {
    const page = await bucket.list(cursor ? { cursor } : {});
    for (const { key } of page.objects) files.set(key.replace(/^(full|partial)\//, ""), new Uint8Array(await (await bucket.get(key))!.arrayBuffer()));
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor);
  return files;
}
