import { expect, test } from "vitest";
import { canonicalJson } from "../../src/kernel/canonical-json.ts";

test("the example of RFC 8785 §3.2.2 has the text of §3.2.3", () => {
  const value = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`);
  expect(canonicalJson(value)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],`
    + String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test("names are sorted by their UTF-16 code units, as RFC 8785 §3.2.3 has it", () => {
  const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
  expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\ud83d\ude00":5,"\ufb33":3}');
});

test("what JSON cannot carry is refused, not written as something else", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800", { "\udead": 1 }]) {
    expect(() => canonicalJson([value])).toThrow(RangeError);
  }
});
