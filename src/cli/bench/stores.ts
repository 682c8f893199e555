/** Real stores for the peers, each in a temporary directory and on a free port; null where one is not installed. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { tmpdir } from "node:os";
import { freePort } from "../free-port.ts";
import { sqldBinary } from "../sqld.ts";

export interface Store {
  port: number;
  pid: string;
  /** A folder of the store's own, for whoever needs one beside it. */
  directory: string;
  stop(): void;
}

const READY_MS = 20_000;

export async function startRedis(): Promise<Store | null> {
  const program = onPath("redis-server");
  return program === null ? null : start(program, (port) => ["--port", String(port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]);
}

export async function startSqld(): Promise<Store | null> {
  const program = sqldBinary();
  // An embedded replica is served only where replicas are.
  const replication = `127.0.0.1:${await freePort()}`;
  const options = (port: number, directory: string) =>
    ["-d", join(directory, "data"), "--http-listen-addr", `127.0.0.1:${port}`, "--grpc-listen-addr", replication, "--no-welcome"];
  return program === null ? null : start(program, options);
}

/** PostgreSQL refuses to run as root, so then it runs as the user its package made. */
export async function startPostgres(): Promise<Store | null> {
  const programs = "/usr/lib/postgresql";
  const version = existsSync(programs) && readdirSync(programs).toSorted().at(-1);
  if (!version) return null;
  const program = (name: string) => join(programs, version, "bin", name);
  const user = process.getuid?.() === 0 ? { uid: idOf("postgres", "-u"), gid: idOf("postgres", "-g") } : {};
  const prepare = (directory: string): void => {
    chmodSync(directory, 0o777);
    const made = spawnSync(program("initdb"), ["-D", join(directory, "data"), "-U", "bench", "--auth=trust", "--no-sync"], { ...user, cwd: directory, encoding: "utf8" });
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  };
  const options = (port: number, directory: string) =>
    ["-D", join(directory, "data"), "-p", String(port), "-h", "127.0.0.1", "-k", directory, "-c", "shared_buffers=512MB", "-c", "fsync=off"];
  return start(program("postgres"), options, user, prepare);
}

type User = { uid?: number; gid?: number };

async function start(program: string, options: (port: number, directory: string) => string[], user: User = {}, prepare?: (directory: string) => void): Promise<Store> {
  const directory = mkdtempSync(join(tmpdir(), "nser-bench-"));
  prepare?.(directory);
  const port = await freePort();
  const child = spawn(program, options(port, directory), { ...user, cwd: directory, stdio: "ignore" });
  const stop = (): void => {
    child.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  };
  await listening(port, child).catch((error: unknown) => {
    stop();
    throw error;
  });
  return { port, pid: String(child.pid), directory, stop };
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + READY_MS; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    if (await accepts(port)) return;
    if (Date.now() > until) throw new Error(`${child.spawnfile} does not listen`);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

const onPath = (name: string): string | null =>
  (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;

const idOf = (user: string, option: "-u" | "-g"): number => Number(spawnSync("id", [option, user], { encoding: "utf8" }).stdout);

