import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { visitor } from "./browser.ts";
import { NOW } from "./citizens.ts";
import { EXCLUSION } from "./staff-exclusions.ts";
import { LATE, REACHED } from "./staff-propagation.ts";

const LIST = "/staff/propagation";
const ONE = `/staff/exclusions/${EXCLUSION}`;

function officer() {
  const visit = visitor();
  visit.signIn();
  return visit;
}

describe("late operators", () => {
  it("are listed as origin has them, narrowed and paged by the address", async () => {
    const { get, staffPropagation } = officer();
    staffPropagation.next = "123.abc";
    const { html } = await get(`${LIST}?kind=handled&after=9.f`);
    expect(staffPropagation.calls).toMatchObject([{ verb: "overdue", request: { filter: { state: "", kind: "handled", operator: "" }, after: "9.f" } }]);
    expect(html).toContain(`${LIST}?kind=handled&amp;after=123.abc`);
    expect(textOf(html)).toMatch(/Working through events Kenbet Late since .* Late now 12 Last seen/);
  });

  it("are shown with when they caught up, by their id where nobody lists them any more, and as what they are when they are hostile", async () => {
    const { get, staffPropagation } = officer();
    staffPropagation.lines = [{ ...LATE, state: "caught-up", count: 0, caughtUpAt: NOW, name: null }, { ...LATE, name: '"><script>alert(1)</script>' }];
    const { html } = await get(`${LIST}?operator=kenbet`);
    expect(textOf(html)).toMatch(/kenbet Late since .* At most 14 Caught up/);
    expect(html).not.toContain("<script>alert");
    staffPropagation.lines = [];
    expect(textOf((await get(LIST)).html)).toContain("No operator is late");
  });

  it("are for whoever may see them: others do first what is due, or are told that there is nothing", async () => {
    const { get, staffPropagation } = officer();
    staffPropagation.refusal = { refusal: "signed-out" };
    const away = await get(LIST);
    expect([away.status, away.headers.get("location")]).toEqual([303, `/sign-in?next=${encodeURIComponent(LIST)}`]);
    for (const [refusal, status] of [["not-found", 404], ["too-many-calls", 429]] as const) {
      staffPropagation.refusal = { refusal };
      expect((await get(LIST)).status).toBe(status);
    }
  });
});

describe("an exclusion's page", () => {
  it("says of each operator how far it came, and what it has yet to do", async () => {
    const { get } = officer();
    const { html } = await get(ONE);
    const said = textOf(html);
    for (const { name } of REACHED.operators) expect(said).toContain(name);
    expect(said).toContain("Unknown: its feed did not answer");
    expect(said).toMatch(/Etabet A customer; not everything is done Session ended .* said .* Balance returned not said yet Event 8 · received .* · worked through/);
    expect(said).toContain("Event 5 · not received");
  });

  it("is shown without it to whom that is not, and where nobody can say it", async () => {
    const { get, staffPropagation } = officer();
    staffPropagation.refusal = { refusal: "not-found" };
    const without = await get(ONE);
    expect([without.status, textOf(without.html).includes("With the operators")]).toEqual([200, false]);
    staffPropagation.refusal = "breaks";
    expect(textOf((await get(ONE)).html)).toContain("With the operators Nobody can say this now");
    staffPropagation.propagation = { ...REACHED, operators: [] };
    expect(textOf((await get(ONE)).html)).toContain("No operator is enrolled");
  });

  it("asks nothing of operators for whom the exclusion is not", async () => {
    const { get, staffExclusions, staffPropagation } = officer();
    staffExclusions.refusal = { refusal: "not-found" };
    expect((await get(ONE)).status).toBe(404);
    expect(staffPropagation.calls).toEqual([]);
  });
});
