import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EpochRow } from "../../../src/check/directory.ts";
import { allowanceFor, isNews, rotation } from "../../../src/domains/operators/rules.ts";
import type { ActOnToken, TokenStep } from "../../../src/domains/operators/rpc.ts";
import { actOn } from "../../../src/domains/operators/token-acts/rules.ts";
import { DAY, HOUR, SECOND } from "../../../src/kernel/clock.ts";

const NOON = Date.UTC(2026, 9, 2, 9);
const MIDNIGHT = NOON + 12 * HOUR;

describe("an allowance", () => {
  const limits = fc.record({ keyId: fc.constant("k"), perSecond: fc.integer({ min: 1, max: 100_000 }), perDay: fc.integer({ min: 1, max: 1e9 }) });
  const moment = fc.integer({ min: NOON, max: NOON + 3 * DAY });

  it("never lets a key ask faster than its own pace, nor more than is left of its day once it is throttled", () => {
    fc.assert(fc.property(limits, fc.double({ min: 0, max: 2, noNaN: true }), moment, (key, part, now) => {
      const used = Math.floor(key.perDay * part);
      const { perSecond, until } = allowanceFor(key, used, now);
      expect(until).toBeGreaterThan(now);
      expect(until - now).toBeLessThanOrEqual(DAY);
      expect(perSecond).toBeLessThanOrEqual(key.perSecond);
      if (used >= key.perDay) expect(perSecond).toBe(0);
      else if (used < key.perDay * 0.9) expect(perSecond).toBe(key.perSecond);
      else {
        const lasts = (perSecond * (until - now)) / SECOND;
        expect(lasts).toBeLessThanOrEqual((key.perDay - used) * (1 + 1e-9));
        if (perSecond < key.perSecond) expect(lasts).toBeGreaterThan(((key.perDay - used) / 2) * (1 - 1e-9));
      }
    }));
  });

  it("never grows with what was used at one moment", () => {
    fc.assert(fc.property(limits, fc.nat(1e9), fc.nat(1e9), moment, (key, one, more, now) => {
      expect(allowanceFor(key, one + more, now).perSecond).toBeLessThanOrEqual(allowanceFor(key, one, now).perSecond);
    }));
  });

  it("is news only when it changes the pace in force", () => {
    const standing = { keyId: "k", perSecond: 0, until: MIDNIGHT };
    const full = { keyId: "k", perSecond: 50, until: MIDNIGHT };
    expect([isNews(full, null, 50, NOON), isNews(full, standing, 50, NOON), isNews(full, standing, 50, MIDNIGHT)]).toEqual([false, true, false]);
    expect([isNews(standing, standing, 50, NOON), isNews(standing, full, 50, NOON), isNews(standing, null, 50, NOON)]).toEqual([false, true, true]);
  });
});

describe("a rotation", () => {
  const epoch = (n: number, state: EpochRow["state"], until: number | null = null): EpochRow =>
    ({ operator: "op", epoch: n, pairKeyId: "1", rootEpoch: 3, state, until });
  const plain = { pairKeyId: undefined, rootEpoch: 3, until: 9, shortens: false };

  it("puts the current epoch in grace and begins the next, of the root that is named, under the key that is named or the same", () => {
    expect(rotation([epoch(0, "retired"), epoch(1, "current")], plain, 5)).toEqual({
      ok: true, past: [epoch(1, "grace", 9)], current: epoch(2, "current"),
    });
    expect(rotation([epoch(0, "current")], { ...plain, pairKeyId: "2", rootEpoch: 4 }, 5)).toMatchObject({ past: [{ rootEpoch: 3 }], current: { pairKeyId: "2", rootEpoch: 4 } });
  });

  it("is refused while a token's number would mean two epochs", () => {
    const epochs = [...Array.from({ length: 31 }, (_, n) => epoch(n, "grace", 20)), epoch(31, "current")];
    expect(rotation(epochs, plain, 5)).toEqual({ ok: false, refusal: "epochs-exhausted" });
    expect(rotation([epoch(0, "retired"), ...epochs.slice(1)], plain, 5)).toMatchObject({ ok: true, current: { epoch: 32 } });
    expect(rotation(epochs, { ...plain, until: 5, shortens: true }, 5)).toMatchObject({ ok: true, current: { epoch: 32 } });
  });

  it("that shortens leaves no older epoch longer than its own, and lengthens none", () => {
    const epochs = [epoch(0, "retired", 1), epoch(1, "grace", 7), epoch(2, "grace", 20), epoch(3, "current")];
    expect(rotation(epochs, { ...plain, shortens: true }, 5)).toMatchObject({ past: [epoch(3, "grace", 9), epoch(2, "grace", 9)] });
    expect(rotation(epochs, plain, 5)).toMatchObject({ past: [epoch(3, "grace", 9)] });
    expect(rotation(epochs, { ...plain, until: 5, shortens: true }, 5)).toMatchObject({
      past: [epoch(3, "retired", 5), epoch(1, "retired", 5), epoch(2, "retired", 5)], current: epoch(4, "current"),
    });
  });
});

describe("an act on a token", () => {
  const current = { state: "current" } as const;
  const grace = { state: "grace" } as const;
  const token = (epoch: number, generation: number, act: ActOnToken = "deactivated") => ({ operator: "op", p: "00", act, epoch, generation });
  const row = (epoch: number, least: number) => ({ operator: "op", p: "00", epoch, least });
  const step = (act: ActOnToken, epoch: number, generation: number): TokenStep =>
    ({ at: 1, act, epoch, generation, leastEpoch: epoch, leastGeneration: generation + 1, reason: null, actor: null });

  it("covers the token and everything older, and never less than before", () => {
    expect(actOn(token(2, 0), current, null, [])).toEqual({ ok: true, kept: true, row: row(2, 1) });
    expect(actOn(token(2, 1), current, row(2, 1), [])).toEqual({ ok: true, kept: true, row: row(2, 2) });
    expect(actOn(token(3, 0), current, row(2, 9), [])).toEqual({ ok: true, kept: true, row: row(3, 1) });
    for (const older of [token(2, 0), token(1, 20)]) expect(actOn(older, grace, row(2, 1), [])).toEqual({ ok: true, kept: false, row: null });
  });

  it("is refused for the last generation of the current epoch, and retires all of one in grace", () => {
    expect(actOn(token(0, 31, "rotated"), current, null, [])).toEqual({ ok: false, refusal: "generations-exhausted" });
    expect(actOn(token(0, 30), current, null, [])).toMatchObject({ row: { least: 31 } });
    expect(actOn(token(0, 31), grace, null, [])).toEqual({ ok: true, kept: true, row: row(1, 0) });
    expect(actOn(token(0, 0), { state: "retired" }, null, [])).toEqual({ ok: false, refusal: "token-retired" });
  });

  it("that is repeated does nothing, and replaces what was rotated or compromised, not what was deactivated since", () => {
    const nothing = { ok: true, kept: false, row: null };
    const retired = { ok: false, refusal: "token-retired" };
    expect(actOn(token(2, 0, "rotated"), current, row(2, 1), [step("rotated", 2, 0)])).toEqual(nothing);
    expect(actOn(token(2, 0, "rotated"), current, row(2, 2), [step("rotated", 2, 0), step("compromised", 2, 1)])).toEqual(nothing);
    expect(actOn(token(2, 0, "rotated"), current, row(2, 1), [step("deactivated", 2, 0)])).toEqual(retired);
    expect(actOn(token(2, 0, "rotated"), current, row(2, 2), [step("rotated", 2, 0), step("deactivated", 2, 1)])).toEqual(retired);
    expect(actOn(token(2, 1, "rotated"), current, row(2, 2), [step("deactivated", 2, 0), step("rotated", 2, 1)])).toEqual(nothing);
    expect(actOn(token(2, 0, "rotated"), current, row(2, 1), [])).toEqual(retired);
  });

  it("notes once that a token retired before was compromised", () => {
    const rotated = [step("rotated", 2, 0)];
    expect(actOn(token(2, 0, "compromised"), current, row(2, 1), rotated)).toEqual({ ok: true, kept: true, row: null });
    expect(actOn(token(2, 0, "compromised"), current, row(2, 1), [...rotated, step("compromised", 2, 0)])).toEqual({ ok: true, kept: false, row: null });
    expect(actOn(token(2, 0, "compromised"), current, row(2, 2), [...rotated, step("compromised", 2, 1)])).toMatchObject({ kept: true, row: null });
    expect(actOn(token(2, 0, "compromised"), current, row(2, 1), [step("deactivated", 2, 0)])).toEqual({ ok: false, refusal: "token-retired" });
  });
});
