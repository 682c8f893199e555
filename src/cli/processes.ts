/** What the system says of the processes this one started. Linux only: elsewhere there is nothing to read. */
import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks of `/proc/<pid>/stat` in a second. */
const TICKS = 100;

/** The processes this one started, and those they did. */
export function descendants(pid = String(process.pid)): string[] {
  const parents = new Map(readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((name) => [name, statOf(name)?.[1]]));
  const below = (of: string): string[] =>
    [...parents].filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Starts something and names the workerd it started. */
export async function workerdOf<T>(start: () => Promise<T>): Promise<{ started: T; pid: string }> {
  const before = new Set(descendants());
  const started = await start();
  const pid = descendants().find((one) => !before.has(one) && nameOf(one).includes("workerd"));
  if (!pid) throw new Error("no workerd was started");
  return { started, pid };
}

/** Resident memory, bytes. */
export function residentBytes(pid: string): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1_024;
}

/** Processor time used so far, user and system, ms. */
export function processorMs(pid: string): number {
  const stat = statOf(pid);
  if (!stat) throw new Error("the process has ended");
  return ((Number(stat[11]) + Number(stat[12])) * 1_000) / TICKS;
}

/** The fields after the name in brackets, from the state on. */
function statOf(pid: string): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
  } catch {
    return null;
  }
}

function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8");
  } catch {
    return "";
  }
}
