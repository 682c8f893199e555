import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Configuration, configurationIn, writeConfiguration } from "../../src/cli/deploy/configuration.ts";
import { deploy } from "../../src/cli/deploy/deploy.ts";
import { environmentNames, placeholdersOf, readEnvironment } from "../../src/cli/deploy/environment.ts";
import { missingSecrets, requiredSecrets } from "../../src/cli/deploy/secrets.ts";
import { smoke } from "../../src/cli/deploy/smoke.ts";
import type { Run } from "../../src/cli/deploy/wrangler.ts";
import { DEPLOYABLES } from "../../src/cli/deployables.ts";

const folder = mkdtempSync(join(tmpdir(), "nser-deploy-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A wrangler that says this for each of its commands, and what it was told to do. */
function wranglerThat(says: Record<string, { status: number; stdout: string }>) {
  const told: string[] = [];
  const run: Run = (words) => {
    told.push(words.join(" "));
    return says[words[0]!] ?? { status: 0, stdout: "[]" };
  };
  return { run, told };
}

const deployOf = (run: Run, { dryRun = true, secrets = undefined as string | undefined } = {}) => {
  const lines: string[] = [];
  return { lines, done: deploy({ name: "staging", secrets, dryRun }, run, (line) => lines.push(line)) };
};

describe("an environment", () => {
  it.each(environmentNames())("%s shares no Worker, queue, bucket, namespace or rate limit with another", (name) => {
    const owned = (environment: string): string[] => {
      const all = DEPLOYABLES.flatMap((deployable) => {
        const file = writeConfiguration(environment, readEnvironment(environment), deployable);
        const made = JSON.parse(readFileSync(file, "utf8")) as Configuration;
        return [
          made.name, ...(made.kv_namespaces ?? []).map(({ id }) => id), ...(made.services ?? []).map(({ service }) => service),
          ...(made.durable_objects?.bindings ?? []).flatMap(({ script_name }) => script_name ?? []), ...(made.r2_buckets ?? []).map(({ bucket_name }) => bucket_name),
          ...(made.queues?.producers ?? []).map(({ queue }) => queue), ...(made.queues?.consumers ?? []).flatMap(({ queue, dead_letter_queue }) => [queue, dead_letter_queue ?? queue]),
          ...(made.ratelimits ?? []).map(({ namespace_id }) => namespace_id), ...(made.routes ?? []).map(({ pattern }) => pattern),
        ];
      });
      return [...new Set(all)];
    };
    const others = environmentNames().filter((other) => other !== name).flatMap(owned);
    expect(owned(name).length).toBeGreaterThan(15);
    expect(owned(name).filter((one) => others.includes(one))).toEqual([]);
  });

  it("sets no switch of a laptop, wherever it stands", () => {
    const [environment, base] = [readEnvironment("staging"), { name: "nser-origin", main: "a.ts" }];
    const switched = { WEBHOOK_LOOPBACK: "allowed" };
    expect(() => configurationIn(environment, "origin", { ...base, vars: switched })).toThrow("WEBHOOK_LOOPBACK of origin");
    expect(() => configurationIn({ ...environment, vars: { origin: switched } }, "origin", base)).toThrow("WEBHOOK_LOOPBACK of origin");
  });

  it("keeps what a Worker's configuration says but for its own variables, and serves tokenizer and register nowhere", () => {
    const environment = readEnvironment("staging");
    const made = configurationIn({ ...environment, vars: { edge: { REGIONS: "me" } } }, "edge", { name: "nser-edge", main: "a.ts", vars: { REGIONS: "weur", OTHER: "1" } });
    expect(made).toMatchObject({ name: "nser-edge-staging", main: "a.ts", vars: { REGIONS: "me", OTHER: "1" }, workers_dev: false });
    const origin = configurationIn({ ...environment, host: "register.test" }, "origin", { name: "nser-origin", main: "a.ts", vars: { PUBLIC_URL: "http://localhost:8787" } });
    expect(origin.vars).toMatchObject({ PUBLIC_URL: "https://register.test" });
    expect(origin.routes).toContainEqual(expect.objectContaining({ pattern: "register.test/.well-known/oauth-authorization-server" }));
    for (const name of ["tokenizer", "register"] as const) expect(configurationIn(environment, name, { name, main: "a.ts" }).routes).toEqual([]);
  });

  it("there is not is refused by name, and one that is not the owner's yet says what is to be replaced", () => {
    expect(() => readEnvironment("moon")).toThrow("there is no environment moon: production, staging");
    expect(placeholdersOf(readEnvironment("staging"))).toHaveLength(4);
  });
});

describe("a deployment", () => {
  it("that is dry builds every Worker in the order of their bindings, and changes nothing", async () => {
    const { run, told } = wranglerThat({});
    const { lines, done } = deployOf(run);
    await done;
    expect(told.map((words) => /([a-z]+)\.json --dry-run$/.exec(words)?.[1])).toEqual(DEPLOYABLES.map(({ name }) => name));
    expect(lines.at(-1)).toContain("Nothing was changed");
  });

  it("stops at the first Worker that fails", async () => {
    const { run, told } = wranglerThat({ deploy: { status: 1, stdout: "" } });
    await expect(deployOf(run).done).rejects.toThrow("tokenizer failed; nothing after it was deployed");
    expect(told).toHaveLength(1);
  });

  it("of an environment that is not the owner's yet does not begin", async () => {
    const { run, told } = wranglerThat({});
    await expect(deployOf(run, { dryRun: false }).done).rejects.toThrow("the environment is not yet yours");
    expect(told).toEqual([]);
  });
});

describe("secrets", () => {
  it("are looked for in the folder, else at the deployment", () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "portal.json"), "{}");
    const { run } = wranglerThat({ secret: { status: 0, stdout: JSON.stringify([{ name: "COOKIE_KEY" }]) } });
    expect(missingSecrets(run, folder, "portal", "f")).toEqual(["COOKIE_KEY"]);
    expect(missingSecrets(run, undefined, "portal", "f")).toEqual([]);
    expect(missingSecrets(wranglerThat({ secret: { status: 1, stdout: "" } }).run, undefined, "tokenizer", "f")).toEqual(["OPRF_KEY", "ROOT_KEYS"]);
    expect(requiredSecrets("origin")).toContain("OFFICE_DATABASE_TOKEN");
  });
});

it("a deployment that does not answer as it must is told from outside, answer by answer", async () => {
  const server = createServer((_, response) => response.writeHead(404, { "content-type": "application/problem+json" }).end("{}")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const lines: string[] = [];
  const { port } = server.address() as AddressInfo;
  expect(await smoke(`http://127.0.0.1:${port}`, (line) => lines.push(line))).toBe(7);
  expect(lines.at(-1)).toBe("✓ no simulator is");
  server.close();
  server.closeAllConnections();
  expect(await smoke(`http://127.0.0.1:${port}`, (line) => lines.push(line))).toBe(8);
});
