import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalBytes } from "../../src/bst/canonical.ts";
import type { CanonicalIdentifier } from "../../src/bst/kinds.ts";
import { type IdentityKeys, advanced, lineageFrom, lineageOf, nextPseudonym, parseIdentityKeys } from "../../src/bst/pseudonym.ts";
import { underRoot } from "../../src/bst/lineage.ts";
import { fromHex, toBase64Url, toHex } from "../../src/kernel/bytes.ts";
import { RFC4231, RFC9497_VOPRF } from "./vectors.ts";

const { voprf } = ristretto255_oprf;
const secretKey = fromHex(RFC9497_VOPRF.secretKey);
const publicKey = fromHex(RFC9497_VOPRF.publicKey);

/** The library draws 48 bytes and maps them to 1 … order − 1; these come out as the vector's scalar. */
const drawing = (scalar: string) => () => {
  const drawn = new Uint8Array(48);
  drawn.set(fromHex(scalar));
  drawn[0]! -= 1;
  return drawn;
};

describe("RFC 9497, ristretto255-SHA512, VOPRF mode", () => {
  test("the key pair", () => {
    const pair = voprf.deriveKeyPair(RFC9497_VOPRF.seed, RFC9497_VOPRF.keyInfo);
    expect([toHex(pair.secretKey), toHex(pair.publicKey)]).toEqual([RFC9497_VOPRF.secretKey, RFC9497_VOPRF.publicKey]);
  });

  test.each(RFC9497_VOPRF.cases)("input $input", (vector) => {
    const input = fromHex(vector.input);
    const { blind, blinded } = voprf.blind(input, drawing(RFC9497_VOPRF.blind));
    expect([toHex(blind), toHex(blinded)]).toEqual([RFC9497_VOPRF.blind, vector.blinded]);
    const { evaluated, proof } = voprf.blindEvaluate(secretKey, publicKey, blinded, drawing(RFC9497_VOPRF.proofRandomScalar));
    expect([toHex(evaluated), toHex(proof)]).toEqual([vector.evaluated, vector.proof]);
    expect(toHex(voprf.finalize(input, blind, evaluated, blinded, publicKey, proof))).toBe(vector.output);
  });
});

test.each(RFC4231)("a link of the chain is RFC 4231's HMAC-SHA-512 of $data, cut to 16 bytes", ({ key, data, mac }) => {
  expect(toHex(nextPseudonym(fromHex(data), fromHex(key)))).toBe(mac.slice(0, 32));
});

describe("a pseudonym", () => {
  const rootKeys = [1, 2, 3].map((fill) => new Uint8Array(32).fill(fill));
  const keys: IdentityKeys = { oprfKey: secretKey, rootKeys };
  const phone: CanonicalIdentifier = { kind: "msisdn", value: "+254712345678" };
  const hmac = (key: Uint8Array, input: Uint8Array): Buffer => createHmac("sha512", key).update(input).digest().subarray(0, 16);

  /** What a client that never shows the identifier ends up with. */
  function blindly(identifier: CanonicalIdentifier): Uint8Array {
    const input = canonicalBytes(identifier);
    const { blind, blinded } = voprf.blind(input);
    const { evaluated, proof } = voprf.blindEvaluate(secretKey, publicKey, blinded);
    return voprf.finalize(input, blind, evaluated, blinded, publicKey, proof);
  }

  test("is the blind evaluation's output, through every root in turn", () => {
    const [first, second, third] = [hmac(rootKeys[0]!, blindly(phone))].flatMap((p0) => {
      const p1 = hmac(rootKeys[1]!, p0);
      return [p0, p1, hmac(rootKeys[2]!, p1)];
    });
    const lineage = lineageOf(keys, phone);
    expect(toHex(lineage)).toBe(toHex(Buffer.concat([first!, second!, third!])));
    expect([0, 1, 2].map((epoch) => toHex(underRoot(lineage, epoch)!))).toEqual([first, second, third].map((p) => toHex(p!)));
    expect(lineageFrom(keys, blindly(phone))).toEqual(lineage);
  });

  test("of a new root follows from the one before it, without the identifier", () => {
    const before = lineageOf({ ...keys, rootKeys: rootKeys.slice(0, 1) }, phone);
    expect(toHex(before) + toHex(advanced(keys, 0, before))).toBe(toHex(lineageOf(keys, phone)));
    expect(advanced(keys, 2, underRoot(lineageOf(keys, phone), 2)!)).toHaveLength(0);
  });

  test("differs by kind, value, scalar and root", () => {
    const otherKey = voprf.deriveKeyPair(new Uint8Array(32), new Uint8Array(0)).secretKey;
    const all = [
      lineageOf(keys, phone),
      lineageOf(keys, { kind: "msisdn", value: "+254712345679" }),
      lineageOf(keys, { kind: "national_id", value: "12345678" }),
      lineageOf(keys, { kind: "alien_id", value: "12345678" }),
      lineageOf({ ...keys, oprfKey: otherKey }, phone),
      lineageOf({ ...keys, rootKeys: rootKeys.toReversed() }, phone),
    ];
    expect(new Set(all.map((lineage) => toHex(lineage))).size).toBe(all.length);
  });
});

describe("the identity keys' configuration", () => {
  const OPRF_KEY = RFC9497_VOPRF.secretKey;
  const root = toBase64Url(new Uint8Array(32).fill(9));
  const ORDER = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

  test("is read", () => {
    const keys = parseIdentityKeys({ OPRF_KEY, ROOT_KEYS: JSON.stringify([root, root]) });
    expect(toHex(keys.oprfKey)).toBe(OPRF_KEY);
    expect(keys.rootKeys).toEqual([new Uint8Array(32).fill(9), new Uint8Array(32).fill(9)]);
  });

  test.each([
    ["a scalar that is none", { OPRF_KEY: "xyz" }, /OPRF_KEY/],
    ["a scalar of 31 bytes", { OPRF_KEY: OPRF_KEY.slice(2) }, /OPRF_KEY/],
    ["the scalar zero", { OPRF_KEY: "00".repeat(32) }, /OPRF_KEY/],
    ["the group's order", { OPRF_KEY: ORDER }, /OPRF_KEY/],
    ["no scalar", { OPRF_KEY: undefined }, /OPRF_KEY/],
    ["no roots", { ROOT_KEYS: undefined }, /ROOT_KEYS/],
    ["an empty list of roots", { ROOT_KEYS: "[]" }, /ROOT_KEYS/],
    ["roots that are no list", { ROOT_KEYS: `{"0":"${root}"}` }, /ROOT_KEYS/],
    ["a short root", { ROOT_KEYS: JSON.stringify([root, "AAAA"]) }, /ROOT_KEYS\[1\]/],
    ["a root that is a number", { ROOT_KEYS: "[7]" }, /ROOT_KEYS\[0\]/],
  ])("with %s is refused", (_, wrong, message) => {
    const config = { OPRF_KEY, ROOT_KEYS: JSON.stringify([root]), ...wrong } as { OPRF_KEY: string; ROOT_KEYS: string };
    expect(() => parseIdentityKeys(config)).toThrow(message);
  });

  test("names every problem at once and quotes no key", () => {
    const parse = (): unknown => parseIdentityKeys({ OPRF_KEY: "c0ffee", ROOT_KEYS: '["c2VjcmV0","bW9yZQ"]' });
    expect(parse).toThrow(/OPRF_KEY.*ROOT_KEYS\[0\].*ROOT_KEYS\[1\]/);
    expect(parse).not.toThrow(/c0ffee|c2VjcmV0|bW9yZQ/);
    expect(() => parseIdentityKeys({ OPRF_KEY, ROOT_KEYS: root })).not.toThrow(new RegExp(root.slice(0, 6)));
  });
});
