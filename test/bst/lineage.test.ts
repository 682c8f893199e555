import { expect, test } from "vitest";
import { firstOf, nameOf, newestRootOf, underRoot } from "../../src/bst/lineage.ts";

const of = (...fills: number[]): Uint8Array => Uint8Array.from(fills.flatMap((fill) => Array<number>(16).fill(fill)));

test("a lineage has a pseudonym under each root it reaches, and none beyond", () => {
  expect(newestRootOf(of(1, 2))).toBe(1);
  expect([underRoot(of(1, 2), 0), underRoot(of(1, 2), 1), underRoot(of(1, 2), 2)]).toEqual([of(1), of(2), null]);
});

test("however far two of one identifier reach, they have one name", () => {
  expect(firstOf(of(7, 8, 9))).toEqual(of(7));
  expect(nameOf(of(7, 8, 9))).toBe(nameOf(of(7)));
  expect(nameOf(of(7, 8))).not.toBe(nameOf(of(8, 7)));
});

test.each([0, 15, 17, 40])("%i bytes are no lineage, and nothing is looked up by them", (length) => {
  expect(() => underRoot(new Uint8Array(length), 0)).toThrow(RangeError);
});
