import { beforeEach, describe, expect, test } from "vitest";
import { POLICIES, term } from "../../../src/domains/exclusions/policies.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { RegisterHere } from "../../support/register.ts";

const YEARS = 366 * DAY;

let register: RegisterHere;
beforeEach(() => {
  register = new RegisterHere();
});

const goTo = (at: number): void => register.wait(at - register.now);
const shown = () => register.receipts(1)[0]!;
/** Goes on some hours at a time, and answers what was told meanwhile. */
function toldUntil(at: number): string[] {
  const before = register.notices().length;
  while (register.now < at) register.wait(Math.min(8 * HOUR, at - register.now));
  return register.notices().slice(before).map(({ template }) => template);
}

describe("reminders of the promised end", () => {
  test("come 30, 14 and 7 days before it, each once, and after it none", () => {
    register.register(1, "6m");
    const { endsAt } = shown();
    goTo(endsAt! - 40 * DAY);
    expect(toldUntil(endsAt! + 5 * DAY)).toEqual(["exclusion-reminder", "exclusion-reminder", "exclusion-reminder"]);
    expect(register.notices().slice(1).map(({ at }) => Math.ceil((endsAt! - at) / DAY))).toEqual([30, 14, 7]);
  });

  test("move with the end when it is lengthened", () => {
    register.register(1, "6m");
    goTo(shown().endsAt! - 10 * DAY);
    register.register(1, "1y");
    const { endsAt } = shown();
    expect(toldUntil(endsAt! - 31 * DAY)).toEqual([]);
    expect(toldUntil(endsAt!).length).toBe(3);
  });

  test("do not come within a day of the beginning, nor of a lengthening", () => {
    register.register(1, "30d");
    const { startedAt, endsAt } = shown();
    expect(startedAt + DAY).toBeGreaterThan(endsAt! - 30 * DAY);
    expect(toldUntil(startedAt + 10 * DAY)).toEqual([]);
    register.register(1, "30d");
    expect(toldUntil(shown().endsAt! - 15 * DAY)).toEqual([]);
    expect(toldUntil(shown().endsAt! - 1).length).toBe(2);
  });

  test("of a week: none on its first day; of a day and of a permanent one: none at all", () => {
    register.register(1, "7d");
    expect(toldUntil(shown().endsAt!)).toEqual(["exclusion-ended"]);
    register.register(2, "24h");
    register.register(3, "permanent");
    const before = register.notices().length;
    goTo(register.now + 30 * DAY);
    expect(register.notices().slice(before).map(({ template }) => template)).toEqual(["exclusion-ended"]);
  });

  test("stop while its holder ends it, which is after the end", () => {
    const reference = register.register(1, "6m");
    goTo(shown().endsAt!);
    register.toAct("askToEnd", 1, reference)();
    expect(toldUntil(register.now + 36 * DAY)).toEqual([]);
  });
});

describe("a permanent exclusion", () => {
  test("begins another term every three years, and its holder is told each time", () => {
    register.register(1, "permanent");
    const first = term(POLICIES.permanent, shown().startedAt).renewsAt!;
    goTo(first - 1);
    expect(register.rows("select renewals from exclusions")).toEqual([{ renewals: 0 }]);
    goTo(first);
    expect(register.rows("select renewals from exclusions")).toEqual([{ renewals: 1 }]);
    goTo(first + 3 * YEARS);
    expect(register.rows("select renewals, state from exclusions")).toEqual([{ renewals: 2, state: "active" }]);
    expect(register.notices().map(({ template }) => template)).toEqual(["exclusion-started", "exclusion-renewed", "exclusion-renewed"]);
    expect(register.covered()).toHaveLength(1);
  });

  test("that was lengthened from a year is renewed from then on, and reminded of nothing", () => {
    register.register(1, "1y");
    goTo(register.now + 100 * DAY);
    register.register(1, "permanent");
    goTo(register.now + 3 * YEARS);
    expect(register.notices().map(({ template }) => template)).toEqual(["exclusion-started", "exclusion-extended", "exclusion-renewed"]);
  });
});

describe("a Register that slept", () => {
  test("a year: tells of an end, and of no reminder of it", () => {
    register.register(1, "30d");
    goTo(register.now + 400 * DAY);
    expect(register.notices().map(({ template }) => template)).toEqual(["exclusion-started", "exclusion-ended"]);
    expect(shown()).toMatchObject({ state: "ended", endedAt: register.now });
  });

  test("over two reminders: tells of the end once, and again when the third is due", () => {
    register.register(1, "6m");
    const { endsAt } = shown();
    goTo(endsAt! - 10 * DAY);
    expect(register.notices().map(({ template }) => template)).toEqual(["exclusion-started", "exclusion-reminder"]);
    goTo(endsAt! - 7 * DAY);
    expect(register.notices()).toHaveLength(3);
  });

  test("over all of them and the end: tells of none, keeps who ends it themself, and sleeps on", () => {
    register.register(1, "6m");
    goTo(register.now + 2 * YEARS);
    expect(register.notices()).toHaveLength(1);
    expect(shown().state).toBe("active");
    expect(register.rows("select wakesAt from exclusions")).toEqual([{ wakesAt: null }]);
  });

  test("over three terms: counts them all, and tells once", () => {
    register.register(1, "permanent");
    goTo(register.now + 10 * YEARS);
    expect(register.rows("select renewals from exclusions")).toEqual([{ renewals: 3 }]);
    expect(register.notices().map(({ template }) => template)).toEqual(["exclusion-started", "exclusion-renewed"]);
    expect(Number(register.rows("select renewsAt from exclusions")[0]!.renewsAt)).toBeGreaterThan(register.now);
  });

  test("does everybody's in the order it was due", () => {
    for (const [n, policy] of [[1, "30d"], [2, "24h"], [3, "7d"]] as const) register.register(n, policy);
    const ids = register.rows("select id from exclusions order by endsAt").map(({ id }) => id);
    goTo(register.now + 400 * DAY);
    const ended = register.rows("select e.id from audit a join exclusions e on e.reference = a.resource where a.action = 'exclusion.ended' order by a.position");
    expect(ended.map(({ id }) => id)).toEqual(ids);
  });
});
