import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { CALLS, Limits } from "../../../src/api/limits.ts";

const { CALLS_ANONYMOUS, CALLS_USER } = env as unknown as Record<"CALLS_ANONYMOUS" | "CALLS_USER", RateLimit>;

/** What one isolate knows, before the data centre's counters. */
const isolate = () =>
  new Limits({
    count: async (by, caller) => (await (by === "user" ? CALLS_USER : CALLS_ANONYMOUS).limit({ key: caller })).success,
    clock: Date.now,
    failed: (error) => {
      throw error;
    },
  });

describe("the isolates of a data centre", () => {
  it("keep an address to its number together, and nobody else", async () => {
    // Within one window of the counter.
    if (Date.now() % 60_000 > 50_000) await scheduler.wait(60_000 - (Date.now() % 60_000));
    const [one, other] = [isolate(), isolate()];
    const admitted = async (limits: Limits, calls: number) => {
      let count = 0;
      for (let call = 0; call < calls; call++) count += Number((await limits.admit("anonymous", "c0000201")).admitted);
      return count;
    };
    expect(await admitted(one, 60)).toBe(60);
    expect(await admitted(other, 60)).toBe(CALLS.anonymous - 60);
    expect(await one.admit("anonymous", "c0000201")).toMatchObject({ admitted: false, remaining: 0 });
    expect((await one.admit("anonymous", "c0000202")).admitted).toBe(true);
    expect((await one.admit("user", "c0000201")).admitted).toBe(true);
  }, 90_000);
});
