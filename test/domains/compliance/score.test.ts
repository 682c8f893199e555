import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, namesIn } from "../../../src/domains/compliance/standing/expression.ts";
import { findingsOf, FORMULA_NAMES, type FormulaName, FORMULAS, valueAgain } from "../../../src/domains/compliance/standing/formulas.ts";
import { type Evidence, type Finding, type Input, INPUTS, type Inputs } from "../../../src/domains/compliance/standing/model.ts";
import { bandOf, scoreOf } from "../../../src/domains/compliance/standing/score.ts";

const NOTHING = Object.fromEntries(INPUTS.map((name) => [name, null])) as Inputs;
const LOSS = { batchesLost: 0, answersDropped: 0, daysUnknown: 0 };
const evidence = (some: Partial<Inputs>): Evidence => ({ inputs: { ...NOTHING, ...some }, loss: LOSS });
const valueOf = (name: FormulaName, some: Partial<Inputs>): number | null => findingsOf(evidence(some)).find((one) => one.name === name)!.value;

describe("an expression", () => {
  const values = { a: 2, b: 3, zero: 0, nobody: null };

  it.each([
    ["1 + a * b", 7], ["(1 + a) * b", 9], ["a - b - 1", -2], ["12 / a / b", 2], ["min(a, max(b, 5))", 2], ["1.5 * a", 3], [" a ", 2],
    ["a / zero", null], ["zero / zero", null], ["nobody + 1", null], ["min(1, nobody)", null], ["0 * nobody", null], ["zero / a", 0],
  ])("%s is %s", (code, value) => expect(evaluate(code, values)).toBe(value));

  it.each(["", "a +", "a b", "(a", "a)", "min(a)", "min a, b", "other", "a ** b", "a; b", "2a", "constructor", "__proto__", "toString(a, b)", "-a", "a % b", "\u0000"])(
    "%j is none", (code) => expect(() => evaluate(code, values)).toThrow(RangeError),
  );

  it("is read by JavaScript alike", () => {
    const leaf = fc.constantFrom("a", "b", "1", "0.5", "7");
    const { code } = fc.letrec<{ code: string }>((tie) => ({
      code: fc.oneof({ depthSize: "small" }, leaf, fc.tuple(tie("code"), fc.constantFrom("+", "-", "*", "/"), tie("code")).map(([x, act, y]) => `${x} ${act} ${y}`),
        tie("code").map((x) => `(${x})`), fc.tuple(fc.constantFrom("min", "max"), tie("code"), tie("code")).map(([f, x, y]) => `${f}(${x}, ${y})`)),
    }));
    fc.assert(fc.property(code, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (text, a, b) => {
      // eslint-disable-next-line no-new-func
      const theirs = new Function("min", "max", "a", "b", `return ${text}`)(Math.min, Math.max, a, b) as number;
      const ours = evaluate(text, { a, b });
      // What JavaScript divides by nothing on the way it may still give a number for; here nobody knows it.
      if (ours !== null) expect(ours).toBe(theirs);
      else expect(text).toContain("/");
    }));
  });
});

describe("a formula", () => {
  it.each<[FormulaName, Partial<Inputs>, number | null]>([
    ["stopped-early", {}, null], ["stopped-early", { found: 0, foundAtPlay: 0 }, null], ["stopped-early", { found: 8, foundAtPlay: 0 }, 1],
    ["stopped-early", { found: 8, foundAtPlay: 2 }, 0.75], ["stopped-early", { found: 3, foundAtPlay: 3 }, 0],
    ["play-checks", { loginChecks: 100 }, null], ["play-checks", { playChecks: 100 }, null], ["play-checks", { loginChecks: 100, playChecks: 10 }, 0.4],
    ["play-checks", { loginChecks: 100, playChecks: 25 }, 1], ["play-checks", { loginChecks: 100, playChecks: 900 }, 1],
    ["current-tokens", { checksAsked: 0, retiredTokenChecks: 0 }, null], ["current-tokens", { checksAsked: 10, retiredTokenChecks: 0 }, 1], ["current-tokens", { checksAsked: 10, retiredTokenChecks: 10 }, 0],
    ["received-in-time", { events: 0, receivedLate: 0 }, null], ["received-in-time", { events: 5 }, null], ["received-in-time", { events: 4, receivedLate: 1 }, 0.75],
    ["handled-in-time", { events: 4, handledLate: 4 }, 0], ["handled-in-time", { events: 4, handledLate: 9 }, 0], ["handled-in-time", { handledLate: 0 }, null],
    ["sessions-ended", { sessionsEnded: 0, sessionsEndedLate: 0 }, null], ["sessions-ended", { sessionsEnded: 2, sessionsEndedLate: 1 }, 0.5],
    ["sessions-ended", { sessionsEnded: 0, sessionsEndedLate: 3 }, 0], ["sessions-ended", { sessionsEnded: 2, sessionsEndedLate: 3 }, 0],
    ["accounts-closed", { accountsClosed: 2, accountsClosedLate: 0 }, 1], ["marketing-removed", { marketingRemoved: 4, marketingRemovedLate: 3 }, 0.25],
    ["balances-returned", { balancesReturnedLate: 1 }, null], ["balances-returned", { balancesReturned: 1, balancesReturnedLate: 1 }, 0],
    ["canaries", {}, null], ["canaries", { canariesAccepted: 0 }, null], ["canaries", { canariesAccepted: 1 }, 0], ["canaries", { canariesAccepted: 7 }, 0],
    ["keys-bound", { keysInForce: 0, keysBound: 0 }, null], ["keys-bound", { keysInForce: 4, keysBound: 1 }, 0.25], ["keys-expire", { keysInForce: 2, keysExpiring: 0 }, 0],
    ["keys-renewed", { keysInForce: 2, keysRenewed: 2 }, 1], ["keys-used", { keysInForce: 2, keysUsed: null }, null], ["keys-used", { keysInForce: 2, keysUsed: 1 }, 0.5],
    ["licence", { days: 31 }, null], ["licence", { days: 31, licensedDays: 0 }, 0], ["licence", { days: 10, licensedDays: 10 }, 1],
  ])("%s of %j is %s", (name, some, value) => expect(valueOf(name, some)).toBe(value));

  it("is in the table above, says what it takes, and is another version when it is another one", () => {
    for (const name of FORMULA_NAMES) expect(namesIn(FORMULAS[name].code).filter((one) => !INPUTS.includes(one as Input)), name).toEqual([]);
    expect(INPUTS.filter((input) => !FORMULA_NAMES.some((name) => namesIn(FORMULAS[name].code).includes(input)))).toEqual([]);
    expect(Object.fromEntries(FORMULA_NAMES.map((name) => [`${name}@${FORMULAS[name].version}`, `${FORMULAS[name].weight} × ${FORMULAS[name].code}`]))).toEqual({
      "stopped-early@1": "15 × 1 - foundAtPlay / found",
      "play-checks@1": "5 × min(1, 4 * playChecks / loginChecks)",
      "current-tokens@1": "10 × 1 - retiredTokenChecks / checksAsked",
      "received-in-time@1": "10 × max(0, 1 - receivedLate / events)",
      "handled-in-time@1": "10 × max(0, 1 - handledLate / events)",
      "sessions-ended@1": "10 × 1 - sessionsEndedLate / max(sessionsEnded, sessionsEndedLate)",
      "accounts-closed@1": "5 × 1 - accountsClosedLate / max(accountsClosed, accountsClosedLate)",
      "marketing-removed@1": "5 × 1 - marketingRemovedLate / max(marketingRemoved, marketingRemovedLate)",
      "balances-returned@1": "5 × 1 - balancesReturnedLate / max(balancesReturned, balancesReturnedLate)",
      "canaries@1": "10 × 0 / canariesAccepted",
      "keys-bound@1": "3 × keysBound / keysInForce",
      "keys-expire@1": "3 × keysExpiring / keysInForce",
      "keys-renewed@1": "2 × keysRenewed / keysInForce",
      "keys-used@1": "2 × keysUsed / keysInForce",
      "licence@1": "5 × licensedDays / days",
    });
  });
});

/** Numbers as they can come about: what is a part of something is no more than that. */
const part = (whole: number | null, share: number): number | null => (whole === null ? null : Math.floor(whole * share));
const PARTS: Partial<Record<Input, Input>> = {
  foundAtPlay: "found", retiredTokenChecks: "checksAsked", keysBound: "keysInForce", keysExpiring: "keysInForce", keysRenewed: "keysInForce", keysUsed: "keysInForce", licensedDays: "days",
};
const numbers = fc.record(Object.fromEntries(INPUTS.map((name) => [name, fc.option(fc.nat(40), { freq: 3 })]))).chain((drawn) =>
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: INPUTS.length, maxLength: INPUTS.length }).map((shares) =>
    Object.fromEntries(INPUTS.map((name, at) => [name, PARTS[name] && drawn[name] !== null ? part(drawn[PARTS[name]!]!, shares[at]!) : drawn[name]])) as Inputs));

/** What counts something bad. */
const BAD = ["foundAtPlay", "retiredTokenChecks", "receivedLate", "handledLate", "sessionsEndedLate", "accountsClosedLate", "marketingRemovedLate", "balancesReturnedLate", "canariesAccepted"] as const;

describe("a score", () => {
  const finding = (weight: number, value: number | null): Finding => ({ name: "x", version: 1, weight, code: "x", source: "keys", inputs: {}, loss: null, value });

  it("weighs what has data, and says how much of the whole that is", () => {
    expect(scoreOf([finding(3, 1), finding(1, 0)], 0.5)).toEqual({ score: 75, band: "good", part: 1 });
    expect(scoreOf([finding(3, 1), finding(1, null)], 0.5)).toEqual({ score: 100, band: "excellent", part: 0.75 });
  });

  it("is none below the part that is asked for, and none of nothing", () => {
    expect(scoreOf([finding(1, 1), finding(3, null)], 0.5)).toEqual({ score: null, band: null, part: 0.25 });
    expect(scoreOf([finding(1, 1), finding(1, null)], 0.5).score).toBe(100);
    expect(scoreOf([finding(1, null)], 0)).toEqual({ score: null, band: null, part: 0 });
    expect(scoreOf([], 0)).toEqual({ score: null, band: null, part: 0 });
  });

  it.each([[100, "excellent"], [90, "excellent"], [89.9, "good"], [75, "good"], [74.9, "adequate"], [60, "adequate"], [50, "poor"], [49.9, "critical"], [0, "critical"]])("of %d is %s", (score, band) =>
    expect(bandOf(score)).toBe(band));

  it("is rounded down, so that no band is reached that was not", () => {
    expect(scoreOf([finding(1, 0.89999)], 0)).toMatchObject({ score: 89.9, band: "good" });
    expect(scoreOf([finding(7, 0.9)], 0)).toMatchObject({ score: 90, band: "excellent" });
  });

  it("has every figure between 0 and 1, or no data", () => {
    fc.assert(fc.property(numbers, (inputs) => {
      for (const { name, value } of findingsOf({ inputs, loss: LOSS })) if (value !== null) expect([name, value >= 0 && value <= 1]).toEqual([name, true]);
    }));
  });

  it("has no figure that changes because another number is not known", () => {
    fc.assert(fc.property(numbers, fc.constantFrom(...INPUTS), (inputs, gone) => {
      const after = findingsOf({ inputs: { ...inputs, [gone]: null }, loss: LOSS });
      findingsOf({ inputs, loss: LOSS }).forEach(({ name, value, inputs: taken }, at) => {
        expect([name, after[at]!.value]).toEqual([name, gone in taken ? (inputs[gone] === null ? value : null) : value]);
      });
    }));
  });

  it("never rises with more of what is bad", () => {
    fc.assert(fc.property(numbers, fc.constantFrom(...BAD), fc.integer({ min: 1, max: 20 }), (inputs, bad, more) => {
      const whole = PARTS[bad];
      const worse = { ...inputs, [bad]: (inputs[bad] ?? 0) + more };
      if (whole && worse[bad]! > (inputs[whole] ?? 0)) return;
      const [before, after] = [inputs, worse].map((some) => scoreOf(findingsOf({ inputs: some, loss: LOSS }), 0).score);
      if (inputs[bad] === null || before === null) return;
      expect(after).not.toBeNull();
      expect(after!).toBeLessThanOrEqual(before!);
    }));
  });

  it("comes out again from what each finding says that it rests on", () => {
    fc.assert(fc.property(numbers, (inputs) => {
      const findings = findingsOf({ inputs, loss: LOSS });
      const kept = JSON.parse(JSON.stringify(findings)) as Finding[];
      expect(kept.map(valueAgain)).toEqual(findings.map(({ value }) => value));
      expect(scoreOf(kept.map((one) => ({ ...one, value: valueAgain(one) })), 0.5)).toEqual(scoreOf(findings, 0.5));
    }));
  });
});
