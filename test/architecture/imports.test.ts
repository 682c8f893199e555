import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ICruiseResult, cruise } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import { afterAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const options = await extractOptions(join(ROOT, ".dependency-cruiser.mjs"));

/** The imports of the tree at `baseDir`, judged by this project's rules. */
async function judge(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(folders, { ...options, baseDir });
  return output as ICruiseResult;
}

/** Per rule, the smallest tree that breaks it: paths and what stands in them. */
const BREACHES: Record<string, Record<string, string>> = {
  "kernel-is-the-floor": { "src/kernel/a.ts": 'import "../bst/a.ts";', "src/bst/a.ts": "" },
  "bst-stands-on-kernel": { "src/bst/a.ts": 'import "zod";' },
  "snapshot-stands-on-kernel": { "src/snapshot/a.ts": 'import "../bst/seal.ts";', "src/bst/seal.ts": "" },
  "check-stands-on-the-floors": { "src/check/a.ts": 'import "../domains/tokens/index.ts";', "src/domains/tokens/index.ts": "" },
  "tlog-stands-on-kernel": { "src/tlog/a.ts": 'import "../check/a.ts";', "src/check/a.ts": "" },
  "audit-stands-on-the-log": { "src/audit/a.ts": 'import "../office/commit.ts";', "src/office/commit.ts": "" },
  "witness-stands-on-the-formats": { "src/witness/a.ts": 'import "../audit/a.ts";', "src/audit/a.ts": "" },
  "sealing-stands-on-kernel": { "src/sealing/a.ts": 'import "../objects/shell.ts";', "src/objects/shell.ts": "" },
  "client-stands-alone": { "src/client/a.ts": 'import "../check/a.ts";', "src/check/a.ts": "" },
  "checks-need-no-curve": {
    "src/client/index.ts": 'import "./blind.ts";',
    "src/client/blind.ts": 'import "../bst/canonical.ts";',
    "src/bst/canonical.ts": "",
  },
  "rules-are-pure": { "src/domains/tokens/rules.ts": 'import type { ZodType } from "zod"; export type T = ZodType;' },
  "slices-enter-by-the-door": {
    "src/domains/tokens/a.ts": 'import "../users/store.ts";',
    "src/domains/users/store.ts": "",
  },
  "drizzle-only-where-rows-live": { "src/domains/tokens/index.ts": 'import "drizzle-orm";' },
  "hono-only-at-the-rim": { "src/domains/tokens/renew.ts": 'import "hono";' },
  "openapi-only-in-contracts": { "src/domains/tokens/index.ts": 'import "@hono/zod-openapi";' },
  "calendars-only-in-periods": { "src/kernel/clock.ts": 'import "temporal-polyfill";' },
  "redis-only-in-its-adapter": { "src/domains/operators/quotas.ts": 'import "@upstash/redis/cloudflare";' },
  "libsql-only-in-the-office": { "src/domains/users/store.ts": 'import "@libsql/client/http";' },
  "messages-only-in-i18n": { "src/pages/a.ts": 'import "intl-messageformat";' },
  "platform-only-in-workers": { "src/domains/tokens/store.ts": 'import "cloudflare:workers";' },
  "no-cycles": { "src/api/a.ts": 'import "./b.ts";', "src/api/b.ts": 'import "./a.ts";' },
  "nobody-imports-workers": { "src/api/a.ts": 'import "../../workers/edge/index.ts";', "workers/edge/index.ts": "" },
  "nobody-imports-the-command-line": { "workers/local/index.ts": 'import "../../src/cli/a.ts";', "src/cli/a.ts": "" },
  "nobody-imports-the-simulation": { "src/replication/a.ts": 'import "../simulation/a.ts";', "src/simulation/a.ts": "" },
  "nobody-imports-tests": { "src/api/a.ts": 'import "../../test/support/a.ts";', "test/support/a.ts": "" },
  "workers-stand-apart": { "workers/portal/index.tsx": 'import "../origin/a.ts";', "workers/origin/a.ts": "" },
  "everything-resolves": { "src/api/a.ts": 'import "./nowhere.ts";' },
  "edge-stays-tiny": {
    "workers/edge/index.ts": 'import "../../src/check/a.ts";',
    "src/check/a.ts": 'import "../kernel/a.ts";',
    "src/kernel/a.ts": 'import "temporal-polyfill";',
  },
  "register-has-no-back-office": {
    "workers/register/index.ts": 'import "../../src/domains/exclusions/index.ts";',
    "src/domains/exclusions/index.ts": 'import "./schema.ts";',
    "src/domains/exclusions/schema.ts": "",
  },
  "portal-asks-origin": {
    "workers/portal/index.ts": 'import "../../src/domains/users/index.ts";',
    "src/domains/users/index.ts": 'import "./store.ts";',
    "src/domains/users/store.ts": "",
  },
  "identities-have-one-door": {
    "workers/origin/citizens.ts": 'import "../../src/domains/users/identities/rpc.ts";',
    "src/domains/users/identities/rpc.ts": "",
  },
  "only-origin-opens-what-is-sealed": {
    "workers/portal/index.tsx": 'import "../../src/domains/users/index.ts";',
    "src/domains/users/index.ts": 'import "../../sealing/envelope.ts";',
    "src/sealing/envelope.ts": "",
  },
  "identity-keys-stay-in-the-tokenizer": {
    "workers/origin/index.ts": 'import "../../src/bst/a.ts";',
    "src/bst/a.ts": 'import "./pseudonym.ts";',
    "src/bst/pseudonym.ts": "",
  },
};

describe("import rules", () => {
  // Inside the project, so that packages resolve.
  mkdirSync(join(ROOT, ".build"), { recursive: true });
  const trees = mkdtempSync(join(ROOT, ".build/breach-"));
  afterAll(() => rmSync(trees, { recursive: true }));

  test("hold, and every source is seen", async () => {
    const { modules, summary } = await judge(ROOT, ["src", "workers", "test"]);
    const seen = new Set(modules.map((module) => module.source));
    const sources = globSync("{src,workers,test}/**/*.{ts,tsx}", { cwd: ROOT });
    expect(sources.filter((source) => !seen.has(source))).toEqual([]);
    expect(seen.size).toBeGreaterThan(100);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  test("each has a breach to report", () => {
    const names = options.ruleSet?.forbidden?.map((rule) => rule.name);
    expect(Object.keys(BREACHES).toSorted()).toEqual(names?.toSorted());
  });

  test.each(Object.entries(BREACHES))("%s is reported when broken", async (name, files) => {
    const tree = join(trees, name);
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), source);
    }
    const folders = [...new Set(Object.keys(files).map((path) => path.split("/")[0]!))];
    const { summary } = await judge(tree, folders);
    expect(summary.violations.map(({ rule }) => rule.name)).toContain(name);
  });
});
