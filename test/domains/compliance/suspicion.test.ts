import { describe, expect, it } from "vitest";
import { explain } from "../../../src/domains/compliance/words.ts";
import { type Around, RULES, type SeenEntry, USUAL } from "../../../src/domains/compliance/suspicion/model.ts";
import { aroundOf, judge, together } from "../../../src/domains/compliance/suspicion/rules.ts";
import { SuspicionTerms } from "../../../src/domains/compliance/suspicion/terms.ts";
import { LOCALES, type Locale } from "../../../src/i18n/locales.ts";
import { HOUR, MINUTE } from "../../../src/kernel/clock.ts";

/** A Wednesday, ten in the morning in Nairobi. */
const TEN = Date.parse("2026-11-04T07:00:00Z");
let position = 0;

const entry = (over: Partial<SeenEntry> = {}): SeenEntry => {
  position++;
  return {
    position, id: `e${position}`, at: TEN, action: "user.changed", resource: "user/wanjiku", actorKind: "user", actorId: "officer", country: null, outcome: "done", payload: {}, ...over,
  };
};
const read = (person: string, over: Partial<SeenEntry> = {}) => entry({ action: "identity.read", resource: `person/${person}`, ...over });
const refused = (refusal: string, over: Partial<SeenEntry> = {}) => entry({ action: "case.seconded", outcome: "refused", payload: { refusal }, ...over });

/** The last of them as it is judged, behind the others. */
function judged(entries: readonly SeenEntry[], over: Partial<Around> = {}) {
  const last = entries.at(-1)!;
  return judge(last, { ...aroundOf(last, { byActors: entries, toResources: entries }, true), ...over }, USUAL);
}
const rules = (entries: readonly SeenEntry[], over: Partial<Around> = {}) => judged(entries, over).map(({ rule }) => rule);
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

describe("a rule speaks", () => {
  it("when an officer reads many people's data in an hour, once for each so many, and of one person once", () => {
    const reads = times(60, (n) => read(`p${n}`, { at: TEN + n * MINUTE / 2 }));
    const spoke = reads.map((_, n) => rules(reads.slice(0, n + 1))).flatMap((found, n) => (found.includes("identities-in-bulk") ? [n + 1] : []));
    expect(spoke).toEqual([30, 60]);
    expect(judged(reads.slice(0, 30))[0]).toEqual({ rule: "identities-in-bulk", figures: { count: 30, most: 30 }, evidence: reads.slice(0, 30).map(({ id }) => id) });
    expect(rules(times(40, () => read("one")))).toEqual([]);
    expect(rules([...reads.slice(0, 29), read("p30", { at: TEN + HOUR + MINUTE })])).toEqual([]);
  });

  it("when data is read outside working hours, at the first read of an hour", () => {
    const [early, late, sunday] = ["2026-11-04T03:59:00Z", "2026-11-04T17:00:00Z", "2026-11-08T09:00:00Z"].map((at) => read("p", { at: Date.parse(at) }));
    for (const one of [early!, late!, sunday!]) expect(rules([one])).toEqual(["read-outside-hours"]);
    expect(judged([late!])[0]!.figures).toEqual({ time: "20:00", from: 7, until: 20 });
    expect(rules([late!, read("q", { at: late!.at + MINUTE })])).toEqual([]);
    for (const at of ["2026-11-04T04:00:00Z", "2026-11-04T16:59:00Z"]) expect(rules([read("p", { at: Date.parse(at) })])).toEqual([]);
  });

  it("when a person is read about whom nothing was open, and when somebody reads their own record", () => {
    expect(rules([read("p")], { workOpen: false })).toEqual(["read-without-case"]);
    expect(rules([entry({ action: "identity.read", resource: "user/wanjiku" })], { workOpen: false })).toEqual([]);
    expect(rules([entry({ action: "identity.read", resource: "user/officer" })])).toEqual(["own-record-read"]);
  });

  it("at many searches in an hour that found nobody", () => {
    const search = (hits: number, action = "user.searched") => entry({ action, payload: { hits } });
    expect(rules([...times(9, () => search(0)), search(0, "exclusion.sought")])).toEqual(["searches-without-result"]);
    expect(rules([...times(20, () => search(0)), search(1)])).toEqual([]);
  });

  it("when somebody would decide alone, and at refusals in a row with nothing done between", () => {
    expect(rules([refused("own-proposal")])).toEqual(["self-approval"]);
    expect(rules([refused("own-lookup")])).toEqual(["self-approval"]);
    expect(rules([entry({ payload: { refusal: "own-proposal" } })])).toEqual([]);
    expect(rules(times(5, () => refused("forbidden")))).toEqual(["refusals-in-a-row"]);
    expect(rules([...times(4, () => refused("forbidden")), entry(), refused("forbidden")])).toEqual([]);
  });

  it("when an officer exports much, or their account is used from two countries within an hour", () => {
    expect(rules(times(20, () => entry({ action: "audit.exported" })))).toEqual(["exports-in-bulk"]);
    const [here, there] = [entry({ country: "KE" }), entry({ country: "RU", at: TEN + HOUR })];
    expect(judged([here, entry(), there])).toEqual([{ rule: "two-countries", figures: { first: "KE", second: "RU" }, evidence: [here.id, there.id] }]);
    expect(rules([here, { ...there, at: TEN + HOUR + 1 }])).toEqual([]);
    expect(rules([here, { ...there, actorId: "another" }])).toEqual([]);
  });

  it("when a key or a role is taken back within minutes, whoever does it", () => {
    const issued = entry({ action: "operator.key-issued", resource: "key1" });
    const revoked = (at: number) => entry({ action: "operator.key-revoked", resource: "key1", at, actorKind: "system" });
    expect(judged([issued, revoked(TEN + 9 * MINUTE)])).toEqual([{ rule: "short-lived-key", figures: { minutes: 9, most: 10 }, evidence: [issued.id, expect.any(String)] }]);
    expect(rules([issued, revoked(TEN + 10 * MINUTE)])).toEqual([]);
    const given = entry({ action: "user.role-assigned", payload: { role: "grak_admin", operator: null } });
    const taken = (role: string) => entry({ action: "user.role-taken", payload: { role, operator: null }, at: TEN + MINUTE });
    expect([rules([given, taken("grak_admin")]), rules([given, taken("grak_auditor")])]).toEqual([["short-lived-role"], []]);
  });

  it("of nothing that jobs, citizens or operators did", () => {
    for (const actorKind of ["system", "citizen", "operator"]) expect(rules(times(40, (n) => read(`p${n}`, { actorKind })), { workOpen: false })).toEqual([]);
  });
});

it("an entry is judged by what was written before it alone", () => {
  const [first, second] = [read("p", { at: TEN }), read("q", { at: TEN })];
  const known = { byActors: [first, second], toResources: [] };
  expect([aroundOf(first, known, true).byActor, aroundOf(second, known, true).byActor]).toEqual([[], [first]]);
});

it("entries of one hour are looked at together, and one at least", () => {
  const at = (...times: number[]) => together(times.map((one) => ({ at: one }))).length;
  expect([at(), at(1), at(0, HOUR, HOUR + 1), at(HOUR + 1, 0, HOUR), at(5, 9 * HOUR)]).toEqual([0, 1, 2, 1, 1]);
});

describe("each rule is explained", () => {
  const FIGURES = { count: 30, most: 10, time: "20:00", from: 7, until: 20, first: "KE", second: "RU", minutes: 3 };
  it.each(RULES)("%s in every language, with its figures", (rule) => {
    for (const locale of Object.keys(LOCALES) as Locale[]) expect(explain(locale, rule, FIGURES)).not.toMatch(/[{}]/);
  });
});

describe("thresholds", () => {
  it("are the usual ones but for what is said", () => {
    expect(SuspicionTerms.parse("{}")).toEqual(USUAL);
    expect(SuspicionTerms.parse('{"workUntil":18}')).toEqual({ ...USUAL, workUntil: 18 });
  });

  it.each(["", "[]", "null", '{"x":1}', '{"refusalsInARow":0}', '{"keyMinutes":61}', '{"workFrom":1.5}', '{"workFrom":"7"}'])("%s is refused", (text) => {
    expect(SuspicionTerms.safeParse(text).success).toBe(false);
  });
});
