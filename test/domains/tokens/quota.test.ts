import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leftOf, quotaOf, spend } from "../../../src/domains/tokens/guard/quota.ts";
import { TokenQuotas } from "../../../src/domains/tokens/guard/terms.ts";

const TERMS = { floor: 1_000, share: 0.1, initial: 2 };

describe("a quota", () => {
  it.each([[0, 1_000, 0], [1, 1_001, 2], [5_000_000, 501_000, 10_000_000]])("of %i customers is %i a day, and %i once", (customers, perDay, initial) => {
    expect(quotaOf(TERMS, customers)).toEqual({ perDay, initial });
  });

  it("is used up by the day first, then by the allowance for the beginning; what holds in neither is not used at all", () => {
    const quota = { perDay: 10, initial: 5 };
    expect(spend(quota, { today: 0, beyond: 0 }, 10)).toEqual({ today: 10, beyond: 0 });
    expect(spend(quota, { today: 8, beyond: 0 }, 7)).toEqual({ today: 10, beyond: 5 });
    expect(spend(quota, { today: 8, beyond: 0 }, 8)).toBeNull();
    expect(spend(quota, { today: 10, beyond: 5 }, 1)).toBeNull();
  });

  it("never lets more by than day and allowance hold, whatever is asked, also when fewer customers are declared later", () => {
    const step = fc.record({ customers: fc.integer({ min: 0, max: 500 }), count: fc.integer({ min: 1, max: 1_000 }) });
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let spent = { today: 0, beyond: 0 };
      for (const { customers, count } of steps) {
        const quota = quotaOf(TERMS, customers);
        const left = leftOf(quota, spent);
        const after = spend(quota, spent, count);
        expect(after !== null).toBe(count <= left);
        if (after) expect(after.today + after.beyond).toBe(spent.today + spent.beyond + count);
        spent = after ?? spent;
      }
    }));
  });
});

describe("the configuration of quotas", () => {
  const whole = { direct: TERMS, blind: TERMS, trade: TERMS };
  it("is read for each door, and refused when a door is missing or a number cannot be", () => {
    expect(TokenQuotas.parse(JSON.stringify(whole))).toEqual(whole);
    const { trade: _, ...lacking } = whole;
    for (const bad of ["", "x", "null", JSON.stringify(lacking), JSON.stringify({ ...whole, direct: { ...TERMS, floor: -1 } }), JSON.stringify({ ...whole, blind: { ...TERMS, share: 2 } })]) {
      expect(TokenQuotas.safeParse(bad).success).toBe(false);
    }
  });
});
