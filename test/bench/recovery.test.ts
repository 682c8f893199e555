import { expect, it } from "vitest";
import { measureRecovery } from "../../src/cli/bench/recovery.ts";

it("a copy written by hand is restored as a Register's own, and its people are excluded at the edge", async () => {
  const lines: string[] = [];
  const { rows, exclusions } = await measureRecovery(300, (line) => lines.push(line));
  expect([exclusions, rows, lines[0]]).toEqual([300, 3_007, "3007 rows are in the bucket"]);
}, 60_000);
