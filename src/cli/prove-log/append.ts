import { setTimeout } from "node:timers/promises";
import { leafOf, type LogEntry } from "../../audit/entry.ts";
import { ENTRIES_AT_ONCE } from "../../audit/rpc.ts";
import type { ListedEntry } from "../../audit/verify/system.ts";
import { toBase64Url } from "../../kernel/bytes.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { random } from "../../objects/shell.ts";
import { verifyProof } from "../../tlog/tlog-proof.ts";
import { p99, quartiles } from "../quartiles.ts";
import type { Alone } from "./alone.ts";

const SOURCE = "register" as const;
const CALLERS = 8;
/** Of so many batches one is asked for its proof. */
const PROVED_EACH = 25;
const WEIGHED_EACH = 100_000;

/** From the call to a proof that verified, ms. */
export interface Provable {
  median: number;
  p99: number;
  samples: number;
}

export interface Appended {
  /** Each entry with its place as it was acknowledged. */
  acknowledged: ListedEntry[];
  perSecond: number;
  provable: Provable;
  /** Bytes of the object's database, by how many entries there were. */
  sizes: { entries: number; bytes: number }[];
}

/** Appends so many entries from several callers at once, as fast as the log takes them, and looks at it meanwhile. */
export async function appendMany(alone: Alone, count: number, progress: (done: number) => void): Promise<Appended> {
  const [acknowledged, waits, sizes]: [ListedEntry[], number[], Appended["sizes"]] = [[], [], []];
  let [sent, batches] = [0, 0];
  const began = performance.now();
  const caller = async (): Promise<void> => {
    while (sent < count) {
      const entries = Array.from({ length: Math.min(ENTRIES_AT_ONCE, count - sent) }, anEntry);
      sent += entries.length;
      const from = performance.now();
      const listed = await appended(alone, entries);
      acknowledged.push(...listed);
      if (batches++ % PROVED_EACH === 0) waits.push(await provenAfter(alone, entries.at(-1)!, listed.at(-1)!, from));
      if (acknowledged.length >= WEIGHED_EACH * (sizes.length + 1)) sizes.push({ entries: acknowledged.length, bytes: await alone.log.databaseSize() });
      progress(acknowledged.length);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const perSecond = count / ((performance.now() - began) / 1_000);
  sizes.push({ entries: acknowledged.length, bytes: await alone.log.databaseSize() });
  return { acknowledged, perSecond, provable: provable(waits), sizes };
}

/** Appends a batch after the other at this pace, whatever becomes of those before, and asks each for its proof. */
export async function appendPaced(alone: Alone, perSecond: number, batches: number): Promise<Pick<Appended, "acknowledged" | "provable">> {
  const acknowledged: ListedEntry[] = [];
  const one = async (n: number): Promise<number> => {
    await setTimeout((n * ENTRIES_AT_ONCE * 1_000) / perSecond);
    const [entries, from] = [Array.from({ length: ENTRIES_AT_ONCE }, anEntry), performance.now()];
    const listed = await appended(alone, entries);
    acknowledged.push(...listed);
    return provenAfter(alone, entries.at(-1)!, listed.at(-1)!, from);
  };
  const waits = await Promise.all(Array.from({ length: batches }, (_, n) => one(n)));
  return { acknowledged, provable: provable(waits) };
}

const provable = (waits: readonly number[]): Provable => ({ median: quartiles([...waits], 0).median, p99: p99([...waits]), samples: waits.length });

/** The same calls to an object that only writes rows. */
export async function writeBare({ log }: Alone, count: number): Promise<number> {
  let sent = 0;
  const began = performance.now();
  const caller = async (): Promise<void> => {
    while (sent < count) {
      const entries = Array.from({ length: Math.min(ENTRIES_AT_ONCE, count - sent) }, anEntry);
      sent += entries.length;
      await log.writeBare(entries);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return count / ((performance.now() - began) / 1_000);
}

const anEntry = (): LogEntry => {
  const at = Date.now();
  return { id: uuidv7(at, random), at, action: "exclusion.registered", commitment: toBase64Url(random(32)) };
};

/** Comes again while the log has enough to do, as a source does. The entries with their places. */
async function appended({ log }: Alone, entries: readonly LogEntry[]): Promise<ListedEntry[]> {
  for (;;) {
    const answer = await log.append(SOURCE, entries);
    if (answer.ok) return entries.map(({ id, at, action }, n) => ({ id, at, action, source: SOURCE, leaf: answer.indexes[n]! }));
    if (answer.refusal === "halted") throw new Error("the log halted");
    await setTimeout(20);
  }
}

async function provenAfter({ log, policy }: Alone, entry: LogEntry, { leaf }: ListedEntry, from: number): Promise<number> {
  for (;;) {
    const proof = await log.prove(leaf!);
    if (!proof) continue;
    const proven = await verifyProof(proof, leafOf(SOURCE, entry), policy);
    if (!proven.ok) throw new Error(`entry ${leaf} is not proven: ${proven.refusal}`);
    return performance.now() - from;
  }
}
