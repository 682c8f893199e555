import { describe, expect, test } from "vitest";
import { advanced, lineageFrom, lineageOf } from "../../src/bst/pseudonym.ts";
import { fromHex } from "../../src/kernel/bytes.ts";
import { advance, evaluate, EvaluationLimitExceeded, type EvaluationPorts } from "../../workers/tokenizer/evaluate.ts";
import { evaluateBlinded, lineages } from "../../workers/tokenizer/blind.ts";
import { random } from "../../src/objects/shell.ts";
import { RFC9497_VOPRF } from "./vectors.ts";

/** A tokenizer that is allowed so many charges, with what it noted. */
function tokenizer(allowance: number) {
  const noted = { charges: 0, alarms: [] as object[] };
  const ports: EvaluationPorts = {
    keys: { oprfKey: fromHex(RFC9497_VOPRF.secretKey), rootKeys: [new Uint8Array(32).fill(1)] },
    limiter: { limit: () => Promise.resolve({ success: ++noted.charges <= allowance }) },
    alarm: (refused) => noted.alarms.push(refused),
  };
  return { noted, ports, ask: (input: unknown) => evaluate(input, ports) };
}

const phone = (at: number): object => ({ kind: "msisdn", value: `+2547${String(at).padStart(8, "0")}` });
const phones = (count: number): object[] => Array.from({ length: count }, (_, at) => phone(at));

describe("the tokenizer", () => {
  test("answers in the order asked", async () => {
    const { ask, noted, ports } = tokenizer(1);
    const asked = [{ kind: "national_id", value: "12345678" }, { kind: "msisdn", value: "+254712345678" }] as const;
    expect(await ask(asked)).toEqual(asked.map((identifier) => ({ rootEpoch: 0, p: lineageOf(ports.keys, identifier) })));
    expect(noted).toEqual({ charges: 1, alarms: [] });
  });

  test("answers nothing for nothing", async () => expect(await tokenizer(0).ask([])).toEqual([]));

  test("is charged for each ten identifiers begun", async () => {
    const { ask, noted } = tokenizer(10);
    expect(await ask(phones(11))).toHaveLength(11);
    expect(noted.charges).toBe(2);
  });

  test("beyond its limit answers for none, and alarms with a number only", async () => {
    const { ask, noted } = tokenizer(1);
    const refused = ask(phones(11));
    await expect(refused).rejects.toThrow(EvaluationLimitExceeded);
    await expect(refused).rejects.toMatchObject({ name: "EvaluationLimitExceeded", message: /EvaluationLimitExceeded/ });
    expect(noted.alarms).toEqual([{ identifiers: 11 }]);
  });

  test("takes at most 1,000 identifiers", async () => {
    const { ask, noted } = tokenizer(1_000);
    await expect(ask(phones(1_001))).rejects.toThrow(RangeError);
    expect(noted.charges).toBe(0);
  });

  test.each([
    ["no list", { kind: "msisdn", value: "+254712345678" }],
    ["nothing", undefined],
    ["a list of nothing", [null]],
    ["a text", ["+254712345678"]],
    ["an unknown kind", [{ kind: "email", value: "a@b" }]],
    ["a kind that every object has", [{ kind: "constructor", value: "1" }]],
    ["a value that is no text", [{ kind: "msisdn", value: 254712345678 }]],
    ["a writing that is not canonical", [{ kind: "msisdn", value: "0712345678" }]],
    ["a hole", [phone(1), , phone(2)]], // eslint-disable-line no-sparse-arrays
  ])("refuses %s, uncharged and without quoting it", async (_, input) => {
    const { ask, noted } = tokenizer(10);
    const refused = ask(input);
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.not.toThrow(/254|0712|a@b/);
    expect(noted.charges).toBe(0);
  });

  describe("carrying pseudonyms on", () => {
    const one = new Uint8Array(16).fill(5);

    /** One that holds three roots. */
    function holding(allowance: number) {
      const made = tokenizer(allowance);
      const ports = { ...made.ports, keys: { ...made.ports.keys, rootKeys: [1, 2, 3].map((fill) => new Uint8Array(32).fill(fill)) } };
      return { ...made, ports, ask: (rootEpoch: unknown, ps: unknown) => advance(rootEpoch, ps, ports) };
    }

    test("answers those under every newer root, charged for by itself", async () => {
      const { ask, ports, noted } = holding(1);
      expect(await ask(0, [one])).toEqual({ rootEpoch: 2, newer: [advanced(ports.keys, 0, one)] });
      expect((await holding(1).ask(2, [one])).newer[0]).toHaveLength(0);
      expect(noted.charges).toBe(1);
    });

    test("beyond its limit answers for none", async () => {
      const { ask, noted } = holding(0);
      await expect(ask(0, [one])).rejects.toThrow(EvaluationLimitExceeded);
      expect(noted.alarms).toEqual([{ identifiers: 1 }]);
    });

    test.each([
      ["a root that is not there", 3, [one]], ["a root before the first", -1, [one]], ["no number", "0", [one]],
      ["a pseudonym cut short", 0, [one.slice(1)]], ["a lineage of two", 0, [new Uint8Array(32)]], ["no list", 0, one], ["too many", 0, Array(1_001).fill(one)],
    ])("refuses %s, uncharged", async (_, rootEpoch, ps) => {
      const { ask, noted } = holding(10);
      await expect(ask(rootEpoch, ps)).rejects.toThrow(/root epoch|not a pseudonym|list|at most/);
      expect(noted.charges).toBe(0);
    });
  });

  describe("for who does not show identifiers", () => {
    const [first, second] = RFC9497_VOPRF.batch.blinded.map(fromHex) as [Uint8Array, Uint8Array];
    const blindly = (allowance: number) => {
      const made = tokenizer(allowance);
      return { ...made, evaluate: (input: unknown) => evaluateBlinded(input, made.ports, random), trade: (input: unknown) => lineages(input, made.ports) };
    };

    test("is charged for each eight elements begun, those that are none too", async () => {
      const { evaluate, noted } = blindly(10);
      expect(await evaluate(Array(9).fill(first))).toMatchObject({ ok: true });
      expect(noted.charges).toBe(2);
      expect(await evaluate([first, new Uint8Array(32)])).toEqual({ ok: false, refused: [1] });
      expect(noted.charges).toBe(3);
    });

    test("beyond its limit evaluates none, and alarms with a number only", async () => {
      const { evaluate, trade, noted } = blindly(0);
      await expect(evaluate([first, second])).rejects.toThrow(EvaluationLimitExceeded);
      await expect(trade([new Uint8Array(64)])).rejects.toThrow(EvaluationLimitExceeded);
      expect(noted.alarms).toEqual([{ identifiers: 2 }, { identifiers: 1 }]);
    });

    test("begins lineages with outputs, in order", async () => {
      const { trade, ports } = blindly(1);
      const outputs = [1, 2].map((fill) => new Uint8Array(64).fill(fill));
      expect(await trade(outputs)).toEqual(outputs.map((output) => lineageFrom(ports.keys, output)));
    });

    test.each([
      ["no list", first], ["an element cut short", [first, first.slice(1)]], ["an output", [new Uint8Array(64)]], ["a text", ["x"]], ["a hole", [first, , second]], // eslint-disable-line no-sparse-arrays
      ["too many", Array(1_001).fill(first)],
    ])("refuses %s, uncharged", async (_, input) => {
      const { evaluate, noted } = blindly(10);
      await expect(evaluate(input)).rejects.toThrow(/not an element|list|at most/);
      expect(noted.charges).toBe(0);
    });

    test.each([["a short output", [new Uint8Array(63)]], ["an element", [first]], ["a pseudonym", [new Uint8Array(16)]], ["too many", Array.from({ length: 1_001 }, () => new Uint8Array(64))]])(
      "trades no %s, uncharged",
      async (_, input) => {
        const { trade, noted } = blindly(10);
        await expect(trade(input)).rejects.toThrow(/not an output|at most/);
        expect(noted.charges).toBe(0);
      },
    );
  });
});
