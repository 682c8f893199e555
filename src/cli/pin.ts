import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { descendants } from "./processes.ts";

/**
 * Keeps this process on one core and every workerd it started on another, where the system can: otherwise the scheduler
 * now and then puts client and server on one core, and halves a figure for a second. `beside` are processes that belong
 * on this one's core: the stores a measured server asks, which in production have a machine of their own. Answers whether
 * it did.
 */
export function pinApart(beside: readonly string[] = []): boolean {
  if (process.platform !== "linux" || cpus().length < 2) return false;
  const near = new Set(beside.flatMap((pid) => [pid, ...descendants(pid)]));
  const pin = (pid: string, core: string) => spawnSync("taskset", ["--all-tasks", "--cpu-list", "--pid", core, pid]).status === 0;
  return descendants().every((pid) => pin(pid, near.has(pid) ? "0" : "1")) && pin(String(process.pid), "0");
}

/** Lets this process run on every core again. What it starts from then on may too. */
export function unpin(): void {
  if (process.platform === "linux") spawnSync("taskset", ["--all-tasks", "--cpu-list", "--pid", `0-${cpus().length - 1}`, String(process.pid)]);
}
