import { expect, test } from "vitest";
import { canonicalize } from "../../src/bst/canonical.ts";
import { TEST_PERSONS, testPersonNamed, testPersonOf, testPseudonym } from "../../src/bst/test-persons.ts";

test("each test person is found by its identifiers as an operator writes them, and by what its tokens hold", () => {
  for (const [at, person] of TEST_PERSONS.entries()) {
    for (const [kind, written] of [["msisdn", `070000000${at + 1}`], ["national_id", `1000 000${at + 1}`]] as const) {
      const read = canonicalize(kind, written);
      expect(read.ok && testPersonNamed(read.identifier)).toBe(person);
    }
    const ps = (["msisdn", "national_id"] as const).map((kind) => testPseudonym(person, kind));
    for (const p of ps) expect([p.length, testPersonOf(p)]).toEqual([16, person]);
    expect(ps[0]).not.toEqual(ps[1]);
  }
});

test("anybody else is none", () => {
  expect(testPersonNamed({ kind: "msisdn", value: "+254700000008" })).toBeNull();
  expect(testPersonNamed({ kind: "passport", value: "10000001" })).toBeNull();
  expect(testPersonOf(new Uint8Array(16))).toBeNull();
  expect(testPersonOf(testPseudonym(TEST_PERSONS[0]!, "msisdn").with(15, 0x30))).toBeNull();
  expect(testPersonOf(testPseudonym(TEST_PERSONS[0]!, "msisdn").slice(0, 15))).toBeNull();
  expect(testPersonOf(testPseudonym(TEST_PERSONS[0]!, "passport"))).toBeNull();
});
