import { expect, test } from "vitest";
import { canonicalize } from "../../src/bst/canonical.ts";
import { TEST_PERSONS, testPersonNamed, testPersonOf, testPseudonym } from "../../src/bst/test-persons.ts";

test("each test person is found by its identifiers as an operator writes them, and by what its tokens hold", () => {
  for (const [at, person] of TEST_PERSONS.entries()) {
    for (const [kind, written] of [["msisdn", `070000000${at + 1}`], ["national_id", `1000 000${at + 1}`]] as const) {
      const read = canonicalize(kind, written);
      expect(read.ok && testPersonNamed(read.identifier)).toBe(person);
    }
    expect(testPseudonym(person)).toHaveLength(16);
    expect(testPersonOf(testPseudonym(person))).toBe(person);
  }
});

test("anybody else is none", () => {
  expect(testPersonNamed({ kind: "msisdn", value: "+254700000008" })).toBeNull();
  expect(testPersonNamed({ kind: "passport", value: "10000001" })).toBeNull();
  expect(testPersonOf(new Uint8Array(16))).toBeNull();
  expect(testPersonOf(testPseudonym(TEST_PERSONS[0]!).with(15, 0x30))).toBeNull();
  expect(testPersonOf(testPseudonym(TEST_PERSONS[0]!).slice(0, 15))).toBeNull();
});
