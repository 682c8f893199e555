import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EpochRow } from "../../../src/check/directory.ts";
import { allowanceFor, isNews, retirement, rotation } from "../../../src/domains/operators/rules.ts";
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
  const epoch = (n: number, state: EpochRow["state"]): EpochRow =>
    ({ operator: "op", epoch: n, pairKeyId: "1", rootEpoch: 3, state, until: null });

  it("puts the current epoch in grace and begins the next, of the root that is named, under the key that is named or the same", () => {
    expect(rotation([epoch(0, "retired"), epoch(1, "current")], undefined, 3, 9)).toEqual({
      ok: true, grace: { ...epoch(1, "grace"), until: 9 }, current: epoch(2, "current"),
    });
    expect(rotation([epoch(0, "current")], "2", 4, 9)).toMatchObject({ grace: { rootEpoch: 3 }, current: { pairKeyId: "2", rootEpoch: 4 } });
  });

  it("is refused while a token's number would mean two epochs", () => {
    const epochs = [...Array.from({ length: 31 }, (_, n) => epoch(n, "grace")), epoch(31, "current")];
    expect(rotation(epochs, undefined, 3, 9)).toEqual({ ok: false, refusal: "epochs-exhausted" });
    expect(rotation([epoch(0, "retired"), ...epochs.slice(1)], undefined, 3, 9)).toMatchObject({ ok: true, current: { epoch: 32 } });
  });
});

describe("a retirement", () => {
  const token = (epoch: number, generation: number) => ({ operator: "op", p: "00", epoch, generation });
  const row = (epoch: number, least: number) => ({ operator: "op", p: "00", epoch, least });

  it("covers the token and everything older, and never less than before", () => {
    expect(retirement(null, token(2, 0))).toEqual({ ok: true, row: row(2, 1) });
    expect(retirement(row(2, 1), token(2, 1))).toEqual({ ok: true, row: row(2, 2) });
    expect(retirement(row(2, 9), token(3, 0))).toEqual({ ok: true, row: row(3, 1) });
    for (const older of [token(2, 0), token(1, 20)]) expect(retirement(row(2, 1), older)).toEqual({ ok: true, row: null });
  });

  it("is refused for the last generation there is", () => {
    expect(retirement(null, token(0, 31))).toEqual({ ok: false, refusal: "generations-exhausted" });
    expect(retirement(null, token(0, 30))).toMatchObject({ row: { least: 31 } });
  });
});
