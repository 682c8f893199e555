import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Child {
  url: string;
  pid: string;
  stop(): void;
}

/** Starts one of this folder's programs in a process of its own; its first line is the port it listens on. */
export async function startChild(program: string, ...parameters: string[]): Promise<Child> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url)), ...parameters], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await Promise.race([once(createInterface(child.stdout), "line"), once(child, "exit").then(() => [null])]);
  if (line[0] === null) throw new Error(`${program} ${parameters[0]} did not start`);
  return { url: `http://127.0.0.1:${line[0]}`, pid: String(child.pid), stop: () => void child.kill("SIGKILL") };
}
