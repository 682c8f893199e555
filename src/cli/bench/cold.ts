/** How long a fresh isolate's first answer takes, with a real Replica that holds the set. */
import { Load } from "../load.ts";
import { quartiles, type Quartiles } from "../quartiles.ts";
import type { Secrets } from "../secrets.ts";
import { startCountedWorld } from "./counted-world.ts";
import type { LargeSet } from "./large-set.ts";
import { bodyOf } from "./operator.ts";
import type { Check } from "./traffic.ts";

export interface Cold {
  /** From sending the first check to a fresh isolate to its answer, ms. */
  firstMs: Quartiles;
  /** The same of a fresh isolate with the bare route. */
  bareMs: Quartiles;
  /** What each isolate asked anybody before its first answer. */
  operations: Record<string, number>;
}

export async function measureCold(set: LargeSet, secrets: Secrets, isolates: number): Promise<Cold> {
  const world = await startCountedWorld(set, secrets, isolates + 1, isolates + 1);
  try {
    const check: Check = { body: bodyOf(world.token(set.sample[0]!)), decision: "excluded" };
    const [firsts, bares]: number[][] = [[], []];
    for (const [n, url] of world.edges.entries()) {
      bares!.push(await firstAnswer(world.bares[n]!, world.headers, check, '{"answer":'));
      firsts!.push(await firstAnswer(url, world.headers, check, '{"decision":"excluded"'));
    }
    // The first of each also woke the objects, and the runtime.
    return { firstMs: quartiles(firsts!.slice(1), 1), bareMs: quartiles(bares!.slice(1), 1), operations: await operationsOf(world.edges) };
  } finally {
    await world.stop();
  }
}

async function firstAnswer(url: string, headers: Record<string, string>, { body }: Check, start: string): Promise<number> {
  const verify = (answer: string): void => {
    if (!answer.startsWith(start)) throw new Error(`a wrong first answer: ${answer}`);
  };
  const load = await Load.open({ url: `${url}/v1/checks`, headers, body, verify }, 1);
  const startedAt = performance.now();
  await load.ask(0);
  load.close();
  return performance.now() - startedAt;
}

/** The most any of them did before its first answer. */
async function operationsOf(edges: readonly string[]): Promise<Record<string, number>> {
  const most: Record<string, number> = {};
  for (const url of edges) {
    const { untilFirstAnswer } = (await (await fetch(`${url}/operations`)).json()) as { untilFirstAnswer: Record<string, number> };
    for (const [what, times] of Object.entries(untilFirstAnswer)) most[what] = Math.max(most[what] ?? 0, times);
  }
  return most;
}
