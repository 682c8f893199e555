/** The whole system on a directory of its own, in processes that a test kills and starts again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach } from "vitest";

export interface Running {
  url: string;
  pages: string;
  administrator: string;
  pid: number;
}

/** SIGKILL to the whole group: Node and every workerd at the same instant. */
export function kill({ pid }: Pick<Running, "pid">): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Dead already.
  }
}

/** What is started is killed after each test, and what it kept goes with it. */
export function killable(name: string) {
  const directory = mkdtempSync(join(tmpdir(), `nser-${name}-`));
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const { pid } of started.splice(0)) kill({ pid: pid! });
    rmSync(directory, { recursive: true, force: true });
  });

  /** Starts everything in a process group of its own; answers its addresses and its group. */
  async function start(): Promise<Running> {
    const child = spawn(process.execPath, ["test/support/serve.ts", directory], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
    started.push(child);
    const [line] = (await once(createInterface(child.stdout!), "line")) as [string];
    return { ...(JSON.parse(line) as Omit<Running, "pid">), pid: child.pid! };
  }

  return { directory, start };
}
