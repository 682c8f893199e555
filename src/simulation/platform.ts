/**
 * The platform under the product's own code, as far as it uses it: WebCrypto that answers at once, so that no thread
 * decides an order; randomness from the seed; timers on virtual time. One run has it at a time.
 */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { gcm } from "@noble/ciphers/aes.js";
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

/** Node's own results may share their memory with others. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

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

interface Gcm {
  iv: Uint8Array;
  additionalData: Uint8Array;
}

/** AES-256-GCM as WebCrypto has it: the tag is the ciphertext's last 16 bytes. */
function encrypt({ iv, additionalData }: Gcm, key: Uint8Array, text: Uint8Array): ArrayBuffer {
  return bufferOf(gcm(key, iv, additionalData).encrypt(text));
}

function decrypt({ iv, additionalData }: Gcm, key: Uint8Array, sealed: Uint8Array): ArrayBuffer {
  return bufferOf(gcm(key, iv, additionalData).decrypt(sealed));
}

function importKey(format: "pkcs8" | "raw", bytes: Uint8Array, algorithm: string): KeyObject | Uint8Array {
  if (algorithm === "AES-GCM") return bytes.slice();
  return format === "raw" ? publicKey(bytes) : privateKey(bytes);
}

const subtle = {
  digest: async (_: string, bytes: Uint8Array) => bufferOf(sha256(bytes)),
  importKey: async (...key: Parameters<typeof importKey>) => importKey(...key),
  sign: async (_: string, key: KeyObject, bytes: Uint8Array) => bufferOf(sign(null, bytes, key)),
  verify: async (_: string, key: KeyObject, signature: Uint8Array, bytes: Uint8Array) => verifies(key, signature, bytes),
  encrypt: async (...sealing: Parameters<typeof encrypt>) => encrypt(...sealing),
  decrypt: async (...opening: Parameters<typeof decrypt>) => decrypt(...opening),
};

/** Compression at once, and the one way the product goes through it. */
class Compression {
  readonly through = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes);
}

class Decompression {
  readonly through = (bytes: Uint8Array): Uint8Array => inflateRawSync(bytes);
}

class Piped {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  pipeThrough = ({ through }: Compression): Piped => new Piped(through(this.bytes));
}

class Body {
  readonly body: Piped;

  constructor(body: Uint8Array | Piped) {
    this.body = body instanceof Piped ? body : new Piped(body);
  }

  arrayBuffer = async (): Promise<ArrayBuffer> => bufferOf(this.body.bytes);
}

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
  const scheduler = { wait: (ms: number) => run().schedule.wait(ms) };
  const globals = { crypto: { subtle, getRandomValues }, scheduler, Response: Body, CompressionStream: Compression, DecompressionStream: Decompression };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true });
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
