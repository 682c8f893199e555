import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/cli/bench/report.ts";
import { countDistinct } from "../../src/cli/prove/distinct.ts";
import { drawKeys, Ground } from "../../src/cli/prove/ground.ts";
import { mutate, SORTS } from "../../src/cli/prove/mutations.ts";
import { type Amounts, proveTokens } from "../../src/cli/prove/prove.ts";

const AMOUNTS: Amounts = { outputs: 20_000, identifiers: 60, mutations: 20_000, blind: 30 };

const folder = mkdtempSync(join(tmpdir(), "prove-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The proof over what the folder has, and how many pieces it worked through. */
async function prove(amounts = AMOUNTS): Promise<{ report: Report; worked: number }> {
  let worked = 0;
  const report = await proveTokens({ amounts, samples: { issues: 50, openings: 500 }, folder, workers: 2, progress: () => worked++ });
  return { report, worked };
}

/** What is wrong whatever else the machine does. */
const wrong = ({ faults }: Report): string[] => faults.filter((fault) => !fault.includes(" takes "));

/** The file of a stage's first piece. */
const kept = (stage: string, ending: string): string => join(folder, globSync(`${stage}-0-*.${ending}`, { cwd: folder })[0]!);

describe("npm run prove:tokens", () => {
  let first: Awaited<ReturnType<typeof prove>>;
  beforeAll(async () => (first = await prove()));

  it("finds as many pseudonyms and tokens as inputs, nothing shared by operators, no mutation accepted, one lineage by both doors", () => {
    expect(wrong(first.report)).toEqual([]);
    expect(first.report.figures).toMatchObject({
      tokens: {
        outputs: { distinct: 20_000, counts: { inputs: 20_000, pairwise: 20_000 } },
        identifiers: { distinct: 60, counts: { inputs: 60, pairwise: 60 } },
        mutations: { counts: { inputs: 20_000, accepted: 0 } },
        blind: { counts: { inputs: 30, agreed: 30 } },
      },
    });
  });

  it("issues in less than 5 ms and opens in less than 50 µs", () => {
    const { costs } = (first.report.figures as { tokens: { costs: Record<"issue" | "open", { median: number }> } }).tokens;
    expect(costs.issue.median).toBeLessThan(5_000);
    expect(costs.open.median).toBeLessThan(50);
  });

  it("mutates in every way", () => {
    const { mutations } = (first.report.figures as { tokens: { mutations: { counts: Record<string, number> } } }).tokens;
    expect(SORTS.filter((sort) => !(mutations.counts[sort]! > 500))).toEqual([]);
  });

  it("goes on where it was stopped, with the same keys", async () => {
    const keys = readFileSync(join(folder, "keys.json"), "utf8");
    expect((await prove()).worked).toBe(0);
    rmSync(kept("identifiers", "json"));
    const { worked, report } = await prove();
    expect([worked, wrong(report)]).toEqual([1, []]);
    expect((await prove({ ...AMOUNTS, outputs: 60_000 })).worked).toBe(2);
    expect(readFileSync(join(folder, "keys.json"), "utf8")).toBe(keys);
  });

  it("says what is not as promised", async () => {
    const pseudonyms = readFileSync(kept("outputs", "bin"));
    pseudonyms.copy(pseudonyms, 16, 0, 16);
    writeFileSync(kept("outputs", "bin"), pseudonyms);
    writeFileSync(kept("identifiers", "json"), JSON.stringify({ inputs: 60, pairwise: 59 }));
    writeFileSync(kept("mutations", "json"), JSON.stringify({ inputs: 20_000, accepted: 1 }));
    writeFileSync(kept("blind", "json"), JSON.stringify({ inputs: 30, agreed: 28 }));
    expect(wrong((await prove()).report)).toEqual([
      "20000 inputs gave 19999 pseudonyms", "1 tokens are not their own operator's alone", "1 mutated tokens stand for somebody", "the blind door differs for 2",
    ]);
  });
});

describe("what the proof stands on", () => {
  const ground = new Ground(drawKeys());
  const p = new Uint8Array(16).fill(7);
  const [acme, bahati] = (["acme", "bahati"] as const).map((operator) => ground.issue(operator, [{ kind: "msisdn", p }])[0]!);

  it("sees a token of one operator that is the other's, and one of somebody else", () => {
    expect(ground.isPairwise({ acme: acme!, bahati: bahati! }, p)).toBe(true);
    expect(ground.isPairwise({ acme: acme!, bahati: acme! }, p)).toBe(false);
    expect(ground.isPairwise({ acme: acme!, bahati: bahati! }, new Uint8Array(16))).toBe(false);
  });

  it("sees a reader that takes any token for somebody", () => {
    class Gullible extends Ground {
      override open = () => p;
    }
    expect(mutate(new Gullible(drawKeys()), 0, 500).accepted).toBe(500);
  });

  it("counts values exactly, in one pass or in several", () => {
    const values = Uint32Array.from({ length: 4 * 3_000 }, (_, at) => (at % 4 === 0 ? Math.imul(Math.floor(at / 4) % 1_000, 0x9e3779b1) : at % 4));
    const read = () => [new Uint8Array(values.buffer, 0, 16 * 1_700), new Uint8Array(values.buffer, 16 * 1_700)];
    expect(countDistinct(read, 3_000)).toBe(1_000);
    expect(countDistinct(read, 3_000, 1_024)).toBe(1_000);
    expect(countDistinct(() => [new Uint8Array(16)], 1)).toBe(1);
    expect(countDistinct(() => [], 0)).toBe(0);
  });

  it("refuses to count more than fit", () => {
    const values = Uint32Array.from({ length: 4 * 100 }, (_, at) => at);
    expect(() => countDistinct(() => [new Uint8Array(values.buffer)], 10, 64)).toThrow(RangeError);
  });
});
