/** The simulation as CI runs it: by its command, in processes of its own, for its platform is not this one's. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { MUTANTS } from "../../src/simulation/mutant-names.ts";
import type { Nairobi } from "../../src/simulation/sent.ts";

interface Result {
  seeds: number;
  breached: number[];
  hashes: Record<string, string>;
  counts: Record<string, number>;
  spreadMs: { observations: number; p50: number; p99: number };
}

const execute = promisify(execFile);

/** What the command prints; a breach is no error here. */
async function simulate(...args: string[]): Promise<string> {
  const options = { maxBuffer: 64 * 1_048_576 };
  const ran = execute(process.execPath, ["src/cli/simulate.ts", ...args], options);
  return (await ran.catch((error: { stdout: string }) => error)).stdout;
}

const result = async <T = Result>(...args: string[]): Promise<T> => JSON.parse((await simulate(...args, "--json")).trim().split("\n").at(-1)!) as T;

/** What has to happen for the seeds to mean anything. */
const SEEN = [
  "a poll at an isolate: complete", "a poll at an isolate: restart", "a poll at an isolate: clock-set",
  "a view begun from a snapshot", "a view begun from the log", "a newer snapshot adopted", "a shard dropped for its weight",
  "another log, which only its id tells apart", "answered from memory", "answered by asking", "answered clear", "answered excluded",
  "answered indeterminate", "answered unauthenticated", "answered token-invalid", "answered identifiers-missing",
  "excluded on a lease that ran out", "a Replica did not answer: the next was asked", "Register asked as the last resort",
  "the last resort did not answer", "a page of the whole set copied", "a snapshot announced", "a blob missed", "reported: shard",
  "reported: manifest", "reported: replica clock-set", "reported: replica poll", "reported: a push to … failed", "a message lost",
  "a message cut off", "a message held up", "a message delivered twice", "Register restarts", "… restarts", "… is evicted", "… is rolled back",
  "the clock of Register is set by …", "the clock of … is set by …", "Register is rolled back", "Register is destroyed",
  "Register is renumbered", "Register was restored", "a registration acknowledged", "a revocation acknowledged", "a call of the bucket failed",
  "a put of the store failed", "a rotation of the root begun", "pseudonyms carried on to a newer root", "asked while an operator has tokens of a newer root",
  "answered token-retired", "reported: the task roots failed", "at the end a rotation is overlapping",
  "at the end a rotation is retiring",
];

describe("200 seeds", () => {
  it("answer nothing wrongly, nothing late and everything once all is well; and everything that can happen does", async () => {
    const { seeds, breached, counts, spreadMs } = await result("--seeds", "200");
    expect({ seeds, breached }).toEqual({ seeds: 200, breached: [] });
    expect(SEEN.filter((what) => !counts[what])).toEqual([]);
    expect(spreadMs.observations).toBeGreaterThan(500);
    expect(spreadMs.p50).toBeLessThan(300);
    expect(spreadMs.p99).toBeLessThan(1_000);
  }, 300_000);
});

describe("a seed", () => {
  it("is the same again, whoever else runs, and another is another", async () => {
    const [alone, among] = await Promise.all([result("--seed", "7"), result("--from", "5", "--seeds", "4", "--workers", "1")]);
    expect(alone.hashes["7"]).toBe(among.hashes["7"]);
    expect(new Set(Object.values(among.hashes)).size).toBe(4);
  }, 30_000);

  it("is told event by event when it is asked for", async () => {
    const [one, other] = await Promise.all([simulate("--seed", "7", "--trace"), simulate("--seed", "7", "--trace")]);
    const events = (text: string): string[] => text.split("\n").filter((line) => /^ *[\d.]+ {2}\S/.test(line));
    expect(events(one).length).toBeGreaterThan(200);
    expect(events(one)).toEqual(events(other));
  }, 30_000);
});

/** The first of the 200 seeds that notices it, to begin there, where that is not among the first few. */
const NEAR: Partial<Record<(typeof MUTANTS)[number], number>> = {
  "counts the lease from receipt": 136, "leaves out the copy's age": 6, "ignores which log it is": 107, "lets a push renew": 21,
  "trusts a rebuilt Replica": 7, "forgets that rows were lost": 33, "answers on a lease that ran out": 6,
};

describe("a part that errs is noticed", () => {
  it.each(MUTANTS)("one that %s", async (mutant) => {
    const breached = async (from: number, to: number): Promise<number> =>
      (await result("--from", String(from), "--seeds", String(to - from), "--mutant", mutant)).breached.length;
    const near = NEAR[mutant] ?? 0;
    expect((await breached(near, 200)) || (await breached(0, near))).toBeGreaterThan(0);
  }, 120_000);
});

it("operators far from every Replica are answered from memory", async () => {
  const { settled } = await result<Nairobi>("--nairobi", "40,20,60");
  expect(settled.fromMemory).toBeGreaterThanOrEqual(0.99);
  expect(settled.p99).toBeLessThan(10);
}, 180_000);
