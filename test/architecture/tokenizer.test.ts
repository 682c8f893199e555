import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { afterAll, describe, expect, it } from "vitest";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { bundle, workerOptions } from "../../src/cli/system.ts";

const CONFIG = "workers/tokenizer/wrangler.toml";
const path = (inside: string): string => fileURLToPath(new URL(`../../${inside}`, import.meta.url));

/** Nothing, or nothing but what is nothing. */
const isEmpty = (value: unknown): boolean => value === undefined || (typeof value === "object" && value !== null && Object.values(value).every(isEmpty));

describe("the tokenizer", () => {
  const { workerOptions: options } = unstable_getMiniflareWorkerOptions(path(CONFIG)) as { workerOptions: Record<string, unknown> };

  it("is bound to its rate limit and nothing else: no storage, no Worker, no variable", () => {
    const bound = Object.keys(options).filter((name) => !isEmpty(options[name]));
    expect(bound.toSorted()).toEqual(["compatibilityDate", "compatibilityFlags", "modulesRules", "ratelimits", "rootPath"]);
    expect(Object.keys(options.ratelimits as object)).toEqual(["EVALUATIONS"]);
  });

  it("has no route, no domain, no address of its own and no hour at which it runs", () => {
    const config = unstable_readConfig({ config: path(CONFIG) }) as unknown as Record<string, unknown>;
    expect([config.route, config.routes, config.workers_dev, config.preview_urls].map((value) => value ?? false)).toEqual([false, false, false, false]);
    expect(isEmpty(config.triggers)).toBe(true);
  });

  it("has no code that could store anything or tell anybody", async () => {
    const [program] = await bundle(path("workers/tokenizer/index.ts"));
    const code = String(program!.contents);
    expect(code).toContain("EVALUATIONS");
    expect(code.match(/\bfetch\s*\(|\bcaches\b|\bDurableObject\b|\bWebSocket\b|cloudflare:sockets|node:(?:net|tls|https?|fs|dgram)|\.storage\b/g)).toBeNull();
  });

  describe("asked over HTTP", () => {
    const started = start();
    afterAll(async () => (await started).dispose());

    it.each(["/", "/v1/tokens", "/evaluate", "/.well-known/anything"])("%s is not there, whatever is sent", async (where) => {
      for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
        const body = method === "POST" ? { body: JSON.stringify([{ kind: "msisdn", value: "+254712345678" }]) } : {};
        const answer = await (await started).dispatchFetch(`http://tokenizer.test${where}`, { method, ...body });
        expect([answer.status, await answer.text()]).toEqual([404, ""]);
      }
    });
  });
});

async function start(): Promise<Miniflare> {
  const worker = await workerOptions("tokenizer", CONFIG, drawSecrets().tokenizer);
  const miniflare = new Miniflare(convertV4MiniflareOptions({ host: "127.0.0.1", port: 0, cf: false, log: new Log(LogLevel.NONE), workers: [worker] }));
  await miniflare.ready;
  return miniflare;
}
