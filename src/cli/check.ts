/** `npm run check`: everything that needs no test to know. One line each; what fails shows its tool's own words. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

interface Check {
  name: string;
  command: string;
  options: string[];
}

const PROGRAMS = [".", "src/cli", "src/cli/bench/workers", "src/simulation", "src/client", "src/client/examples", "test", "test/objects", "test/workers"].filter((folder) => existsSync(`${folder}/tsconfig.json`));

const CHECKS: Check[] = [
  ...PROGRAMS.map((folder) => ({ name: `types ${folder}`, command: "tsc", options: ["--project", folder] })),
  { name: "lint", command: "oxlint", options: [] },
  { name: "imports", command: "depcruise", options: ["src", "workers", "test", "migrations"] },
  { name: "bundles", command: process.execPath, options: ["src/cli/bundle.ts"] },
  { name: "unused", command: "knip", options: [] },
];

/** Runs one check and says how it went; true when it passed. */
function passes({ name, command, options }: Check): boolean {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, options, { encoding: "utf8" });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name.padEnd(20)} ${seconds.padStart(5)} s`);
  if (status !== 0) console.log(`${stdout ?? ""}${stderr ?? ""}${error ? `${error.message}\n` : ""}`);
  return status === 0;
}

const results = CHECKS.map(passes);
process.exit(results.every(Boolean) ? 0 : 1);
