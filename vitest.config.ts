import { availableParallelism } from "node:os";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Files share a process: doubles are passed in and nothing is patched, so none leaves anything to the next, and what they import is read once. */
const shared = { isolate: false, testTimeout: 60_000, hookTimeout: 60_000 };

/** It stops libSQL servers and waits for what their copies make of it: in a process of its own, after everything else. */
const ALONE = "test/office/faults.test.ts";

export default defineConfig({
  test: {
    // One for each core: what is promised in milliseconds is measured beside the other files.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: { ...shared, name: "node", include: ["test/**/*.test.{ts,tsx}"], exclude: ["test/workers/**", ALONE] },
      },
      {
        test: { ...shared, name: "alone", isolate: true, include: [ALONE], sequence: { groupOrder: 1 } },
      },
      {
        plugins: [
          cloudflareTest({ wrangler: { configPath: "./test/workers/wrangler.toml" } }),
        ],
        test: { ...shared, name: "workers", include: ["test/workers/**/*.test.ts"], setupFiles: ["test/workers/setup.ts"] },
      },
    ],
  },
});
