import { beforeEach, describe, expect, test } from "vitest";
import type { EndingApi } from "../../../src/domains/exclusions/ending-rpc.ts";
import { DAY } from "../../../src/kernel/clock.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { phone, RegisterHere } from "../../support/register.ts";

let register: RegisterHere;
beforeEach(() => {
  register = new RegisterHere();
});

const act = (verb: keyof EndingApi, reference: string, n = 1) => register.toAct(verb, n, reference)();
const refusal = (name: string, more: object = {}) => ({ ok: false, refusal: name, ...more });
const shown = () => register.receipts(1)[0]!;
const isExcluded = () => register.covered().includes(toHex(phone(1).p).toUpperCase());
const actions = () => register.rows("select action, channel, commandId from audit order by position desc");
const notices = () => register.notices().map(({ template }) => template);

/** An exclusion of the first phone's whose promised end is just behind. */
function pastItsEnd(): string {
  const reference = register.register(1, "6m");
  register.wait(shown().endsAt! - register.now);
  return reference;
}

/** One whose second act can come now. */
function endable(): string {
  const reference = pastItsEnd();
  act("askToEnd", reference);
  register.wait(7 * DAY);
  return reference;
}

describe("two acts end a person's own exclusion", () => {
  test("not a millisecond before its promised end, and the second not one before seven days", () => {
    const reference = register.register(1, "6m");
    const from = shown().endsAt!;
    register.wait(from - register.now - 1);
    for (const verb of ["askToEnd", "confirmEnding"] as const) expect(act(verb, reference)).toEqual(refusal("minimum-runs", { from }));
    register.wait(1);
    expect(act("confirmEnding", reference)).toEqual(refusal("nothing-asked"));
    expect(act("askToEnd", reference)).toMatchObject({ ok: true, receipt: { state: "ending", endableFrom: from + 7 * DAY, endingLapsesAt: from + 37 * DAY } });
    register.wait(7 * DAY - 1);
    expect(act("confirmEnding", reference)).toEqual(refusal("waiting", { from: from + 7 * DAY }));
    expect(isExcluded()).toBe(true);
    register.wait(1);
    expect(act("confirmEnding", reference)).toMatchObject({ ok: true, receipt: { state: "ended", endedAt: register.now, endableFrom: null } });
    expect(register.covered()).toEqual([]);
    expect(notices().slice(-2)).toEqual(["ending-asked", "ending-confirmed"]);
    expect(actions()[0]).toMatchObject({ action: "exclusion.ended", channel: "web", commandId: expect.any(String) });
  });

  test("asked twice, the first asking counts and nothing begins anew", () => {
    const reference = pastItsEnd();
    const first = act("askToEnd", reference);
    register.wait(6 * DAY);
    expect(act("askToEnd", reference)).toEqual(first);
    expect(notices().filter((template) => template === "ending-asked")).toHaveLength(1);
  });

  test("after 30 days in which the second did not come, the first is forgotten, and its holder told", () => {
    const reference = endable();
    register.wait(30 * DAY - 1);
    expect(shown().state).toBe("ending");
    register.wait(1);
    expect(shown()).toMatchObject({ state: "active", endableFrom: null, endingLapsesAt: null });
    expect(notices().at(-1)).toBe("ending-lapsed");
    expect(act("confirmEnding", reference)).toEqual(refusal("nothing-asked"));
  });

  test("when nothing noted yet that it is forgotten, it is all the same, and asking begins anew", () => {
    const reference = endable();
    register.now += 30 * DAY;
    expect(act("confirmEnding", reference)).toEqual(refusal("nothing-asked"));
    expect(act("askToEnd", reference)).toMatchObject({ ok: true, receipt: { endableFrom: register.now + 7 * DAY } });
    expect(actions().slice(0, 2).map(({ action }) => action)).toEqual(["exclusion.ending-asked", "exclusion.ending-lapsed"]);
  });

  test("each command once, also when it is given again much later; with other content its id is refused", () => {
    const reference = pastItsEnd();
    const asking = register.toAct("askToEnd", 1, reference);
    const first = asking();
    act("keep", reference);
    expect(asking()).toEqual(first);
    expect(shown().state).toBe("active");
    expect(register.toAct("keep", 1, reference, { commandId: "c1" })()).toEqual(refusal("command-reused"));
  });
});

describe("nobody and nothing else ends it", () => {
  test("not somebody else's phone, and what it is told is what an unknown reference is told", () => {
    const reference = endable();
    register.register(2, "6m");
    for (const verb of ["askToEnd", "confirmEnding", "keep"] as const) {
      for (const [of, n] of [[reference, 2], [reference, 3], ["NSER-0000000000", 1]] as const) expect(act(verb, of, n)).toEqual(refusal("nothing-to-end"));
    }
    expect(shown().state).toBe("ending");
  });

  test.each([
    ["that ends by itself", "24h", "", "ends-by-itself"],
    ["that officers imposed", "6m", "origin = 'court', caseReference = 'C'", "not-theirs-to-end"],
    ["that is being annulled", "6m", "state = 'annulling', annulsAt = 9e15", "being-annulled"],
  ] as const)("not one %s", (_, policy, change, name) => {
    const reference = register.register(1, policy);
    if (change) register.rows(`update exclusions set ${change}`);
    for (const verb of ["askToEnd", "confirmEnding", "keep"] as const) expect(act(verb, reference)).toEqual(refusal(name));
    expect(isExcluded()).toBe(true);
  });

  test("not a permanent one before officers granted a review, however long ago it could be reviewed", () => {
    const reference = register.register(1, "permanent");
    const { reviewAt } = shown();
    register.wait(20 * 366 * DAY);
    expect(act("askToEnd", reference)).toEqual(refusal("review-needed", { from: reviewAt }));
    register.rows(`update exclusions set reviewGrantedAt = ${register.now}`);
    expect(act("askToEnd", reference)).toMatchObject({ ok: true });
    register.wait(7 * DAY);
    expect(act("confirmEnding", reference)).toMatchObject({ ok: true, receipt: { state: "ended" } });
  });

  test("not one that is over: its end stays when it was", () => {
    const reference = endable();
    act("confirmEnding", reference);
    register.wait(DAY);
    for (const verb of ["askToEnd", "confirmEnding", "keep"] as const) expect(act(verb, reference)).toEqual(refusal("nothing-to-end"));
  });

  test("and what another exclusion covers stays covered", () => {
    const reference = register.register(1, "6m", 7);
    register.register(2, "1y", 7);
    register.rows("update exclusionIdentifiers set standing = 'firm', provisionalUntil = null");
    register.wait(shown().endsAt! - register.now);
    act("askToEnd", reference);
    register.wait(7 * DAY);
    expect(register.covered()).toHaveLength(3);
    act("confirmEnding", reference);
    expect(register.covered()).toHaveLength(2);
  });
});

describe("one act keeps it", () => {
  test("at any time before the second", () => {
    const reference = endable();
    expect(act("keep", reference)).toMatchObject({ ok: true, receipt: { state: "active", endableFrom: null } });
    expect(act("keep", reference)).toEqual(refusal("nothing-asked"));
    expect(act("confirmEnding", reference)).toEqual(refusal("nothing-asked"));
    expect(notices().at(-1)).toBe("ending-cancelled");
  });

  test("registering again does, and lengthening does: it then runs to its new end", () => {
    const reference = endable();
    register.register(1, "7d");
    expect(shown()).toMatchObject({ state: "active", reference, endsAt: register.now + 7 * DAY, endableFrom: null });
    expect(act("confirmEnding", reference)).toEqual(refusal("minimum-runs", { from: register.now + 7 * DAY }));
    register.wait(7 * DAY);
    act("askToEnd", reference);
    register.wait(7 * DAY);
    expect(register.toExtend(1, "24h")()).toMatchObject({ ok: true, outcome: "extended", receipt: { state: "active" } });
  });

  test.each([
    ["ending", "ending-cancelled", { endableFrom: null, endingLapsesAt: null }],
    ["annulling", "annulment-stopped", { annulsAt: null }],
  ] as const)("also when it gets no longer: one that is %s is active again", (state, stopped, cleared) => {
    register.register(1, "permanent");
    register.rows(`update exclusions set state = '${state}', endableFrom = 9e15, endingLapsesAt = 9e15, annulsAt = 9e15`);
    expect(register.toRegister(1, "24h")()).toMatchObject({ ok: true, outcome: "unchanged", receipt: { state: "active", endsAt: null, ...cleared } });
    expect(notices().at(-1)).toBe(stopped);
    expect(actions().slice(0, 2).map(({ action }) => action)).toEqual(["exclusion.unchanged", `exclusion.${stopped}`]);
  });
});

describe("a number that the network vouches for", () => {
  const vouched = { channel: "ussd" as const, county: "047", identifiers: [{ ...phone(1), evidence: "network" as const }] as [ReturnType<typeof phone>] };

  test("is firm at once, and its person is the one a code would find", () => {
    const reference = register.register(1, "24h", null, vouched);
    expect(shown()).toMatchObject({ reference, identifiers: [{ kind: "msisdn", provisionalUntil: null }] });
    expect(register.rows("select evidence, standing from exclusionIdentifiers")).toEqual([{ evidence: "network", standing: "firm" }]);
    expect(register.register(1, "7d")).toBe(reference);
    expect(register.rows("select channel, county from exclusions")).toEqual([{ channel: "ussd", county: "047" }]);
  });

  test("keeps the county it was said in, in Register's row and in no audit entry; said later, it is kept then", () => {
    register.register(1, "24h");
    register.register(1, "7d", null, vouched);
    expect(register.rows("select county from exclusions")).toEqual([{ county: "047" }]);
    expect(JSON.stringify(register.rows("select payload from audit"))).not.toMatch(/047|county/);
  });
});
