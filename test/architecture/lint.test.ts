import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const tree = mkdtempSync(join(tmpdir(), "nser-lint-"));

/** The rules that this project's lint reports for one file at `path`. */
function rulesBroken(path: string, source: string): string[] {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), source);
  const { stdout } = spawnSync("oxlint", ["--format", "json", path], { cwd: tree, encoding: "utf8" });
  rmSync(join(tree, path));
  return (JSON.parse(stdout) as { diagnostics: { code: string }[] }).diagnostics.map(({ code }) => code);
}

describe("lint", () => {
  beforeAll(() => {
    for (const file of [".oxlintrc.json", "src/cli/lint-rules.mjs"]) cpSync(join(ROOT, file), join(tree, file));
  });
  afterAll(() => rmSync(tree, { recursive: true }));

  const FLOORS = ["src/kernel/a.ts", "src/bst/a.ts", "src/snapshot/a.ts", "src/check/a.ts", "src/sealing/a.ts", "src/domains/exclusions/rules.ts"];
  test.each(FLOORS)("%s reads no clock, no randomness and reaches nothing", (path) => {
    const impure = [
      "Date.now()", "new Date()", "Date()", "Math.random()", "crypto.getRandomValues(new Uint8Array(1))",
      "fetch('/')", "console.log(1)", "setTimeout(String, 1)", "performance.now()",
    ];
    expect(rulesBroken(path, `export const all = () => [${impure.join(", ")}];`).toSorted()).toEqual([
      "eslint(no-console)",
      ...Array.from({ length: 4 }, () => "eslint(no-restricted-globals)"),
      ...Array.from({ length: 3 }, () => "eslint(no-restricted-properties)"),
      "nser(no-clock-date)",
      "nser(no-clock-date)",
    ]);
    expect(rulesBroken(path, "export const written = (at: number) => new Date(at).toISOString();")).toEqual([]);
  });

  test("a transaction's callback is synchronous", () => {
    const transaction = (callback: string) => `declare const db: { transaction(run: unknown): void };\ndb.transaction(${callback});`;
    expect(rulesBroken("workers/register/a.ts", transaction("async () => 1"))).toEqual(["nser(no-async-transaction)"]);
    expect(rulesBroken("workers/register/a.ts", transaction("() => 1"))).toEqual([]);
  });

  test("the console is for Workers and the command line", () => {
    expect(rulesBroken("src/api/a.ts", "console.log(1);")).toEqual(["eslint(no-console)"]);
    expect(rulesBroken("workers/edge/a.ts", "console.log(1);")).toEqual([]);
  });
});
