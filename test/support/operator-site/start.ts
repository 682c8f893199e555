import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { clientScript } from "../../../src/cli/client-bundle.ts";
import { bundle } from "../../../src/cli/system.ts";

/** What the operator's page calls the client by. */
export const CLIENT = "register";

interface Reached {
  register: string;
  key: string;
  publicKey: string;
}

/** The operator's Worker in a workerd of its own, which has Node's means too unless the flags take them away. */
export async function startOperatorSite({ register, key, publicKey }: Reached, compatibilityFlags: string[] = []): Promise<{ url: string; stop(): Promise<void> }> {
  const { code } = await clientScript("src/client/blind.ts", CLIENT);
  return startWorker(new URL("worker.ts", import.meta.url), { REGISTER: register, KEY: key, PUBLIC_KEY: publicKey, SCRIPT: code }, compatibilityFlags);
}

/** A Worker of an operator's by itself. */
export async function startWorker(entry: URL, bindings: Record<string, string>, compatibilityFlags: string[] = []): Promise<{ url: string; stop(): Promise<void> }> {
  const modules = await bundle(fileURLToPath(entry));
  const worker = { name: "operator", modules, bindings, compatibilityDate: "2026-10-20", compatibilityFlags } as V4WorkerOptions;
  const miniflare = new Miniflare(convertV4MiniflareOptions({ host: "127.0.0.1", port: 0, cf: false, log: new Log(LogLevel.NONE), workers: [worker] }));
  return { url: String(await miniflare.ready).replace(/\/$/, ""), stop: () => miniflare.dispose() };
}
