import { beforeEach, describe, expect, it } from "vitest";
import { View } from "../../src/check/view.ts";
import { MANIFEST_KEY, World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  world = new World();
});

/** The isolate has polled and answers from memory. */
async function warm(): Promise<void> {
  await world.check(world.token(1));
  await world.settle();
  await world.keeper.refresh();
  world.calls = [];
}

const decisionOf = (outcome: Awaited<ReturnType<World["check"]>>) => (outcome.ok ? outcome.answer.decision : outcome.problem);

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
    await warm();
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
    expect(world.calls).toEqual([]);
  });

  it("follows an exclusion and its end", async () => {
    await warm();
    world.exclude(2);
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("excluded");
    world.release(2);
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
  });

  it("polls once when its lease has run out, and answers", async () => {
    await warm();
    world.now += 60_000;
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
    expect(world.calls).toEqual(["poll"]);
  });

  it("past the bound says excluded for a minute, and never clear", async () => {
    world.exclude(1);
    await warm();
    world.failing = true;
    world.now += 5_000;
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2)))).toBe("indeterminate");
    world.now += 60_000;
    expect(decisionOf(await world.check(world.token(1)))).toBe("indeterminate");
  });

  it("stops a revoked key", async () => {
    await warm();
    world.putKey({}, { state: "revoked" });
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("unauthenticated");
  });

  it("says 401 only from a directory younger than the bound", async () => {
    await warm();
    world.failing = true;
    world.now += 5_000;
    const stranger = world.key("sk_live_acme01_ffffffffffffffffffffffffffffffff");
    expect(decisionOf(await world.check(world.token(2), "login", stranger))).toBe("indeterminate");
  });

  it("learns of a new key by asking", async () => {
    await warm();
    const key = world.key("sk_live_acme01_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
    world.putKey({}, { key, id: "k2" });
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2), "login", key))).toBe("clear");
  });

  it("stops answering when the log went back, until there is a new one", async () => {
    world.exclude(1);
    await warm();
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
    await warm();
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
    await warm();
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
    await warm();
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
    await warm();
    world.now -= 3_000;
    expect(world.checker.fromMemory(world.caller(), { tokens: [world.token(2)], purpose: "login" })).toBeNull();
  });
});

describe("tokens", () => {
  beforeEach(async () => {
    world.exclude(1);
    await warm();
  });

  it("excludes when any of one customer's tokens is excluded, whatever the others are", async () => {
    expect(decisionOf(await world.check([world.token(2), "BST-nonsense", world.token(1)]))).toBe("excluded");
  });

  it("names the token that cannot be read, before it would say clear", async () => {
    expect(await world.check([world.token(2), "BST-nonsense"])).toMatchObject({ problem: "token-invalid", errors: [{ pointer: "/tokens/1" }] });
  });

  it("refuses another operator's token", async () => {
    expect(await world.check(world.token(2, { operator: "rival1" }))).toMatchObject({ problem: "token-invalid", errors: [{ pointer: "/token" }] });
  });

  it("refuses a token of an epoch there is not", async () => {
    expect(decisionOf(await world.check(world.token(2, { epoch: 3 })))).toBe("token-invalid");
  });

  it("refuses a retired token, whosever it is", async () => {
    world.append({ type: "epoch", epoch: { operator: "acme01", epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "retired", until: null } });
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("token-retired");
    expect(decisionOf(await world.check(world.token(1)))).toBe("token-retired");
  });

  it("wants every kind the licence requires, but for marketing", async () => {
    world.append({ type: "operator", operator: { id: "acme01", state: "active", requiredKinds: ["msisdn", "national_id"] } });
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("identifiers-missing");
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2), "marketing"))).toBe("clear");
    expect(decisionOf(await world.check([world.token(2), world.token(3, { kind: "national_id" })]))).toBe("clear");
  });

  it("says that a payout must go out, excluded or not", async () => {
    expect(await world.check(world.token(1), "payout")).toMatchObject({ answer: { decision: "excluded", mustPay: true } });
    expect(await world.check(world.token(2), "payout")).toMatchObject({ answer: { decision: "clear", mustPay: true } });
  });
});

describe("published shards", () => {
  const people = Array.from({ length: 500 }, (_, n) => n + 10);

  beforeEach(async () => {
    for (const n of people) world.exclude(n);
    await world.publish(people);
    world.exclude(1);
    world.release(10);
  });

  it("are asked under the deltas since", async () => {
    await warm();
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(10)))).toBe("clear");
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
  });

  it("are fetched after the first answer, which a Replica gives, and before anybody asks for them", async () => {
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    expect([world.calls, world.reads]).toEqual([["first"], []]);
    await world.settle();
    await world.keeper.refresh();
    world.calls = [];
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    expect(world.calls).toEqual([]);
  });

  it("that are damaged or missing are not believed: a Replica is asked instead", async () => {
    for (const [hash, bytes] of world.blobs) if (hash !== world.manifest!.hash) world.blobs.set(hash, bytes.with(20, 1));
    world.shardManner = () => null;
    await warm();
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    world.now += 10_000;
    await world.settle();
    expect(world.reports).toContain("published-damaged");
    world.failing = true;
    expect(decisionOf(await world.check(world.token(11)))).toBe("indeterminate");
  });

  it("let an isolate begin that next asks a copy which lags behind them", () => {
    const first = world.first({ keyHash: "", operator: "", asked: [] });
    const set = { rootEpoch: 0, shardBits: 8 as const, shards: Array<null>(256).fill(null) };
    const view = new View();
    view.begin(first, { logId: world.logId, sequence: 503, sets: [set] });
    const when = { sentAt: world.now, receivedAt: world.now };
    const lagging = { logId: world.logId, seq: 300, t: first.t - 2_000, age: 2_050, from: 1, rows: [] };
    expect(view.apply(lagging, when)).not.toBe("log-went-back");
    expect(view.apply({ ...lagging, t: first.t + 1 }, when)).toBe("log-went-back");
  });

  it("give way to newer ones, and the deltas they hold are dropped", async () => {
    await warm();
    await world.check(people.slice(0, 8).map((n) => world.token(n)));
    world.now += 10_000;
    await world.settle();
    const before = world.keeper.view.set(0).overlaySize;
    await world.publish([...people.filter((n) => n !== 10), 1]);
    await world.keeper.refresh();
    world.now += 10_000;
    await world.settle();
    await world.keeper.refresh();
    expect([before, world.keeper.view.set(0).overlaySize]).toEqual([2, 0]);
    for (const [n, word] of [[1, "excluded"], [10, "clear"], [11, "excluded"], [2, "clear"]] as const) {
      expect(decisionOf(await world.check(world.token(n)))).toBe(word);
    }
  });
});

describe("memory", () => {
  const people = Array.from({ length: 500 }, (_, n) => n + 10);
  const shardReads = () => world.reads.filter((hash) => hash !== world.manifest!.hash);

  async function published(budget?: number): Promise<void> {
    world = new World(budget);
    for (const n of people) world.exclude(n);
    await world.publish(people);
  }

  it("fetches a shard once however many miss it, in two loops at the same time", async () => {
    await published();
    await world.check(world.token(11));
    await Promise.all([world.keeper.keepFresh(), world.keeper.keepFresh()]);
    await Promise.all(Array.from({ length: 100 }, () => world.check(world.token(11))));
    await Promise.all([world.keeper.keepFresh(), world.keeper.keepFresh()]);
    expect(shardReads().length).toBeGreaterThan(200);
    expect(new Set(shardReads()).size).toBe(shardReads().length);
  });

  it("tries a shard that is not to be had no more often than every ten seconds", async () => {
    await published();
    const [damaged] = [...world.blobs].find(([hash]) => hash !== world.manifest!.hash)!;
    world.blobs.delete(damaged);
    await warm();
    expect(world.reads.filter((hash) => hash === damaged).length).toBeLessThanOrEqual(3);
  });

  it("stays within its budget, and answers right whether a shard is in it or not", async () => {
    await published(1_000);
    await warm();
    for (let round = 0; round < 3; round++) {
      for (const n of [...people.slice(0, 100), 1, 2, 3]) {
        expect(decisionOf(await world.check(world.token(n)))).toBe(n >= 10 ? "excluded" : "clear");
      }
      world.now += 10_000;
      await world.settle();
      await world.keeper.refresh();
      expect(world.keeper.view.set(0).bytes).toBeGreaterThan(900);
      expect(world.keeper.view.set(0).bytes).toBeLessThanOrEqual(1_000);
    }
  });

  it("goes back to polling between fetches when very many shards are missed", async () => {
    await published();
    await world.keeper.keepFresh();
    const shards = new Set(shardReads());
    expect(shards.size).toBeGreaterThan(200);
    expect(shardReads()).toHaveLength(shards.size);
    expect(world.calls.length).toBeGreaterThan(shards.size / 32);
  });
});

describe("a manifest that must not be believed", () => {
  const people = Array.from({ length: 50 }, (_, n) => n + 10);
  /** Nobody is in it: whoever believed it would call person 11 clear. */
  const refusals: [string, () => Promise<void>][] = [
    ["of an unknown key", () => world.publish([], {}, { ...MANIFEST_KEY, id: "2" })],
    ["with a bad signature", () => world.publish([], {}, { id: "1", seed: new Uint8Array(32).fill(6) })],
    ["of another log", () => world.publish([], { logId: "log-2" })],
    ["of another sequence than was announced", () => world.publish([], { sequence: 5 })],
  ];

  const turn = async () => {
    world.now += 10_000;
    await world.settle();
    await world.keeper.refresh();
  };

  it.each(refusals)("%s: is reported once, and the old snapshot stays", async (_, publish) => {
    for (const n of people) world.exclude(n);
    await world.publish(people);
    await warm();
    await world.check(world.token(11));
    await turn();
    await publish();
    await turn();
    await turn();
    expect(world.reports).toEqual(["manifest-refused"]);
    world.calls = [];
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    expect(world.calls).toEqual([]);
    await world.publish(people.slice(2));
    world.release(10);
    await turn();
    expect(decisionOf(await world.check(world.token(12)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(10)))).toBe("clear");
  });

  it.each(refusals)("%s: leaves a cold isolate cold, which asks a Replica", async (_, publish) => {
    for (const n of people) world.exclude(n);
    await publish();
    await world.check(world.token(11));
    await turn();
    expect([world.keeper.view.cold, world.reports]).toEqual([true, ["manifest-refused"]]);
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    world.failing = true;
    expect(decisionOf(await world.check(world.token(11)))).toBe("indeterminate");
  });
});
