import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EvidenceBatch } from "../../src/check/evidence.ts";
import { PURPOSES } from "../../src/check/question.ts";
import { Tally } from "../../src/check/tally.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { answersRoot, keyOf, note } from "../support/answers.ts";
import { personOf, World } from "../support/world.ts";

const NOON = Date.UTC(2026, 9, 20, 9);
const MINUTE = 60_000;

/** Everything that waits, as it would be sent. */
async function drain(tally: Tally): Promise<EvidenceBatch[]> {
  tally.cut();
  const batches = tally.batches();
  tally.sent(batches);
  return batches;
}

const total = (batches: readonly EvidenceBatch[], count: (batch: EvidenceBatch) => number): number =>
  batches.reduce((sum, batch) => sum + count(batch), 0);
const clearOf = ({ clear }: EvidenceBatch): number => clear.reduce((sum, { count }) => sum + count, 0);
const droppedOf = ({ dropped }: EvidenceBatch): number => dropped;
const spentOf = ({ spent }: EvidenceBatch): number => spent.reduce((sum, { checks }) => sum + checks, 0);

describe("a tally", () => {
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.record({
      does: fc.constant("answer" as const), operator: fc.constantFrom("acme", "beta"), key: fc.nat(1), purpose: fc.constantFrom(...PURPOSES),
      found: fc.boolean(), later: fc.constantFrom(0, 10, 20_000),
    }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constantFrom("cut" as const, "send" as const, "fail" as const) }) },
  );

  it("sends what was noted, once, in the minute and the order it was answered in, whatever fails in between", async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 200, size: "max" }), async (steps) => {
      const tally = new Tally("isolate");
      const noted = new Map<string, string[]>();
      const found: string[] = [];
      const sent: EvidenceBatch[] = [];
      let [now, checks] = [NOON, 0];
      for (const step of steps) {
        if (step.does === "cut") tally.cut();
        if (step.does === "fail") tally.batches();
        if (step.does === "send") sent.push(...(await drain(tally)));
        if (step.does !== "answer") continue;
        now += step.later;
        const answerId = `a${++checks}`;
        note(tally, { key: keyOf(step.operator, `${step.operator}-${step.key}`), purpose: step.purpose, answerId, now, found: step.found ? [1] : [] });
        const minute = `${step.operator} ${Math.floor(now / MINUTE)} ${step.purpose}`;
        if (step.found) found.push(answerId);
        else noted.set(minute, [...(noted.get(minute) ?? []), answerId]);
      }
      sent.push(...(await drain(tally)));
      for (const batch of sent) {
        for (const { minute, purpose, count, root } of batch.clear) {
          const mine = noted.get(`${batch.operator} ${minute / MINUTE} ${purpose}`)!.splice(0, count);
          expect([mine.length, root]).toEqual([count, answersRoot(mine)]);
        }
      }
      expect([...noted.values()].flat()).toEqual([]);
      expect(sent.flatMap(({ excluded }) => excluded.map(({ answerId }) => answerId)).toSorted()).toEqual(found.toSorted());
      expect([total(sent, spentOf), total(sent, droppedOf)]).toEqual([checks, 0]);
      for (const [, batches] of Map.groupBy(sent, ({ operator }) => operator)) {
        expect(batches.map(({ batch }) => batch)).toEqual(batches.map((_, at) => at + 1));
      }
      expect(tally.pending).toBe(false);
    }), { numRuns: 60 });
  });

  it("names each person found by the pseudonym, under the one answer, and the hour, not the minute", async () => {
    const tally = new Tally("isolate");
    note(tally, { key: keyOf("acme"), answerId: "a", purpose: "bet", people: [1, 2, 3], found: [1, 3], now: NOON + 59 * MINUTE });
    const [batch] = await drain(tally);
    const answer = { answerId: "a", purpose: "bet", hour: NOON, rootEpoch: 0 };
    expect(batch!.excluded).toEqual([{ ...answer, p: toHex(personOf(1)) }, { ...answer, p: toHex(personOf(3)) }]);
    expect(batch!.clear).toEqual([]);
  });

  it("keeps a batch within a queue's message, and what one answer found together", async () => {
    const tally = new Tally("isolate");
    for (let n = 0; n < 1_100; n++) note(tally, { key: keyOf("acme"), answerId: crypto.randomUUID(), people: [1, 2, 3], found: [1, 2, 3], now: NOON });
    const batches = await drain(tally);
    expect(total(batches, ({ excluded }) => excluded.length)).toBe(3_300);
    expect(Math.max(...batches.map((batch) => JSON.stringify(batch).length))).toBeLessThan(128_000);
    for (const { excluded } of batches) expect(excluded.length % 3).toBe(0);
    expect(batches.map(({ batch }) => batch)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(total(batches, spentOf)).toBe(1_100);
  });

  it("drops and counts what is too much to hold, whom it found last, and goes on when there is room", async () => {
    const tally = new Tally("isolate");
    const key = keyOf("acme");
    for (let n = 0; n < 270_000; n++) note(tally, { key, answerId: `c${n}`, now: NOON });
    note(tally, { key, answerId: "found", found: [1], now: NOON });
    const first = await drain(tally);
    expect([total(first, clearOf), total(first, droppedOf), total(first, spentOf)]).toEqual([262_144, 270_000 - 262_144, 270_001]);
    expect(first.flatMap(({ excluded }) => excluded)).toHaveLength(1);
    note(tally, { key, answerId: "again", now: NOON });
    expect(await drain(tally)).toMatchObject([{ batch: 2, dropped: 0, clear: [{ count: 1 }] }]);
    for (let n = 0; n < 65_537; n++) note(tally, { key, answerId: `f${n}`, found: [1], now: NOON });
    const last = await drain(tally);
    expect([total(last, ({ excluded }) => excluded.length), total(last, droppedOf)]).toEqual([65_536, 1]);
  });

  it("counts beside what a key asked the checks that were refused for a retired token, and no other refusal", async () => {
    const tally = new Tally("isolate");
    const key = keyOf("acme");
    note(tally, { key, answerId: "a", now: NOON });
    for (const problem of ["token-retired", "token-invalid", "indeterminate", "token-retired"] as const) tally.answered(key, { ok: false, problem }, [], [], NOON);
    const [first] = await drain(tally);
    expect(first).toMatchObject({ stale: { asked: 5, retired: 2 }, spent: [{ checks: 5 }] });
    note(tally, { key, answerId: "b", now: NOON });
    expect(await drain(tally)).toMatchObject([{ stale: { asked: 1, retired: 0 }, spent: [{ checks: 1 }] }]);
  });

  it("holds far more answers once their ids are hashed", async () => {
    const tally = new Tally("isolate");
    for (let n = 0; n < 300_000; n++) {
      note(tally, { key: keyOf("acme"), answerId: "id", now: NOON });
      if (n === 150_000) tally.digest();
    }
    const [batch] = await drain(tally);
    expect([clearOf(batch!), droppedOf(batch!)]).toEqual([300_000, 0]);
    expect(batch!.clear[0]!.root).toBe(answersRoot(Array(300_000).fill("id")));
  });

  it("holds little more than numbers while the queue is away for long", async () => {
    const tally = new Tally("isolate");
    const key = keyOf("acme");
    for (let n = 0; n < 1_000; n++) {
      for (let m = 0; m < 100; m++) note(tally, { key, answerId: `c${n}-${m}`, now: NOON + n * 7_000 });
      tally.cut();
      tally.batches();
    }
    for (let n = 0; n < 10; n++) note(tally, { key, answerId: `late${n}`, found: n === 0 ? [1] : [], now: NOON + 8_000_000 + n * MINUTE });
    const before = await drain(tally);
    const after = await drain(tally);
    expect([total(before, clearOf), total(before, droppedOf)]).toEqual([100_000, 0]);
    expect(after).toMatchObject([{ clear: [], dropped: 9, excluded: [{ answerId: "late0" }], spent: [{ checks: 10 }] }]);
  });
});

describe("a checker", () => {
  it("notes every check under a key that holds, from memory or asked, and none under another", async () => {
    const world = new World();
    world.exclude(1);
    await world.check(world.token(2));
    await world.settle();
    await world.keeper.refresh();
    await world.check([world.token(1), world.token(2)], "payout");
    await world.check("nonsense");
    await world.check(world.token(2), "login", world.key("sk_live_acme01_ffffffffffffffffffffffffffffffff"));
    expect(await drain(world.tally)).toMatchObject([
      { operator: "acme01", clear: [{ purpose: "login", count: 1 }], excluded: [{ purpose: "payout", p: toHex(personOf(1)) }], spent: [{ keyId: "k1", checks: 3 }] },
    ]);
  });
});
