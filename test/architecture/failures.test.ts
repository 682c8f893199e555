import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/** The rows of docs/failures.md: what fails, what becomes of it, and the tests that show it as `[title](../path)`. */
const rows = readFileSync(join(ROOT, "docs/failures.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (What fails|-+)/.test(line))
  .map((line) => line.slice(1, -1).split("|").map((cell) => cell.trim()));

const links = (cell: string) => [...cell.matchAll(/\[([^\]]+)\]\(\.\.\/([^)]+)\)/g)].map(([, title, path]) => ({ title: title!, path: path! }));

describe("the failure table", () => {
  it("has rows", () => {
    expect(rows.length).toBeGreaterThan(25);
  });

  it.each(rows)("%s", (...cells) => {
    expect(cells).toHaveLength(3);
    const shown = links(cells[2]!);
    expect(shown).not.toEqual([]);
    for (const { title, path } of shown) expect(readFileSync(join(ROOT, path), "utf8")).toContain(`"${title}"`);
  });
});
