import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type Kind, KINDS } from "../../src/bst/kinds.ts";
import { TEST_PERSONS, testPseudonym } from "../../src/bst/test-persons.ts";
import { formatToken, parseToken } from "../../src/bst/text.ts";
import type { EpochRow } from "../../src/check/directory.ts";
import { testTokenOf } from "../../src/domains/tokens/sandbox/issue.ts";
import { decisionOf, personOf, World } from "../support/world.ts";

const TEST_KEY = "sk_test_acme01_fedcba9876543210fedcba9876543210";
const EPOCH: EpochRow = { operator: "acme01", epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "current", until: null };
const [EXCLUDED, CLEAR] = [1, 2];

let world: World;

beforeEach(() => {
  world = new World();
  world.putKey({ perSecond: 1_000_000 }, { key: world.key(TEST_KEY), id: "t1" });
  world.exclude(EXCLUDED);
});

type Name = (typeof TEST_PERSONS)[number]["name"];

const testKey = () => world.key(TEST_KEY);
const tokenOf = (name: Name, kind: Kind = "msisdn", epoch = EPOCH): string => testTokenOf(world.keyring, epoch, kind, TEST_PERSONS.find((person) => person.name === name)!);
const tested = async (tokens: string | string[], purpose?: "login" | "marketing" | "payout") => world.check(tokens, purpose, testKey());

/** From memory and from a Replica alike. */
describe.each([["a warm isolate", true], ["a cold isolate", false]])("%s under a test key", (_, isWarm) => {
  beforeEach(async () => {
    if (isWarm) await world.warm();
  });

  it.each(TEST_PERSONS.map(({ name, answer }) => [name, answer] as const))("says of the test person %s: %s", async (name, answer) => {
    for (const kind of ["msisdn", "national_id"] as const) expect(decisionOf(await tested(tokenOf(name, kind)))).toBe(answer);
  });

  it("answers like everybody: kinds, payouts, mixed customers, and when to come again", async () => {
    expect(await tested(tokenOf("excluded"), "payout")).toMatchObject({ answer: { decision: "excluded", purpose: "payout", mustPay: true, kinds: ["msisdn"], maxStalenessMs: expect.any(Number) } });
    expect(decisionOf(await tested([tokenOf("clear"), tokenOf("excluded", "national_id")]))).toBe("excluded");
    expect(decisionOf(await tested([tokenOf("clear"), tokenOf("retired", "national_id")]))).toBe("token-retired");
    expect(decisionOf(await tested([tokenOf("excluded"), tokenOf("rate-limited", "national_id")]))).toBe("rate-limited");
    expect(await tested(tokenOf("rate-limited"))).toMatchObject({ limit: { seconds: 1, perSecond: 1_000_000 } });
    world.append({ type: "operator", operator: { id: "acme01", state: "active", requiredKinds: ["msisdn", "national_id"] } });
    await world.keeper.refresh();
    expect(decisionOf(await tested(tokenOf("clear")))).toBe("identifiers-missing");
    expect(decisionOf(await tested([tokenOf("clear"), tokenOf("clear", "national_id")]))).toBe("clear");
  });

  it("says nothing of people, and a live key nothing of test persons", async () => {
    for (const n of [EXCLUDED, CLEAR]) expect(decisionOf(await tested(world.token(n)))).toBe("token-invalid");
    for (const { name } of TEST_PERSONS) expect(decisionOf(await world.check(tokenOf(name)))).toBe("token-invalid");
    const nobody = world.keyring.sealer("1", { operator: "acme01.test", epoch: 0, kind: "msisdn", generation: 0 }).seal(personOf(CLEAR));
    expect(decisionOf(await tested(formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: nobody })))).toBe("token-invalid");
  });

  it("is no key any more once it is revoked, and none where it does not say what it is", async () => {
    for (const [key, id] of [[world.key(TEST_KEY.replace("test", "live")), "l1"], [{ ...world.key(), mode: "test" as const }, "k1"]] as const) {
      world.putKey({}, { key: { ...key, mode: key.mode === "live" ? "test" : "live" }, id });
      await world.keeper.refresh();
      for (const token of [tokenOf("clear"), world.token(CLEAR)]) expect(decisionOf(await world.check(token, "login", key))).toBe("unauthenticated");
    }
    world.putKey({}, { key: testKey(), id: "t1", state: "revoked" });
    await world.keeper.refresh();
    expect(decisionOf(await tested(tokenOf("clear")))).toBe("unauthenticated");
  });

  it("answers nothing but excluded from data beyond the bound, and then nothing at all", async () => {
    await tested(tokenOf("clear"));
    world.failing = true;
    world.now += 6_000;
    expect([decisionOf(await tested(tokenOf("clear"))), decisionOf(await tested(tokenOf("excluded")))]).toEqual(["indeterminate", isWarm ? "excluded" : "indeterminate"]);
    world.now += 60_000;
    expect(decisionOf(await tested(tokenOf("excluded")))).toBe("indeterminate");
  });
});

describe("a test key", () => {
  it("asks no Replica about anybody", async () => {
    const asked: unknown[] = [];
    const first = world.first.bind(world);
    world.first = (question) => (asked.push(question.asked), first(question));
    await tested([tokenOf("clear"), world.token(EXCLUDED)]);
    expect(asked).toEqual([[]]);
  });

  it("is told which token to keep when the epoch moved, or to renew when the root did", async () => {
    const token = tokenOf("clear");
    world.append({ type: "epoch", epoch: { ...EPOCH, state: "grace", until: world.now + 3_600_000 } });
    world.append({ type: "epoch", epoch: { ...EPOCH, epoch: 1 } });
    await world.warm();
    expect(await tested(token)).toMatchObject({ answer: { decision: "clear", nextToken: tokenOf("clear", "msisdn", { ...EPOCH, epoch: 1 }) } });
    world.append({ type: "epoch", epoch: { ...EPOCH, epoch: 1, rootEpoch: 1 } });
    await world.keeper.refresh();
    expect(await tested(token)).toMatchObject({ answer: { decision: "clear", renew: true } });
  });

  it("counts for itself alone, and is evidence of nothing", async () => {
    await world.warm();
    world.tally.cut();
    world.tally.sent(world.tally.batches());
    for (const name of ["clear", "excluded", "forged", "rate-limited"] as const) await tested(tokenOf(name));
    world.tally.cut();
    const batches = world.tally.batches();
    expect(batches.flatMap(({ spent }) => spent)).toEqual([{ keyId: "t1", checks: 4, clear: { login: 1 }, excluded: { login: 1 } }]);
    expect(batches.flatMap(({ excluded }) => excluded)).toEqual([]);
    expect(batches.flatMap(({ clear }) => clear)).toEqual([]);
  });
});

/** Tokens of both modes of somebody who is excluded and of somebody who is not, and of each test person; whole, and altered as a forger could. */
describe("whatever key asks with whatever token", () => {
  const people = fc.constantFrom(EXCLUDED, CLEAR).map((n) => ({ whose: n === EXCLUDED ? "excluded" : "other", token: () => world.token(n) }));
  const persons = fc.constantFrom(...TEST_PERSONS).map((person) => ({ whose: person.answer === "excluded" ? "excluded" : "test", token: () => tokenOf(person.name) }));
  const smuggled = fc.constantFrom(EXCLUDED, CLEAR).map((n) => ({
    whose: n === EXCLUDED ? "excluded" : "other",
    token: () => {
      const body = world.keyring.sealer("1", { operator: "acme01.test", epoch: 0, kind: "msisdn", generation: 0 }).seal(personOf(n));
      return formatToken({ kind: "msisdn", epoch: 0, generation: 0, body });
    },
  }));
  const asLive = fc.constantFrom(...TEST_PERSONS).map((person) => ({
    whose: "live-sealed",
    token: () => formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: world.keyring.sealer("1", { operator: "acme01", epoch: 0, kind: "msisdn", generation: 0 }).seal(testPseudonym(person, "msisdn")) }),
  }));
  const altered = fc.record({ place: fc.nat(31), bits: fc.nat(255), kind: fc.constantFrom(...KINDS), epoch: fc.nat(1), generation: fc.nat(31), relabels: fc.boolean() });
  const asked = fc.record({ mode: fc.constantFrom("live", "test"), one: fc.oneof(people, persons, smuggled), alteration: fc.option(altered) });

  it("nobody who is excluded is ever clear, and a test key hears of nobody", { timeout: 30_000 }, async () => {
    await world.warm();
    await fc.assert(fc.asyncProperty(asked, async ({ mode, one, alteration }) => {
      const parts = parseToken(one.token())!;
      const { place = 0, bits = 0, relabels = false, ...label } = alteration ?? {};
      const token = formatToken({ ...parts, ...(relabels ? label : {}), body: parts.body.with(place, parts.body[place]! ^ bits) });
      const said = decisionOf(await world.check(token, "login", mode === "test" ? testKey() : world.key()));
      if (one.whose === "excluded") expect(said).not.toBe("clear");
      if (one.whose !== "test" && mode === "test" && one.whose !== "excluded") expect(said).toBe("token-invalid");
      if (one.whose === "test" && mode === "live") expect(said).toBe("token-invalid");
    }), { numRuns: 3_000 });
  });

  it("a test person's name under a live seal is of nobody in the table", async () => {
    await world.warm();
    await fc.assert(fc.asyncProperty(asLive, async ({ token }) => {
      expect(decisionOf(await tested(token()))).toBe("token-invalid");
    }), { numRuns: 20 });
  });
});
