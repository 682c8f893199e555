/** What a set weighs in an isolate, and how much of the traffic it can answer when not all of it may stay. */
import { residentBytes } from "../processes.ts";
import type { Secrets } from "../secrets.ts";
import { Load } from "../load.ts";
import { CONNECTIONS } from "./interleave.ts";
import { type EdgeOfSet, startEdge, warm } from "./edge-of-set.ts";
import { isolateBytes } from "./inspector.ts";
import type { LargeSet } from "./large-set.ts";
import { tokens } from "./operator.ts";
import { checksTo, type DRAWS, drawChecks } from "./traffic.ts";

export interface Memory {
  /** What V8 counts of the isolate after collecting garbage, bytes. */
  isolate: number;
  /** What the system counts of the workerd process, bytes: with the shards in memory, and after the checks that were then sent. */
  resident: number;
  residentAfter: number;
  /** Of the checks that were sent, how many memory answered, from 0 to 1, by how the customers were drawn. */
  fromMemory: Record<keyof typeof DRAWS, number>;
}

/** `checks` are sent of each draw. */
export async function measureMemory(set: LargeSet, secrets: Secrets, checks: number): Promise<Memory> {
  const edge = await startEdge(set, secrets, { inspectorPort: 0 });
  try {
    const token = tokens(secrets.edge.PAIR_KEYS!);
    await warm(edge, set, token);
    const isolate = await isolateBytes(String(await edge.workerd.miniflare.getInspectorURL()), "edge", () => fetch(edge.edge));
    const resident = residentBytes(edge.workerd.pid);
    const shareOf = (draw: keyof typeof DRAWS) => measureShare(edge, drawChecks(set, token, draw, checks));
    const fromMemory = { uniform: await shareOf("uniform"), skewed: await shareOf("skewed") };
    return { isolate, resident, residentAfter: residentBytes(edge.workerd.pid), fromMemory };
  } finally {
    await edge.stop();
  }
}

async function measureShare({ edge, replica }: EdgeOfSet, checks: ReturnType<typeof drawChecks>): Promise<number> {
  const load = await Load.open(checksTo(edge, checks), CONNECTIONS);
  const before = replica.asked.firsts;
  await load.burst(checks.length / CONNECTIONS);
  load.close();
  return 1 - (replica.asked.firsts - before) / checks.length;
}
