import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { CLIENTS, faultsOf } from "../../src/cli/bundle-rules.ts";
import { bundleClient, clientScript, MARKS } from "../../src/cli/client-bundle.ts";
import { DEPLOYABLES, WITNESS } from "../../src/cli/deployables.ts";

const ROOT = join(import.meta.dirname, "../..");

/** What is read here of a configuration; wrangler's own types cannot be resolved from its package. */
interface Configuration {
  name: string;
  durable_objects: { bindings: { script_name?: string }[] };
  services?: { service: string }[];
}

/** A Worker's name, and the names of the Workers it binds to. */
function read(path: string): { name: string; needs: string[] } {
  const { name, durable_objects, services }: Configuration = unstable_readConfig({ config: join(ROOT, path) });
  const objects = durable_objects.bindings.flatMap((binding) => binding.script_name ?? []);
  return { name, needs: [...objects, ...(services ?? []).map((binding) => binding.service)] };
}

describe("deployables", () => {
  test("are every Worker but the laptop's front door, and the witness, which is not the operator's to deploy", () => {
    const configs = globSync("{wrangler.toml,workers/*/wrangler.toml}", { cwd: ROOT });
    const deployed = DEPLOYABLES.map(({ config }) => config);
    expect(configs.toSorted()).toEqual([...deployed, "workers/local/wrangler.toml", WITNESS.config].toSorted());
  });

  test("bind only to Workers that were deployed before them", () => {
    const there = new Set<string>();
    for (const { config } of DEPLOYABLES) {
      const { name, needs } = read(config);
      expect(needs.filter((other) => !there.has(other)), `${config} is deployed too early`).toEqual([]);
      there.add(name);
    }
  });
});

describe("the witness", () => {
  test.each([undefined, "staging", "production"])("is bound to what it remembers and nothing else, and bound by nobody: %s", (env) => {
    const configuration: Record<string, unknown> = unstable_readConfig({ config: join(ROOT, WITNESS.config), env });
    const { durable_objects } = configuration as unknown as Configuration;
    expect(durable_objects.bindings).toEqual([{ name: "WITNESS", class_name: "Witness" }]);
    const bindings = ["services", "kv_namespaces", "r2_buckets", "d1_databases", "hyperdrive", "vectorize", "ratelimits"];
    expect(bindings.filter((kind) => (configuration[kind] as unknown[] | undefined)?.length)).toEqual([]);
    expect(DEPLOYABLES.flatMap(({ config }) => read(config).needs).filter((name) => name.includes("witness"))).toEqual([]);
  });

  test("is told of the logs it knows and its own name, and of nothing of the register", () => {
    const { vars }: { vars?: object } = unstable_readConfig({ config: join(ROOT, WITNESS.config), env: "production" });
    expect(Object.keys(vars ?? {})).toEqual(["WITNESS_NAME", "LOGS"]);
  });
});

test("no address of a request is kept where a secret can stand in it", () => {
  const { observability }: { observability?: { logs?: { invocation_logs?: boolean } } } = unstable_readConfig({ config: join(ROOT, "workers/origin/wrangler.toml") });
  expect(observability?.logs?.invocation_logs).toBe(false);
});

describe("bundles", () => {
  const edge = { name: "edge", bytes: 1, code: "", sources: ["workers/edge/index.ts", "node_modules/hono/dist/index.js"] } as const;
  const sources = (...paths: string[]): string[] => [...edge.sources, ...paths];

  test("a clean one has no fault", () => expect(faultsOf({ ...edge, sources: sources() })).toEqual([]));

  test.each([
    ["a library the edge must not load", { ...edge, sources: sources("node_modules/zod/v4/index.js") }, /zod/],
    ["a slice on the edge", { ...edge, sources: sources("src/domains/exclusions/index.ts") }, /exclusions/],
    ["a curve on the edge", { ...edge, sources: sources("node_modules/@noble/curves/ed25519.js") }, /curves/],
    ["too many bytes", { ...edge, sources: sources(), bytes: 10_000_000 }, /10000000 bytes/],
    ["a simulator's path", { ...edge, sources: sources(), code: 'app.get("/dev/sms")' }, /\/dev\//],
    ["the web framework in register", { ...edge, name: "register" as const, sources: sources() }, /hono/],
    ["a database in the portal", { ...edge, name: "portal" as const, sources: ["node_modules/drizzle-orm/index.js"] }, /drizzle/],
    ["the identity keys' code in origin", { ...edge, name: "origin" as const, sources: ["src/bst/pseudonym.ts"] }, /pseudonym/],
    ["the register in the witness", { ...edge, name: "witness" as const, sources: ["src/audit/rpc.ts"] }, /audit/],
    ["the office in the tokenizer", { ...edge, name: "tokenizer" as const, sources: ["src/api/app.ts"] }, /api/],
  ])("%s is a fault", (_, bundle, fault) => expect(faultsOf(bundle).join("\n")).toMatch(fault));
});

describe("the client in a page", () => {
  test.each(CLIENTS)("%s has no fault", async (name) => expect(faultsOf(await bundleClient(name))).toEqual([]));

  /** What a client would be with this in it. */
  const built = async (code: string) => {
    const entry = join(ROOT, ".build/client-with-a-fault.ts");
    mkdirSync(join(ROOT, ".build"), { recursive: true });
    writeFileSync(entry, code);
    return faultsOf({ name: "client/index", ...(await clientScript(entry, "client", MARKS)), sources: [] });
  };

  test.each([
    ["Buffer", 'export const text = Buffer.from("a");'], ["process", "export const key = process.env.KEY;"], ["process", "export const key = globalThis.process;"],
    ["setImmediate", "setImmediate(() => {});"], ["__dirname", "export const here = __dirname;"],
  ])("needs no %s: %s", async (name, code) => expect(await built(code)).toEqual([`client/index needs Node's ${name}`]));

  test("may call something of its own as Node does", async () => expect(await built("export const f = (process: { env: object }) => process.env;")).toEqual([]));

  test.each(["node:crypto", "crypto", "node:buffer"])("does not build with %s", async (module) => {
    await expect(built(`import * as it from "${module}"; export const all = { ...it };`)).rejects.toThrow(/Could not resolve/);
  });
});
