import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: "node", include: ["test/**/*.test.{ts,tsx}"], exclude: ["test/workers/**"], testTimeout: 30_000 },
      },
      {
        plugins: [
          cloudflareTest({ wrangler: { configPath: "./test/workers/wrangler.toml" } }),
        ],
        test: { name: "workers", include: ["test/workers/**/*.test.ts"], testTimeout: 30_000 },
      },
    ],
  },
});
