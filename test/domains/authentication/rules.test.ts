import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawCode, retryAt } from "../../../src/domains/authentication/rules.ts";
import { DAY, MINUTE } from "../../../src/kernel/clock.ts";

/** Hands out the given 32-bit numbers, one a draw. */
const numbers = (...list: number[]) => () => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, list.shift()!);
  return bytes;
};

describe("drawing a code", () => {
  it("pads with zeros and draws again where low codes would come too often", () => {
    expect(drawCode(numbers(7))).toBe("000007");
    expect(drawCode(numbers(4_293_999_999))).toBe("999999");
    expect(drawCode(numbers(4_294_000_000, 2 ** 32 - 1, 123_456))).toBe("123456");
  });
});

describe("send limits", () => {
  const now = 1_000 * DAY;

  it("allows three in fifteen minutes and eight a day", () => {
    expect(retryAt([], now)).toBeNull();
    expect(retryAt([now - 2, now - 1], now)).toBeNull();
    expect(retryAt([now - 3, now - 1, now - 2], now)).toBe(now - 3 + 15 * MINUTE);
    expect(retryAt([now - 15 * MINUTE, now - 1, now - 2], now)).toBeNull();
    const eight = Array.from({ length: 8 }, (_, at) => now - DAY + 1 + at * 2 * 60 * MINUTE);
    expect(retryAt(eight, now)).toBe(now + 1);
  });

  it("never lets more through than either limit, whenever codes are asked for", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * DAY }), { maxLength: 60 }), (asked) => {
        const sent: number[] = [];
        for (const at of asked.toSorted((a, b) => a - b)) {
          const wait = retryAt(sent, at);
          if (wait === null) sent.push(at);
          else expect(wait).toBeGreaterThan(at);
        }
        for (const at of sent) {
          expect(sent.filter((other) => other > at - 15 * MINUTE && other <= at).length).toBeLessThanOrEqual(3);
          expect(sent.filter((other) => other > at - DAY && other <= at).length).toBeLessThanOrEqual(8);
        }
      }),
    );
  });

  it("keeps its word: at the instant it names, a code goes out", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: now - DAY, max: now }), { maxLength: 8 }), (sends) => {
        const wait = retryAt(sends, now);
        if (wait !== null) expect(retryAt(sends, wait)).toBeNull();
      }),
    );
  });
});
