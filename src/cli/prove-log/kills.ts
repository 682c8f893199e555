import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Doubt } from "../../audit/verify/tree.ts";
import { MINUTE } from "../../kernel/clock.ts";
import { logDoubts, registrationLeaves } from "../audit/after-kills.ts";
import { Citizen, enrolOperator } from "../doors.ts";

const SERVE = fileURLToPath(new URL("serve.ts", import.meta.url));
const WRITERS = 4;
/** Between two kills the system lives for so long, ms. */
const LIFE = { least: 1_000, most: 4_000 };
const LISTED_WITHIN_MS = 2 * MINUTE;

interface Running {
  url: string;
  pages: string;
  administrator: string;
  process: ChildProcess;
}

export interface Killed {
  /** References of receipts that citizens were shown. */
  acknowledged: string[];
  /** Those of them that have other than one leaf. */
  wrong: string[];
  doubts: Doubt[];
}

/** Kills the whole system so many times, at any moment, while citizens exclude themselves; then looks for each receipt in the log. */
export async function killAgainAndAgain(kills: number, progress: (done: number) => void): Promise<Killed> {
  const directory = mkdtempSync(join(tmpdir(), "nser-prove-log-"));
  const acknowledged: string[] = [];
  let person = 0;
  try {
    for (let done = 0; done < kills; done++) {
      const running = await start(directory);
      const life = { over: false };
      const writers = Array.from({ length: WRITERS }, async () => {
        while (!life.over) acknowledged.push(await excludeOne(running, person++));
      });
      await setTimeout(randomInt(LIFE.least, LIFE.most));
      kill(running);
      life.over = true;
      await Promise.allSettled(writers);
      progress(done + 1);
    }
    return await lookFor(acknowledged, await start(directory));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function start(directory: string): Promise<Running> {
  const child = spawn(process.execPath, [SERVE, directory], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { ...(JSON.parse(line) as Omit<Running, "process">), process: child };
}

/** Node and every workerd at the same instant. */
const kill = ({ process: { pid } }: Running): boolean => process.kill(-pid!, "SIGKILL");

const excludeOne = ({ url, pages }: Running, n: number): Promise<string> =>
  new Citizen(url, { pages, address: `198.18.${n >> 8}.${n & 255}` }).exclude({ policy: "6m", phone: `073${String(n).padStart(6, "0")}1` });

/** What the last life left behind is listed after the next command, or by the minute's cron, which does not run here. */
async function lookFor(acknowledged: string[], running: Running): Promise<Killed> {
  const { url, administrator } = running;
  const deadline = Date.now() + LISTED_WITHIN_MS;
  try {
    for (;;) {
      await enrolOperator(url, administrator, "After the kills");
      await setTimeout(3_000);
      const leaves = await registrationLeaves(url, administrator);
      const wrong = acknowledged.filter((reference) => leaves.get(reference) !== 1);
      if (wrong.length === 0 || Date.now() > deadline) return { acknowledged, wrong, doubts: await logDoubts(url, administrator) };
    }
  } finally {
    kill(running);
  }
}
