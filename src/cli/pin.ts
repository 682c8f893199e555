import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";

/**
 * Keeps this process on one core and every workerd it started on another, where the system can: otherwise the scheduler
 * now and then puts client and server on one core, and halves a figure for a second. Answers whether it did.
 */
export function pinApart(): boolean {
  if (process.platform !== "linux" || cpus().length < 2) return false;
  const pin = (pid: string, core: string) => spawnSync("taskset", ["--all-tasks", "--cpu-list", "--pid", core, pid]).status === 0;
  return descendants(String(process.pid)).every((pid) => pin(pid, "1")) && pin(String(process.pid), "0");
}

/** The processes this one started, and those they did. */
function descendants(pid: string): string[] {
  const parents = new Map(readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((name) => [name, parentOf(name)]));
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ")[1] ?? null;
  } catch {
    return null;
  }
}
