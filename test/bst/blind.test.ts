import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { evaluateElements, publicKeyOf } from "../../src/bst/blind.ts";
import { fromHex, toHex } from "../../src/kernel/bytes.ts";
import { random } from "../../src/objects/shell.ts";
import { IDENTITY_KEYS, NO_ELEMENTS } from "../support/blind.ts";
import { RFC9497_VOPRF } from "./vectors.ts";

const { voprf } = ristretto255_oprf;
const { batch, cases } = RFC9497_VOPRF;

/** The library draws 48 bytes and maps them to 1 … order − 1; these come out as the vector's scalar. */
const drawing = (scalar: string) => () => {
  const drawn = new Uint8Array(48);
  drawn.set(fromHex(scalar));
  drawn[0]! -= 1;
  return drawn;
};

const elements = batch.blinded.map(fromHex);

describe("RFC 9497, ristretto255-SHA512, VOPRF mode, a batch of two", () => {
  test("is evaluated with the vector's one proof", () => {
    const evaluation = evaluateElements(IDENTITY_KEYS, elements, drawing(batch.proofRandomScalar));
    expect(evaluation).toEqual({ ok: true, evaluated: batch.evaluated.map(fromHex), proof: fromHex(batch.proof) });
    expect(toHex(publicKeyOf(IDENTITY_KEYS))).toBe(RFC9497_VOPRF.publicKey);
  });

  test("is blinded and finalized to the vector's outputs", () => {
    const hidden = cases.map(({ input }, at) => ({ input: fromHex(input), ...voprf.blind(fromHex(input), drawing(batch.blinds[at]!)) }));
    expect(hidden.map(({ blinded }) => toHex(blinded))).toEqual(batch.blinded);
    const items = hidden.map((one, at) => ({ ...one, evaluated: fromHex(batch.evaluated[at]!) }));
    const outputs = voprf.finalizeBatch(items, fromHex(RFC9497_VOPRF.publicKey), fromHex(batch.proof));
    expect(outputs.map(toHex)).toEqual(cases.map(({ output }) => output));
  });

  test("with one input is the vectors of one", () => {
    for (const { blinded, evaluated, proof } of cases) {
      const evaluation = evaluateElements(IDENTITY_KEYS, [fromHex(blinded)], drawing(RFC9497_VOPRF.proofRandomScalar));
      expect(evaluation).toEqual({ ok: true, evaluated: [fromHex(evaluated)], proof: fromHex(proof) });
    }
  });
});

describe("what is no element", () => {
  test.each(NO_ELEMENTS)("is refused: %s", (_, encoding) => {
    expect(evaluateElements(IDENTITY_KEYS, [elements[0]!, fromHex(encoding), elements[1]!], random)).toEqual({ ok: false, refused: [1] });
  });

  test("is named wherever it stands", () => {
    const none = NO_ELEMENTS.map(([, encoding]) => fromHex(encoding));
    expect(evaluateElements(IDENTITY_KEYS, [...none, elements[0]!, none[0]!], random)).toEqual({ ok: false, refused: [...none.keys(), none.length + 1] });
  });

  test.each([0, 31, 33, 64])("is refused: %i bytes", (length) => {
    expect(evaluateElements(IDENTITY_KEYS, [new Uint8Array(length).fill(2)], random)).toEqual({ ok: false, refused: [0] });
  });
});

test("an element sent twice, in a batch or again, is evaluated alike; a proof is of its own each time", () => {
  const [twice, again] = [[elements[0]!, elements[0]!], [elements[0]!]].map((some) => evaluateElements(IDENTITY_KEYS, some, random)) as
    [Extract<ReturnType<typeof evaluateElements>, { ok: true }>, Extract<ReturnType<typeof evaluateElements>, { ok: true }>];
  expect(twice.evaluated).toEqual([...again.evaluated, ...again.evaluated]);
  expect(evaluateElements(IDENTITY_KEYS, [elements[0]!], random)).not.toEqual(again);
});
