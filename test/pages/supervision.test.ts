import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { visitor } from "./browser.ts";
import { ACME } from "./operator-desk.ts";
import { HEARD, LOOK, VIOLATION } from "./supervision.ts";

/** A browser that holds somebody's session. */
function member() {
  const visit = visitor();
  visit.cookies.set("__Host-session", "a-session");
  return visit;
}

const STEP = `/staff/compliance/violations/${HEARD}`;
const ANSWER = `/operator/compliance/violations/${HEARD}?operator=${ACME}`;
const SAID = "what there is to say about it";
const fields = (step: string, statement = SAID) => ({ operator: ACME, version: "3", [`step-${HEARD}`]: step, [`statement-${HEARD}`]: statement });

describe("the overview of compliance", () => {
  it("shows each operator with its score or that there is no data, and each violation with what can be done", async () => {
    const { get, supervision } = member();
    supervision.seenOfAll = { ...supervision.seenOfAll, next: "5.01890a5d" };
    const { html } = await get("/staff/compliance");
    const words = textOf(html);
    for (const part of ["Acme <b>Bets</b> : 90 of 100, excellent (October 2026)", "Beta Bets : No data", "came 2 times with an identifier", "what an <i>officer</i> said of it", "it was <u>not</u> so"]) expect(words).toContain(part);
    expect(html).toContain('href="/staff/compliance?after=5.01890a5d"');
    expect(html).toContain(`href="/staff/compliance/${ACME}"`);
    expect(html).not.toMatch(/<b>Bets|<i>officer|<u>not/);
    expect(html).toContain(`<input type="hidden" name="step-${VIOLATION}" value="notify"`);
    expect(html).toContain(`<select id="step-${HEARD}"`);
  });

  it("offers nothing to open to who may only read", async () => {
    const { get, supervision } = member();
    supervision.seenOfAll = { ...supervision.seenOfAll, may: { open: false }, violations: [] };
    const { html } = await get("/staff/compliance");
    expect(html).not.toContain('name="grounds"');
    expect(textOf(html)).toContain("There is none.");
  });

  it("opens a violation and leads to its operator", async () => {
    const { post, supervision } = member();
    const done = await post("/staff/compliance", { formId: VIOLATION, operator: ACME, grounds: SAID });
    expect([done.status, done.headers.get("location")]).toEqual([303, `/staff/compliance/${ACME}`]);
    expect(supervision.asked("open")).toMatchObject([{ formId: VIOLATION, operator: ACME, grounds: SAID, visitor: { session: "a-session" } }]);
  });

  it.each([["statement-unfit", "grounds"], ["operator-unknown", "operator"]] as const)("shows beside the field what is wrong, and keeps what was typed: %s", async (refusal, field) => {
    const { post, supervision } = member();
    supervision.refusal = { refusal };
    const { status, html } = await post("/staff/compliance", { formId: VIOLATION, operator: ACME, grounds: "x" });
    expect([status, html.includes(`href="#${field}"`), html.includes('value="x"'), html.includes(`value="${VIOLATION}"`)]).toEqual([422, true, true, true]);
  });
});

describe("an operator's standing", () => {
  it.each([[`/staff/compliance/${ACME}`, "look"], [`/operator/compliance?operator=${ACME}`, "own"]] as const)("%s shows the score, each figure with its formula and numbers, and the months before", async (address, verb) => {
    const { get, supervision } = member();
    const { html } = await get(address);
    expect(supervision.asked(verb)).toMatchObject([{ operator: ACME, after: null }]);
    const words = textOf(html);
    for (const part of ["November 2026, so far", "89.9 of 100, good", "75 of 100 parts", "takes 50", "1 - foundAtPlay / found", "Formula, version 1", "October 2026, edition 2", "September 2026"]) expect(words).toContain(part);
    expect(words).toMatch(/Excluded people stopped early: No data/);
    expect(words).toContain("3 batches and 1,200 answers");
  });

  it("says that there is no data where there is too little", async () => {
    const { get, supervision } = member();
    supervision.seen = { ...LOOK, live: { ...LOOK.live, score: null, band: null, part: 0.499 }, reports: [] };
    const words = textOf((await get("/operator/compliance")).html);
    for (const part of ["Score No data49 of 100 parts", "No month has been reported yet."]) expect(words.replaceAll(/\s+/g, " ").replaceAll("No data 49", "No data49")).toContain(part);
  });
});

describe("a step", () => {
  it("is taken as it was chosen, in the version that was read", async () => {
    const { post, supervision } = member();
    const done = await post(STEP, fields("dismiss"));
    expect([done.status, done.headers.get("location")]).toEqual([303, `/staff/compliance/${ACME}`]);
    expect(supervision.asked("step")).toMatchObject([{ violationId: HEARD, step: "dismiss", statement: SAID, version: 3 }]);
  });

  it("of an operator is taken for the operator of the address", async () => {
    const { post, supervision } = member();
    const done = await post(ANSWER, fields("respond"));
    expect([done.status, done.headers.get("location")]).toEqual([303, `/operator/compliance?operator=${ACME}`]);
    expect(supervision.asked("answer")).toMatchObject([{ operator: ACME, violationId: HEARD, step: "respond", version: 3 }]);
  });

  it.each([[STEP, ""], [STEP, "respond"], [ANSWER, "uphold"], [ANSWER, "__proto__"]])("%s is not taken as %j", async (path, step) => {
    const { post, supervision } = member();
    const { status, html } = await post(path, fields(step));
    expect([status, html.includes(`href="#step-${HEARD}"`)]).toEqual([422, true]);
    expect([...supervision.asked("step"), ...supervision.asked("answer")]).toEqual([]);
  });

  it.each([["statement-unfit", 422], ["own", 403], ["not-heard", 409], ["out-of-turn", 409], ["changed", 409], ["not-found", 404], ["too-many-calls", 429]] as const)("says why it was not taken: %s", async (refusal, status) => {
    for (const path of [STEP, ANSWER]) {
      const { post, supervision } = member();
      supervision.refusal = { refusal };
      const answer = await post(path, fields(path === STEP ? "uphold" : "respond", "as it <was> typed"));
      expect([path, answer.status, answer.html.includes("<was>")]).toEqual([path, status, false]);
      if (status === 422) expect(answer.html).toContain(`href="#statement-${HEARD}"`);
    }
  });
});

describe.each([["/staff/compliance"], [`/staff/compliance/${ACME}`], ["/operator/compliance"]])("%s", (address) => {
  it.each([["signed-out", `/sign-in?next=${encodeURIComponent(address)}`], ["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"]] as const)(
    "leads whoever has something to do first there: %s", async (refusal, place) => {
      const { get, supervision } = member();
      supervision.refusal = { refusal };
      const answer = await get(address);
      expect([answer.status, answer.headers.get("location")]).toEqual([303, place]);
    });

  it.each([["not-found", 404], ["too-many-calls", 429]] as const)("shows nothing else: %s", async (refusal, status) => {
    const { get, supervision } = member();
    supervision.refusal = { refusal };
    const answer = await get(address);
    expect([answer.status, answer.html.includes("Acme")]).toEqual([status, false]);
  });
});
