import { describe, expect, it } from "vitest";
import { RegisterClient } from "../../src/client/index.ts";
import { formatToken } from "../../src/bst/text.ts";
import { wholeSystem } from "../support/system.ts";

/** An edge that can learn nothing: there is no Replica it could ask. */
const whole = wholeSystem({ edge: { REGIONS: "" } }, "indeterminate");

const TOKEN = formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: new Uint8Array(32) });

describe("an edge that knows nothing and can ask nobody", () => {
  it("says so without delay, under its status", async () => {
    const askedAt = performance.now();
    const response = await fetch(`${whole.system.url}/v1/status`);
    expect([response.status, response.headers.get("cache-control")]).toEqual([503, "no-store"]);
    expect(await response.json()).toMatchObject({ vouches: false, region: null, sequence: 0, maxStalenessMs: null });
    expect(performance.now() - askedAt).toBeLessThan(3_000);
  });

  it("answers no check, batch or scrub as clear", async () => {
    const client = new RegisterClient({ url: whole.system.url, key: whole.access.apiKey, wait: async () => undefined });
    const check = { tokens: TOKEN };
    const results = [await client.check(TOKEN, "login"), ...(await client.batch([check, check], "login"))];
    for await (const { result } of client.scrub([check], "login")) results.push(result);
    expect(results).toHaveLength(4);
    for (const result of results) expect(result).toMatchObject({ mayPlay: false, problem: { type: "/problems/indeterminate" } });
  });
});
