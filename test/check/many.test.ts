import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { batchAnswer, readBatch } from "../../src/check/batch.ts";
import type { Outcome } from "../../src/check/decide.ts";
import { itemOf, type ManyChecks } from "../../src/check/many.ts";
import { PURPOSES, readQuestion } from "../../src/check/question.ts";
import { Scrub } from "../../src/check/scrub.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  // Nothing is fetched that nobody asked for.
  world = new World(undefined, 0);
});

async function warm(): Promise<void> {
  await world.check(world.token(1));
  await world.settle();
  await world.keeper.refresh();
  world.calls = [];
}

const word = (outcome: Outcome): string => (outcome.ok ? outcome.answer.decision : outcome.problem);

const idOf = (at: number): string => `id.${at}`;

const readingsOf = (checks: unknown[]) => checks.map((check) => readQuestion(check, "login"));

const words = async (checks: unknown[], many: ManyChecks = world.many()): Promise<string[]> =>
  (await many.answer(readingsOf(checks), idOf)).map(word);

/** How many answers were noted as `clear` since the last time. */
async function clearNoted(): Promise<number> {
  world.tally.cut();
  const batches = world.tally.batches();
  world.tally.sent(batches);
  return batches.flatMap(({ clear }) => clear).reduce((sum, { count }) => sum + count, 0);
}

const people = (count: number, from = 10) => Array.from({ length: count }, (_, n) => n + from);
const asked = (...ns: number[]) => ns.map((n) => ({ token: world.token(n) }));

describe("many checks", () => {
  it("are answered from memory, good and bad beside each other and in order", async () => {
    world.exclude(1);
    await warm();
    const checks = [...asked(1, 2), { token: "BST-nonsense" }, 7, { token: world.token(2, { operator: "rival1" }) }, ...asked(1)];
    expect(await words(checks)).toEqual(["excluded", "clear", "token-invalid", "field-invalid", "token-invalid", "excluded"]);
    expect(world.calls).toEqual([]);
  });

  it("have the ids of their places", async () => {
    await warm();
    const outcomes = await world.many().answer(readingsOf(asked(1, 2)), idOf);
    expect(outcomes.map((outcome) => outcome.ok && outcome.answer.answerId)).toEqual(["id.0", "id.1"]);
  });

  it("of which a Replica must be asked are asked 256 in a call", async () => {
    for (const n of people(600)) world.exclude(n);
    await world.publish(people(600));
    await warm();
    expect(await words([...asked(...people(600)), ...asked(1)])).toEqual([...people(600).map(() => "excluded"), "clear"]);
    expect(world.calls).toEqual(["first", "first", "first"]);
  });

  it("are answered by a cold isolate, each person as it is", async () => {
    world.exclude(1);
    expect(await words(asked(2, 1, 3))).toEqual(["clear", "excluded", "clear"]);
    expect(world.calls).toEqual(["first"]);
  });

  it("say indeterminate when no Replica answers, without waiting for each part anew", async () => {
    await world.publish(people(600));
    await warm();
    world.failing = true;
    const many = world.many();
    expect(new Set(await words(asked(...people(600)), many))).toEqual(new Set(["indeterminate"]));
    expect(world.calls).toEqual(["first"]);
    world.failing = false;
    world.now += 1_000;
    expect(new Set(await words(asked(...people(3)), many))).toEqual(new Set(["clear"]));
  });

  it("say indeterminate from where the lease ends and cannot be renewed, but excluded where it is known", async () => {
    world.exclude(1);
    await warm();
    const many = world.many();
    expect(await words(asked(1, 2), many)).toEqual(["excluded", "clear"]);
    world.failing = true;
    world.now += 5_000;
    expect(await words(asked(1, 2, 3), many)).toEqual(["excluded", "indeterminate", "indeterminate"]);
  });

  it("that were decided before a long wait are not given as clear beyond the bound", async () => {
    for (const n of people(20)) world.exclude(n);
    await world.publish(people(20));
    await warm();
    const shard = world.keeper.view.set(0).shards.published;
    expect(shard).toBeGreaterThan(0);
    world.now += 4_500;
    world.latency = 300;
    await clearNoted();
    const outcomes = await world.many().answer(readingsOf(asked(2, 11)), idOf);
    expect(outcomes.map(word)).toEqual(["indeterminate", "excluded"]);
    expect(await clearNoted()).toBe(0);
  });

  it("grow as old as the wait they went through", async () => {
    for (const n of people(20)) world.exclude(n);
    await world.publish(people(20));
    await warm();
    world.latency = 300;
    const before = world.keeper.view.staleness(world.now)!;
    const [outcome] = await world.many().answer(readingsOf(asked(2, 11)), idOf);
    expect(outcome).toMatchObject({ answer: { decision: "clear", maxStalenessMs: before + 600 + 1 } });
  });

  it("that were decided before the clock was set back are not given as clear", async () => {
    for (const n of people(20)) world.exclude(n);
    await world.publish(people(20));
    await warm();
    world.latency = -300;
    expect((await words(asked(2)))).toEqual(["clear"]);
    expect((await words(asked(2, 11)))[0]).toBe("indeterminate");
  });
});

describe("a key", () => {
  it("that holds may ask, from memory and when cold; another may not", async () => {
    const stranger = world.key("sk_live_acme01_ffffffffffffffffffffffffffffffff");
    for (const ready of [async () => undefined, warm]) {
      await ready();
      expect(await world.checker.refusal(world.caller())).toBeNull();
      expect(await world.checker.refusal(world.caller(stranger))).toMatchObject({ problem: "unauthenticated" });
    }
  });

  it("is not judged when nobody can say", async () => {
    world.failing = true;
    expect(await world.checker.refusal(world.caller())).toMatchObject({ problem: "indeterminate" });
  });

  it("is judged from an expired lease only in its favour", async () => {
    await warm();
    world.failing = true;
    world.now += 5_000;
    expect(await world.checker.refusal(world.caller())).toBeNull();
    expect(await world.checker.refusal(world.caller(world.key("sk_live_acme01_ffffffffffffffffffffffffffffffff")))).toMatchObject({ problem: "indeterminate" });
  });
});

describe("a batch", () => {
  it.each([
    ["null", null, ""],
    ["an array", [], ""],
    ["no checks", {}, "/checks"],
    ["checks that are no array", { checks: {} }, "/checks"],
    ["none", { checks: [] }, "/checks"],
    ["1,001", { checks: Array(1_001).fill(null) }, "/checks"],
    ["an unknown purpose", { checks: [{}], purpose: "curiosity" }, "/purpose"],
  ])("of %s is none", (_, body, pointer) => {
    expect(readBatch(body)).toMatchObject({ ok: false, errors: [{ pointer }] });
  });

  it("gives its purpose to the checks that name none", () => {
    const body = { purpose: "marketing", checks: [{ token: "x" }, { token: "x", purpose: "payout" }, { token: "x", purpose: null }] };
    const read = readBatch(body);
    expect(read).toMatchObject({ readings: [{ question: { purpose: "marketing" } }, { question: { purpose: "payout" } }, { ok: false }] });
    expect(readBatch({ checks: [{ token: "x" }] })).toMatchObject({ readings: [{ errors: [{ pointer: "/purpose" }] }] });
  });

  it("says the worst of its answers, and where in the request a problem stands", async () => {
    for (const n of people(20)) world.exclude(n);
    await world.publish(people(20));
    await warm();
    world.exclude(3);
    const checks = [...asked(2, 11), { tokens: [world.token(2), "x"] }, { purpose: "login" }];
    const outcomes = await world.many().answer(readingsOf(checks), idOf);
    const answer = batchAnswer(outcomes, "b");
    const ages = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.answer.maxStalenessMs] : []));
    expect(new Set(ages).size).toBe(2);
    expect(answer).toMatchObject({
      answerId: "b",
      sequence: 24,
      maxStalenessMs: Math.max(...ages),
      answers: [
        { decision: "clear", kinds: ["msisdn"] },
        { decision: "excluded" },
        { type: "/problems/token-invalid", errors: [{ pointer: "/checks/2/tokens/1" }] },
        { type: "/problems/field-invalid", errors: [{ pointer: "/checks/3/token" }] },
      ],
    });
  });

  it("in which nothing was decided says so", async () => {
    expect(batchAnswer(await world.many().answer(readingsOf([7]), idOf), "b")).toMatchObject({ sequence: null, freshThrough: null, maxStalenessMs: null });
  });
});

it("whatever is asked, a batch and a scrub decide as the single check does", async () => {
  const inSet = people(30);
  for (const n of inSet) world.exclude(n);
  await world.publish(inSet);
  world.exclude(1);
  await warm();
  for (const n of inSet.slice(0, 10)) await world.check(world.token(n));
  world.now += 10_000;
  await world.settle();
  await world.keeper.refresh();
  world.latency = 0;
  const token = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 45 }).map((n) => world.token(n)) },
    fc.integer({ min: 0, max: 45 }).map((n) => world.token(n, { operator: "rival1" })),
    fc.constantFrom("", "BST-nonsense", "\u0000"),
  );
  const check = fc.oneof(
    { weight: 6, arbitrary: fc.record({ token, purpose: fc.constantFrom(...PURPOSES) }) },
    fc.record({ tokens: fc.array(token, { maxLength: 9 }), purpose: fc.constantFrom(...PURPOSES, "curiosity") }),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(check, { minLength: 1, maxLength: 12 }), async (checks) => {
      const single: Outcome[] = [];
      for (const reading of checks.map((one) => readQuestion(one))) {
        single.push(reading.ok ? await world.check(reading.question.tokens, reading.question.purpose as "login") : reading);
      }
      const batch = await world.many().answer(checks.map((one) => readQuestion(one)), idOf);
      expect(batch.map((outcome) => itemOf(outcome, ""))).toEqual(single.map((outcome) => itemOf(outcome, "")));
      const scrub = new Scrub(world.many(), { purpose: undefined, from: 1 }, "s");
      const text = (await scrub.answer(utf8(checks.map((one) => `${JSON.stringify(one)}\n`).join("")))) + (await scrub.end());
      const lines: unknown = text.trimEnd().split("\n").map((line) => JSON.parse(line) as unknown);
      expect(lines).toEqual(single.map((outcome, at) => ({
        line: at + 1, ...itemOf(outcome, ""), ...(outcome.ok && { maxStalenessMs: expect.any(Number) as number }),
      })));
    }),
    { numRuns: 300 },
  );
});
