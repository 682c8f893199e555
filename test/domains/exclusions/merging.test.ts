import { beforeEach, describe, expect, test } from "vitest";
import { type Exclusion, EXCLUSION_STATES, IN_FORCE } from "../../../src/domains/exclusions/model.ts";
import { POLICIES } from "../../../src/domains/exclusions/policies.ts";
import { reconciled } from "../../../src/domains/exclusions/recovery/rules.ts";
import { isInForce, promise } from "../../../src/domains/exclusions/rules.ts";
import { DAY } from "../../../src/kernel/clock.ts";
import { UNTOUCHED } from "../../support/exclusions.ts";
import { RegisterHere } from "../../support/register.ts";

const START = Date.UTC(2100, 0, 1);
const exclusion = (state: Exclusion["state"], more: Partial<Exclusion> = {}): Exclusion => ({
  ...UNTOUCHED, ...promise(POLICIES["6m"], START), id: "k", reference: "NSER-K", personId: "p", state, channel: "web", startedAt: START, ...more,
});

describe("an exclusion that two sides know", () => {
  test.each(EXCLUSION_STATES.flatMap((one) => EXCLUSION_STATES.map((other) => [one, other] as const)))("%s and %s: in force if it is on either side", (one, other) => {
    const { state, id, reference } = reconciled(exclusion(one), exclusion(other, { id: "s", reference: "NSER-S" }));
    expect(isInForce(state)).toBe(isInForce(one) || isInForce(other));
    expect([id, reference]).toEqual(["k", "NSER-K"]);
  });

  test.each(IN_FORCE.filter((state) => state !== "active"))("that is %s on one side only goes on as if nothing were under way", (state) => {
    const under = { endableFrom: 1, endingLapsesAt: 2, measureUntil: 3, annulsAt: 4 };
    const nothing = { state: "active", endableFrom: null, endingLapsesAt: null, measureUntil: null, annulsAt: null };
    expect(reconciled(exclusion(state, under), exclusion("active"))).toMatchObject(nothing);
    expect(reconciled(exclusion("active"), exclusion(state, under))).toMatchObject(nothing);
  });

  test("keeps the stronger promise, and of two first acts the later", () => {
    expect(reconciled(exclusion("active"), exclusion("active", promise(POLICIES.permanent, START)))).toMatchObject({ policy: "permanent", endsAt: null });
    const [early, late] = [{ endableFrom: 5, endingLapsesAt: 9 }, { endableFrom: 7, endingLapsesAt: 11 }];
    for (const [one, other] of [[early, late], [late, early]]) expect(reconciled(exclusion("ending", one), exclusion("ending", other))).toMatchObject({ state: "ending", ...late });
  });
});

describe("what a Register took on while its rows were lost", () => {
  let here: RegisterHere;
  let reference: string;
  beforeEach(() => {
    here = new RegisterHere();
    reference = here.register(1, "6m");
    here.wait(here.receipts(1)[0]!.endsAt! - here.now);
    here.toAct("askToEnd", 1, reference)();
    here.wait(7 * DAY);
  });

  test("is in force although the other side ended it: with what it covers, and once", () => {
    const there = here.twin();
    here.toAct("confirmEnding", 1, reference)();
    expect(here.covered()).toEqual([]);
    there.toAct("keep", 1, reference)();
    here.takeIn(there);
    expect(here.receipts(1)).toMatchObject([{ reference, state: "active", endedAt: null }]);
    expect(here.rows("select exclusions from covered")).toEqual([{ exclusions: 1 }]);
    here.takeIn(there);
    expect(here.rows("select exclusions from covered")).toEqual([{ exclusions: 1 }]);
  });

  test("stays over when it is over on both sides", () => {
    const there = here.twin();
    for (const side of [here, there]) side.toAct("confirmEnding", 1, reference)();
    here.takeIn(there);
    expect(here.covered()).toEqual([]);
  });

  test("of somebody who registered anew there keeps what they were ending here, under the later end", () => {
    const there = new RegisterHere();
    there.now = here.now;
    there.register(1, "1y");
    here.takeIn(there);
    expect(here.receipts(1)).toMatchObject([{ reference, state: "active", endableFrom: null, endsAt: there.receipts(1)[0]!.endsAt }]);
    expect(here.rows("select exclusions from covered")).toEqual([{ exclusions: 1 }]);
  });

  test("joins the one they began meanwhile, where the same one ended here", () => {
    const there = here.twin();
    here.toAct("confirmEnding", 1, reference)();
    const anew = here.register(1, "24h");
    there.toAct("keep", 1, reference)();
    here.takeIn(there);
    expect(here.receipts(1).map((receipt) => [receipt.reference, receipt.state, receipt.endMode])).toEqual([[anew, "active", "confirmed"], [reference, "ended", "confirmed"]]);
    expect(here.rows("select exclusions from covered")).toEqual([{ exclusions: 1 }]);
  });
});
