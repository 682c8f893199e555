import { beforeEach, describe, expect, it } from "vitest";
import { parseToken } from "../../src/bst/text.ts";
import { readPoll } from "../../src/check/inspect.ts";
import type { KeyTerms } from "../../src/check/terms.ts";
import { HOUR, SECOND } from "../../src/kernel/clock.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { personOf, World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  world = new World();
  world.exclude(1);
});

async function warm(): Promise<void> {
  await world.check(world.token(2));
  await world.settle();
  await world.keeper.refresh();
}

type Outcome = Awaited<ReturnType<World["check"]>>;
const said = (outcome: Outcome) => (outcome.ok ? outcome.answer.decision : outcome.problem);

/** Each check from memory as from a Replica: a cold isolate must not be the way around a key's terms. */
describe.each([["a warm isolate", true], ["a cold isolate", false]])("%s", (_, isWarm) => {
  const given = async (terms: Partial<KeyTerms>) => {
    world.putKey(terms);
    if (isWarm) await warm();
  };
  const ask = async (address: string | null = null) =>
    Promise.all([1, 2].map(async (n) => said(await world.check(world.token(n), "login", world.key(), address))));

  it("refuses a key that has expired as it does an unknown one, and not before", async () => {
    await given({ expiresAt: world.now + HOUR });
    expect(await ask()).toEqual(["excluded", "clear"]);
    world.now += HOUR;
    expect(await ask()).toEqual(["unauthenticated", "unauthenticated"]);
  });

  it("refuses a key without the scope, with no word on the token", async () => {
    await given({ scopes: ["tokens", "scrubs"] });
    const outcomes = await Promise.all([world.token(1), world.token(2), "nonsense"].map((token) => world.check(token)));
    for (const outcome of outcomes) {
      expect(outcome).toEqual({ ok: false, problem: "forbidden", detail: 'The key pk_live_acme01_8fzt9rp22770 is not for checks: it lacks the scope "checks".' });
    }
  });

  it("refuses an address outside the key's networks, and one that is not known", async () => {
    await given({ networks: ["192.0.2.0/24", "2001:db8::/32"] });
    for (const address of ["192.0.2.9", "2001:db8:1::1", "::ffff:192.0.2.9"]) expect(await ask(address)).toEqual(["excluded", "clear"]);
    for (const address of ["192.0.3.9", "2001:db9::1", null, "unknown"]) expect(await ask(address)).toEqual(["forbidden", "forbidden"]);
  });

  it("refuses beyond the pace, and says when to come again and by which limit", async () => {
    await given({ perSecond: 3, perDay: 77 });
    world.blocks = 0;
    const outcomes: Outcome[] = [];
    for (let n = 0; n < 8; n++) outcomes.push(await world.check(world.token(n % 2)));
    const refused = outcomes.filter((outcome) => !outcome.ok);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    for (const outcome of refused) {
      const limit = { policy: "persecond", perSecond: 3, perDay: 77, seconds: 1 };
      expect(outcome).toEqual({ ok: false, problem: "rate-limited", limit });
    }
  });

  it("lets nothing through on an allowance of none until that is over, then again", async () => {
    const until = world.now + HOUR;
    world.append({ type: "allowance", allowance: { keyId: "k1", perSecond: 0, until } });
    await given({});
    expect(await ask()).toEqual(["rate-limited", "rate-limited"]);
    const seconds = Math.ceil((until - world.now) / SECOND);
    expect(await world.check(world.token(1))).toMatchObject({ limit: { policy: "perday", seconds: expect.closeTo(seconds, -1) } });
    world.now = until;
    expect(await ask()).toEqual(["excluded", "clear"]);
  });

  it("refuses a token retired by itself, and older ones of the person, but for an excluded person", async () => {
    for (const n of [1, 2]) {
      world.append({ type: "generation", generation: { operator: "acme01", p: toHex(personOf(n)), epoch: 0, least: 2 } });
    }
    await given({});
    const words = async (n: number) => Promise.all([0, 1, 2].map(async (generation) => said(await world.check(world.token(n, { generation })))));
    expect(await words(1)).toEqual(["excluded", "excluded", "excluded"]);
    expect(await words(2)).toEqual(["token-retired", "token-retired", "clear"]);
    expect(await words(3)).toEqual(["clear", "clear", "clear"]);
    expect(await world.check([world.token(3), world.token(2)])).toMatchObject({ problem: "token-retired", errors: [{ pointer: "/tokens/1" }] });
  });

  it("answers with the token to keep when the epoch moved on, and to issue anew when the root did", async () => {
    const row = (epoch: number, state: "current" | "grace", rootEpoch = 0) =>
      world.append({ type: "epoch", epoch: { operator: "acme01", epoch, pairKeyId: "1", rootEpoch, state, until: null } });
    row(0, "grace");
    row(1, "current");
    await given({});
    const grace = await world.check(world.token(2));
    expect(grace).toMatchObject({ answer: { decision: "clear", nextToken: world.token(2, { epoch: 1 }) } });
    expect(await world.check(world.token(1))).toMatchObject({ answer: { decision: "excluded", nextToken: world.token(1, { epoch: 1 }) } });
    const several = await world.check([world.token(2, { epoch: 1 }), world.token(3)]);
    expect(several).toMatchObject({ answer: { nextTokens: [null, world.token(3, { epoch: 1 })] } });
    const current = await world.check(world.token(2, { epoch: 1 }));
    expect(Object.keys(current.ok ? current.answer : {})).not.toContain("nextToken");
    world.append({ type: "epoch", epoch: { operator: "acme01", epoch: 1, pairKeyId: "1", rootEpoch: 1, state: "current", until: null } });
    await world.keeper.refresh();
    const renew = await world.check(world.token(2));
    expect(renew).toMatchObject({ answer: { decision: "clear", renew: true } });
    expect(Object.keys(renew.ok ? renew.answer : {})).not.toContain("nextToken");
  });
});

describe("a request", () => {
  it("pays once, although memory could not say and a Replica was asked", async () => {
    await warm();
    world.putKey({ perSecond: 1 });
    await world.keeper.refresh();
    world.now += 5_100;
    const caller = world.caller();
    const question = { tokens: [world.token(2)], purpose: "login" as const };
    expect(world.checker.fromMemory(caller, question)).toBeNull();
    expect(caller.chargedTo).toBe("k1");
    expect(said(await world.checker.ask(caller, question))).toBe("clear");
    expect(said(await world.check(world.token(2)))).toBe("rate-limited");
  });

  it("that was let in is refused all the same when the next poll shows its key revoked", async () => {
    await warm();
    world.now += 5_100;
    const caller = world.caller();
    const question = { tokens: [world.token(2)], purpose: "login" as const };
    expect(world.checker.fromMemory(caller, question)).toBeNull();
    world.putKey({}, { state: "revoked" });
    expect(said(await world.checker.ask(caller, question))).toBe("unauthenticated");
  });

  it("is told that its key may not do this only from a directory younger than the bound", async () => {
    world.putKey({ scopes: ["tokens"] });
    await warm();
    world.failing = true;
    expect(said(await world.check(world.token(1)))).toBe("forbidden");
    world.now += 5_100;
    expect(said(await world.check(world.token(1)))).toBe("indeterminate");
  });
});

describe("a warm isolate", () => {
  it("follows what is said of a key's day and of single tokens", async () => {
    await warm();
    world.append({ type: "generation", generation: { operator: "acme01", p: toHex(personOf(2)), epoch: 0, least: 1 } });
    await world.keeper.refresh();
    expect(said(await world.check(world.token(2)))).toBe("token-retired");
    world.append({ type: "allowance", allowance: { keyId: "k1", perSecond: 0, until: world.now + HOUR } });
    await world.keeper.refresh();
    expect(said(await world.check(world.token(2)))).toBe("rate-limited");
  });
});

describe("a directory", () => {
  it("keeps to the epoch that took a retired one's number, whichever row comes last", async () => {
    const row = (epoch: number, state: "current" | "retired") =>
      world.append({ type: "epoch", epoch: { operator: "acme01", epoch, pairKeyId: "1", rootEpoch: 0, state, until: null } });
    await warm();
    row(32, "current");
    row(0, "retired");
    await world.keeper.refresh();
    expect(parseToken(world.token(2, { epoch: 32 }))!.epoch).toBe(0);
    expect(said(await world.check(world.token(2, { epoch: 32 })))).toBe("clear");
  });

  it.each([
    ["a network that cannot be read", { networks: ["192.0.2.1/24"] }],
    ["no pace", { perSecond: undefined }],
    ["a pace below nothing", { perDay: -1 }],
    ["an end that is no time", { expiresAt: "tomorrow" }],
  ])("is not given a key with %s", (_, terms) => {
    const poll = world.poll(0);
    expect(() => readPoll(structuredClone(poll), 0)).not.toThrow();
    world.putKey(terms as Partial<KeyTerms>);
    expect(() => readPoll(world.poll(0), 0)).toThrow("its rows");
  });
});
