import { aessiv } from "@noble/ciphers/aes.js";
import * as fc from "fast-check";
import { hkdfSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { KINDS, type Pseudonym } from "../../src/bst/kinds.ts";
import { Keyring } from "../../src/bst/keyring.ts";
import { parsePairKeys, prepareSealer, type SealContext } from "../../src/bst/seal.ts";
import { formatToken, parseToken } from "../../src/bst/text.ts";
import { lengthPrefixed, toBase64Url, toHex, utf8 } from "../../src/kernel/bytes.ts";

const pairKey = new Uint8Array(32).fill(7);
const context: SealContext = { operator: "acme", epoch: 1, kind: "msisdn", generation: 0 };
const pseudonym = fc.uint8Array({ minLength: 16, maxLength: 16 });
const p: Pseudonym = new Uint8Array(16).map((_, at) => at);

const contexts: fc.Arbitrary<SealContext> = fc.record({
  operator: fc.stringMatching(/^[a-z0-9]{1,20}$/),
  epoch: fc.integer({ min: 0, max: 100 }),
  kind: fc.constantFrom(...KINDS),
  generation: fc.integer({ min: 0, max: 31 }),
});

describe("a sealed pseudonym", () => {
  test("is opened in its own context", () => {
    fc.assert(
      fc.property(contexts, pseudonym, (where, person) => {
        const sealer = prepareSealer(pairKey, where);
        expect(toHex(sealer.open(sealer.seal(person))!)).toBe(toHex(person));
      }),
    );
  });

  test("is what the specification's parts make of it", () => {
    const info = lengthPrefixed(utf8("NSER BST v3 operator key"), utf8("acme"), utf8("1"));
    const key = new Uint8Array(hkdfSync("sha512", pairKey, new Uint8Array(0), info, 64));
    const associated = lengthPrefixed(utf8("3"), utf8("msisdn"), utf8("1"), utf8("0"), utf8("acme"));
    expect(toHex(prepareSealer(pairKey, context).seal(p))).toBe(toHex(aessiv(key, associated).encrypt(p)));
  });

  test.each([
    ["operator", { operator: "acmf" }],
    ["epoch", { epoch: 2 }],
    ["epoch that looks the same in a token's text", { epoch: 33 }],
    ["kind", { kind: "national_id" }],
    ["generation", { generation: 1 }],
  ] as const)("is null to another %s", (_, other) => {
    const body = prepareSealer(pairKey, context).seal(p);
    expect(prepareSealer(pairKey, { ...context, ...other }).open(body)).toBeNull();
  });

  test("is null to another pair key", () => {
    expect(prepareSealer(new Uint8Array(32).fill(8), context).open(prepareSealer(pairKey, context).seal(p))).toBeNull();
  });

  test("differs between any two contexts, so that operators cannot join their customers", () => {
    fc.assert(
      fc.property(contexts, contexts, pseudonym, (one, other, person) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const body = prepareSealer(pairKey, one).seal(person);
        expect(toHex(prepareSealer(pairKey, other).seal(person))).not.toBe(toHex(body));
        expect(prepareSealer(pairKey, other).open(body)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});

test("20,000 mutations of a token never open", () => {
  const keyring = new Keyring(new Map([["k1", pairKey]]));
  const body = keyring.sealer("k1", context).seal(p);
  const token = formatToken({ ...context, body });
  /** As the edge does it: what the text says decides which sealer opens it. */
  const open = (text: string): Pseudonym | null => {
    const parts = parseToken(text);
    return parts && keyring.sealer("k1", { ...parts, operator: "acme" }).open(parts.body);
  };
  expect(open(token)).toEqual(p);

  const position = fc.integer({ min: 0, max: token.length - 1 });
  const overwrite = fc.tuple(position, fc.string({ minLength: 1, maxLength: 4 }));
  const inText = overwrite.map(([at, text]) => (token.slice(0, at) + text + token.slice(at + text.length)).slice(0, 68));
  const swapped = fc.tuple(position, position).map(([a, b]) => swap(token, a, b));
  const flips = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 4 });
  // The checksum is right here, as a forger's would be: only the seal is left to refuse it.
  const forged = flips.map((bits) => formatToken({ ...context, body: bits.reduce(flip, body) }));
  const relabelled = contexts.map((other) => formatToken({ ...other, body }));
  fc.assert(
    fc.property(fc.oneof(inText, swapped, forged, relabelled), (text) => {
      fc.pre(text !== token);
      expect(open(text)).toBeNull();
    }),
    { numRuns: 20_000 },
  );
});

const flip = (bytes: Uint8Array, bit: number): Uint8Array => bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)));

function swap(text: string, a: number, b: number): string {
  const chars = [...text];
  [chars[a], chars[b]] = [chars[b]!, chars[a]!];
  return chars.join("");
}

describe("the keyring", () => {
  const keyring = new Keyring(new Map([["k1", pairKey], ["k2", new Uint8Array(32).fill(8)]]), 3);

  test("prepares each sealer once", () => {
    expect(keyring.sealer("k1", context)).toBe(keyring.sealer("k1", { ...context }));
    expect(keyring.sealer("k1", context)).not.toBe(keyring.sealer("k2", context));
    expect(keyring.pairKeyIds).toEqual(["k1", "k2"]);
  });

  test("keeps no more than its capacity, and still opens what it prepares anew", () => {
    const first = keyring.sealer("k1", context);
    for (let epoch = 2; epoch < 9; epoch++) keyring.sealer("k1", { ...context, epoch });
    const again = keyring.sealer("k1", context);
    expect(again).not.toBe(first);
    expect(again.open(first.seal(p))).toEqual(p);
  });

  test("throws on a pair key it was not given", () => {
    expect(() => keyring.sealer("k3", context)).toThrow(/k3/);
  });
});

describe("PAIR_KEYS", () => {
  const text = toBase64Url(pairKey);

  test("are read by their ids", () => {
    expect(parsePairKeys(JSON.stringify({ "2026a": text }))).toEqual(new Map([["2026a", pairKey]]));
  });

  test.each([
    ["are missing", undefined, /not a JSON object/],
    ["are no JSON", text, /not a JSON object/],
    ["are a list", `["${text}"]`, /not a JSON object/],
    ["are null", "null", /not a JSON object/],
    ["are none", "{}", /no key/],
    ["have an empty id", `{"":"${text}"}`, /empty id/],
    ["hold a short key", '{"a":"AAAA"}', /PAIR_KEYS\["a"\]/],
    ["hold a number", '{"a":1}', /PAIR_KEYS\["a"\]/],
    ["hold base64 of the other alphabet", `{"a":"${"+/".repeat(22)}"}`, /PAIR_KEYS\["a"\]/],
  ])("that %s are refused", (_, config, message) => {
    expect(() => parsePairKeys(config as string)).toThrow(message);
  });

  test("are refused with every problem at once, and no key quoted", () => {
    const parse = (): unknown => parsePairKeys(`{"a":"c2VjcmV0","b":"bW9yZQ","c":"${text}"}`);
    expect(parse).toThrow(/PAIR_KEYS\["a"\].*PAIR_KEYS\["b"\]/);
    expect(parse).not.toThrow(/c2VjcmV0|bW9yZQ|PAIR_KEYS\["c"\]/);
  });
});
