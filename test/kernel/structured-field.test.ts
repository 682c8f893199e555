import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInnerLists } from "../../src/kernel/structured-field.ts";

/** What a field says, with plain objects for Maps. */
function read(field: string): unknown {
  const members = parseInnerLists(field);
  return members && Object.fromEntries([...members].map(([label, { items, parameters }]) => [
    label,
    { items: items.map(({ value, parameters }) => [value, Object.fromEntries(parameters)]), ...Object.fromEntries(parameters) },
  ]));
}

describe("a dictionary of lists of strings (RFC 9651)", () => {
  it.each<[string, unknown]>([
    ["a=()", { a: { items: [] } }],
    ['sig1=("@method" "content-digest";req);created=1618884473;keyid="k;\\"1\\\\"', {
      sig1: { items: [["@method", {}], ["content-digest", { req: true }]], created: 1_618_884_473, keyid: 'k;"1\\' },
    }],
    ['  a=( "x"  "y" ) , b=("z";q=?0;q=-1)  ', { a: { items: [["x", {}], ["y", {}]] }, b: { items: [["z", { q: -1 }]] } }],
    ['a=("x");  created', { a: { items: [["x", {}]], created: true } }],
    ['a=("x"), a=("y")', { a: { items: [["y", {}]] } }],
  ])("%s is read", (field, value) => expect(read(field)).toEqual(value));

  it.each([
    "", ",", "a", "a=", "a=1", 'a="x"', "a=(x)", 'a=("x"', 'a=("x""y")', 'a=("x") b', 'a=("x"),', 'A=("x")', 'a=("x);b', 'a=("x";Q)',
    'a=("\\x")', 'a=("\t")', 'a=("é")', 'a=("x");b=', 'a=("x");b=token', 'a=("x");b=1.5', 'a=("x");b=:AA==:', 'a =("x")', 'a=("x");b="', "a=(1)",
    'a=("x");b=1234567890123456',
  ])("%s is none", (field) => expect(parseInnerLists(field)).toBeNull());

  it("never throws, whatever it is given", () => {
    const piece = fc.oneof(fc.constantFrom('"', "(", ")", ";", "=", ",", " ", "\\", "a", "?1", "12", '("x")', "a=("), fc.string({ maxLength: 3 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => void parseInnerLists(pieces.join(""))));
  });
});
