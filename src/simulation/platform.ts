/**
 * The platform under the product's own code, as far as it uses it: WebCrypto that answers at once, so that no thread
 * decides an order; randomness from the seed; timers on virtual time. One run has it at a time.
 */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { toBase64Url, toHex } from "../kernel/bytes.ts";
import type { Draw } from "./draw.ts";
import type { Schedule } from "./schedule.ts";

let present: { schedule: Schedule; draw: Draw } | null = null;

const run = () => {
  if (!present) throw new Error("nothing is being simulated");
  return present;
};

/** Gives the platform to a run. */
export function enter(schedule: Schedule, draw: Draw): void {
  present = { schedule, draw };
}

const sha256 = (bytes: Uint8Array): Uint8Array => hash("sha256", bytes, "buffer");
const publicKey = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: toBase64Url(raw) }, format: "jwk" });
const privateKey = (pkcs8: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });

/** Many isolates verify the same few manifests. */
const verified = new Map<string, boolean>();

function verifies(key: KeyObject, signature: Uint8Array, bytes: Uint8Array): boolean {
  const name = `${toHex(signature)} ${toHex(sha256(bytes))} ${key.export({ format: "jwk" }).x}`;
  if (verified.size > 10_000) verified.clear();
  const known = verified.get(name) ?? verify(null, bytes, key, signature);
  verified.set(name, known);
  return known;
}

const subtle = {
  digest: async (_: string, bytes: Uint8Array) => sha256(bytes).slice().buffer,
  importKey: async (format: "pkcs8" | "raw", bytes: Uint8Array) => (format === "raw" ? publicKey(bytes) : privateKey(bytes)),
  sign: async (_: string, key: KeyObject, bytes: Uint8Array) => new Uint8Array(sign(null, bytes, key)).buffer,
  verify: async (_: string, key: KeyObject, signature: Uint8Array, bytes: Uint8Array) => verifies(key, signature, bytes),
};

function getRandomValues(bytes: Uint8Array): Uint8Array {
  bytes.set(run().draw.bytes(bytes.length));
  return bytes;
}

/** What an object's class extends. */
const WORKERS = `
  export class DurableObject { constructor(ctx, env) { this.ctx = ctx; this.env = env; } }
  export class WorkerEntrypoint { constructor(ctx, env) { this.ctx = ctx; this.env = env; } }
`;

/** Makes this process the platform: for good, and before any of the product's shells is imported. */
export function becomePlatform(): void {
  Object.defineProperty(globalThis, "crypto", { value: { subtle, getRandomValues }, configurable: true });
  Object.defineProperty(globalThis, "scheduler", { value: { wait: (ms: number) => run().schedule.wait(ms) }, configurable: true });
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "cloudflare:workers"
        ? { url: `data:text/javascript,${encodeURIComponent(WORKERS)}`, format: "module", shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) => (/[.](sql|json)$/.test(url) ? { format: "module", shortCircuit: true, source: asModule(url) } : next(url, context)),
  });
}

function asModule(url: string): string {
  const text = readFileSync(fileURLToPath(url), "utf8");
  return `export default ${url.endsWith(".sql") ? JSON.stringify(text) : text};`;
}
