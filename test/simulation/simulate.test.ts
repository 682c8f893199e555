import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { MUTANTS } from "../../src/simulation/mutant-names.ts";

/** What `--json` prints last. */
interface Printed {
  seeds: number;
  breached: number[];
  hashes: Record<string, string>;
}

/** Runs `npm run simulate` as its user does; a breach is its exit code 1. */
async function simulate(...options: string[]): Promise<Printed> {
  const command = ["src/cli/simulate.ts", "--workers", "1", "--json", ...options];
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 1e8 }).catch((error: { code: unknown; stdout: string }) => {
    if (error.code !== 1) throw error;
    return error;
  });
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Printed;
}

describe("a seed", () => {
  it("runs the same again, and another one differently", async () => {
    const [one, again] = await Promise.all([simulate("--from", "7", "--seeds", "2"), simulate("--from", "7", "--seeds", "2")]);
    expect(again).toEqual(one);
    expect(one.breached).toEqual([]);
    expect(new Set(Object.values(one.hashes)).size).toBe(2);
  }, 60_000);
});

/** Shortly before the first of the 200 seeds that notices it. */
const NEAR: Partial<Record<(typeof MUTANTS)[number], number>> = {
  "counts the lease from receipt": 114, "forgets that rows were lost": 40, "lets a push renew": 16, "trusts a rebuilt Replica": 15, "ignores which log it is": 11,
};

describe("a product with a part that errs is noticed: it", () => {
  it.each(MUTANTS)("%s", async (mutant) => {
    const from = NEAR[mutant] ?? 0;
    expect((await simulate("--mutant", mutant, "--from", String(from), "--seeds", String(200 - from))).breached).not.toEqual([]);
  }, 180_000);
});
