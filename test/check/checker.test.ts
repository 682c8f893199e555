import { beforeEach, describe, expect, it } from "vitest";
import { decisionOf, World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  world = new World();
});

describe("a cold isolate", () => {
  it("answers after one call, with what the Replica said", async () => {
    world.exclude(1);
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
    expect(world.calls).toEqual(["first", "first"]);
  });

  it("says how old the answer is at most, and up to when it is complete", async () => {
    const sent = world.now;
    const outcome = await world.check(world.token(2));
    const interval = world.now - sent + world.age;
    expect(outcome).toMatchObject({
      answer: {
        maxStalenessMs: interval + 100 + Math.ceil(interval / 1_000),
        sequence: 3,
        freshThrough: new Date(sent + world.latency - world.age).toISOString(),
      },
    });
  });

  it("refuses a wrong key before anything is said about the token", async () => {
    world.exclude(1);
    const stranger = world.key("sk_live_acme01_ffffffffffffffffffffffffffffffff");
    for (const token of [world.token(1), world.token(2), "nonsense"]) {
      expect(decisionOf(await world.check(token, "login", stranger))).toBe("unauthenticated");
    }
  });

  it("answers nothing when no Replica does", async () => {
    world.failing = true;
    expect(decisionOf(await world.check(world.token(2)))).toBe("indeterminate");
    expect(world.reports).toContain("check");
  });

  it("never says clear from a copy older than the bound", async () => {
    world.age = 4_880;
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
    world.age = 4_890;
    expect(decisionOf(await world.check(world.token(2)))).toBe("indeterminate");
  });
});

describe("a warm isolate", () => {
  it("answers from memory, without a call", async () => {
    world.exclude(1);
    await world.warm();
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
    expect(world.calls).toEqual([]);
  });

  it("follows an exclusion and its end", async () => {
    await world.warm();
    world.exclude(2);
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("excluded");
    world.release(2);
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
  });

  it("polls once when its lease has run out, and answers", async () => {
    await world.warm();
    world.now += 60_000;
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
    expect(world.calls).toEqual(["poll"]);
  });

  it("past the bound says excluded for a minute, and never clear", async () => {
    world.exclude(1);
    await world.warm();
    world.failing = true;
    world.now += 5_000;
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2)))).toBe("indeterminate");
    world.now += 60_000;
    expect(decisionOf(await world.check(world.token(1)))).toBe("indeterminate");
  });

  it("stops a revoked key", async () => {
    await world.warm();
    world.putKey({}, { state: "revoked" });
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("unauthenticated");
  });

  it("says 401 only from a directory younger than the bound", async () => {
    await world.warm();
    world.failing = true;
    world.now += 5_000;
    const stranger = world.key("sk_live_acme01_ffffffffffffffffffffffffffffffff");
    expect(decisionOf(await world.check(world.token(2), "login", stranger))).toBe("indeterminate");
  });

  it("learns of a new key by asking", async () => {
    await world.warm();
    const key = world.key("sk_live_acme01_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
    world.putKey({}, { key, id: "k2" });
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2), "login", key))).toBe("clear");
  });

  it("stops answering when the log went back, until there is a new one", async () => {
    world.exclude(1);
    await world.warm();
    world.now += 1_000;
    world.log.pop();
    await world.keeper.refresh();
    expect(world.reports).toContain("log-went-back");
    expect(decisionOf(await world.check(world.token(1)))).toBe("indeterminate");
    expect(decisionOf(await world.check(world.token(2)))).toBe("indeterminate");
    world.logId = "log-2";
    world.exclude(1);
    await world.check(world.token(1));
    await world.settle();
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
  });

  it("does not answer from a log that went back and grew again", async () => {
    world.exclude(1);
    await world.warm();
    world.now += 1_000;
    world.log.pop();
    await world.keeper.refresh();
    world.now += 1_000;
    world.exclude(3);
    world.exclude(4);
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(1)))).toBe("indeterminate");
    expect(decisionOf(await world.check(world.token(2)))).toBe("indeterminate");
  });

  it("asks once and goes on when a copy is of the log before", async () => {
    await world.warm();
    const { now } = world;
    world.logId = "log-0";
    world.age += 60_000;
    world.now = now + 1_000;
    await world.keeper.refresh();
    expect(world.calls).toEqual(["poll"]);
    expect(world.keeper.view.cold).toBe(false);
    expect(decisionOf(await world.check(world.token(1)))).toBe("clear");
  });

  it("begins anew when rows are missing", async () => {
    await world.warm();
    world.exclude(2);
    world.exclude(3);
    const whole = world.log;
    world.log = whole.filter((row) => row.seq !== 4);
    await world.keeper.refresh();
    expect(world.keeper.view.cold).toBe(true);
    world.log = whole;
    expect(decisionOf(await world.check(world.token(2)))).toBe("excluded");
  });

  it("does not believe its clock after it was set", async () => {
    await world.warm();
    world.now -= 3_000;
    expect(world.checker.fromMemory(world.caller(), { tokens: [world.token(2)], purpose: "login" })).toBeNull();
  });
});
