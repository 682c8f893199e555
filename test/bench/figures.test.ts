import { describe, expect, test } from "vitest";
import { drawChart } from "../../src/cli/bench/chart.ts";
import { drawSet } from "../../src/cli/bench/large-set.ts";
import { charge } from "../../src/cli/bench/prices.ts";
import { asMarkdown } from "../../src/cli/bench/report.ts";
import { slopeOf } from "../../src/cli/bench/slope.ts";
import { contentHash } from "../../src/snapshot/manifest.ts";
import { MANIFEST_KEY } from "../support/world.ts";

describe("a drawn set", () => {
  test("holds so many people, its sample among them, under the hashes it names", async () => {
    const set = await drawSet(5_000, MANIFEST_KEY);
    const members = [...set.members()].flatMap((bytes) => Array.from({ length: bytes.length / 16 }, (_, at) => bytes.subarray(16 * at, 16 * at + 16)));
    expect(members).toHaveLength(5_000);
    expect(members.every((p) => set.has(p))).toBe(true);
    expect(set.sample.every((p) => set.has(p))).toBe(true);
    expect(set.has(crypto.getRandomValues(new Uint8Array(16)))).toBe(false);
    for (const [hash, bytes] of set.blobs) expect(await contentHash(bytes)).toBe(hash);
  });
});

describe("a slope", () => {
  test("is bounded by how much its points stray", () => {
    const noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0, -0.1, 0.4, -0.3, 0.1, 0.2, -0.3];
    const { slope, lower, upper } = slopeOf(noise.map((by, x) => [x, 5 + 2 * x + by]))!;
    expect(lower).toBeLessThan(2);
    expect(upper).toBeGreaterThan(2);
    expect(slope).toBeCloseTo(2, 1);
    expect(upper - lower).toBeLessThan(0.2);
  });

  test("is not said of too few points", () => expect(slopeOf([[0, 1], [1, 2]])).toBeNull());
});

test("a charge is for what goes beyond what is included", () => {
  const price = { what: "requests", included: 10e6, dollars: 0.3 };
  expect(charge(price, 9e6)).toBe(0);
  expect(charge(price, 300e6)).toBeCloseTo(87, 6);
  expect(charge({ what: "commands", included: 0, dollars: 0.2, per: 100e3 }, 1e6)).toBeCloseTo(2, 6);
});

test("a chart says in words what it shows, and keeps names from being markup", () => {
  const bars = [{ name: "<NSER & co>", value: { lower: 90, median: 100, upper: 200 }, kind: "ours" as const }, { name: "peer", value: { lower: 40, median: 50, upper: 60 }, kind: "peer" as const }];
  const svg = drawChart("Checks", "NSER 100; peer 50", [{ title: "T", unit: "checks/s", bars }]);
  expect(svg).toContain('role="img" aria-labelledby="title description"');
  expect(svg).toContain('<desc id="description">NSER 100; peer 50</desc>');
  expect(svg).toContain("&lt;NSER &amp; co&gt;");
  const [ours, peer] = [...svg.matchAll(/class="(?:ours|peer)" [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(ours! / peer!).toBeCloseTo(2, 1);
});

test("a table survives a name with a bar in it", () => {
  const report = { title: "T", method: "M.", head: ["a", "b"], rows: [["x|y", "1"]], notes: [], faults: [], figures: null };
  expect(asMarkdown(report)).toBe("## T\n\nM.\n\n| a | b |\n| --- | --- |\n| x\\|y | 1 |");
});
