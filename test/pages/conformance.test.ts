import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { visitor } from "./browser.ts";
import { RUN } from "./conformance-desk.ts";

const ONE = `/operator/conformance/${RUN.id}`;
const WISH = { address: "https://adapter.acme.co.ke/", secret: `whsec_${"A".repeat(43)}=` };

/** A browser that holds somebody's session. */
function member() {
  const visit = visitor();
  visit.cookies.set("__Host-session", "a-session");
  return visit;
}

describe("the page of recorded runs", () => {
  it("shows them, of the operator of the address, and how each came out", async () => {
    const { get, conformance } = member();
    const { html } = await get("/operator/conformance?operator=opacme0001");
    expect(conformance.asked("runs")).toMatchObject([{ operator: "opacme0001", visitor: { session: "a-session" } }]);
    for (const part of ["Passed", RUN.address, "Begin a run"]) expect(textOf(html)).toContain(part);
    expect(html).toContain(`href="${ONE}?operator=opacme0001"`);
    expect(html).not.toContain("<conformance>");
  });

  it("offers no form to who may not begin one, and says where there was none", async () => {
    const { get, conformance } = member();
    conformance.seen = { ...conformance.seen, runs: [], may: { run: false } };
    const { html } = await get("/operator/conformance");
    expect(html).not.toContain('name="secret"');
    expect(textOf(html)).toContain("There was none yet.");
  });

  it("begins one with what was typed, and leads there", async () => {
    const { get, post, conformance } = member();
    const { fields } = await get("/operator/conformance");
    const answer = await post("/operator/conformance", { ...fields, ...WISH });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, ONE]);
    expect(conformance.asked("begin")).toMatchObject([{ ...WISH, formId: fields.formId, operator: null }]);
  });

  it.each([["address-unfit", 422, "https://"], ["secret-unfit", 422, "no secret"], ["under-way", 409, "under way"], ["command-reused", 409, "Begin again"]] as const)(
    "says what is wrong, and never shows the secret again: %s", async (refusal, status, words) => {
      const { get, post, conformance } = member();
      const { fields } = await get("/operator/conformance");
      conformance.refusal = { refusal };
      const answer = await post("/operator/conformance", { ...fields, ...WISH });
      expect(answer.status).toBe(status);
      expect(textOf(answer.html)).toContain(words);
      expect(answer.html).not.toContain(WISH.secret);
      expect(answer.html).toContain(`value="${WISH.address}"`);
    },
  );

  it.each([["/operator/conformance", "signed-out", 303], [ONE, "not-found", 404], [`${ONE}/certificate`, "not-found", 404], ["/operator/conformance", "too-many-calls", 429]] as const)(
    "shows nothing to who may not see it: %s, %s", async (path, refusal, status) => {
      const { get, conformance } = member();
      conformance.refusal = { refusal };
      const answer = await get(path);
      expect([answer.status, answer.html.includes("acme")]).toEqual([status, false]);
    },
  );
});

describe("the page of one run", () => {
  it("shows what was wrong before what was right, and its certificate to save", async () => {
    const { get, conformance } = member();
    conformance.seen.results = [
      { scenario: "clear/bet", came: "may play", passed: true }, { scenario: "forged/bet", came: "<may play>", passed: false }, { scenario: "retired/bet", came: null, passed: null },
    ];
    const { html } = await get(`${ONE}?operator=opacme0001`);
    const shown = textOf(html);
    for (const part of ["1 of 3 are right", "1.0.0", "at least", "40"]) expect(shown).toContain(part);
    expect(shown.indexOf("forged/bet")).toBeLessThan(shown.indexOf("clear/bet"));
    expect(html).toContain(`href="${ONE}/certificate?operator=opacme0001"`);
    expect(html).not.toContain("<may play>");
    const file = await get(`${ONE}/certificate`);
    expect([file.html, file.headers.get("content-disposition")]).toEqual(["a note\n", `attachment; filename="nser-conformance-${RUN.id}.txt"`]);
  });

  it("says that it goes on, or why nothing is certified", async () => {
    const { get, conformance } = member();
    conformance.seen = { ...conformance.seen, run: { ...RUN, state: "running", endedAt: null, testChecks: null }, certificate: null };
    expect(textOf((await get(ONE)).html)).toContain("Load this page again");
    conformance.seen.run = { ...RUN, state: "failed", testChecks: 0 };
    const { html } = await get(ONE);
    expect(textOf(html)).toContain("none of your test keys asked");
    expect(html).not.toContain("/certificate");
    expect((await get(`${ONE}/certificate`)).status).toBe(404);
    expect((await get("/operator/conformance/1")).status).toBe(404);
  });

  it.each(["sw", "fr", "ar"])("is whole in %s", async (lang) => {
    const { get } = member();
    for (const path of ["/operator/conformance", ONE]) {
      const { status, html } = await get(`${path}?lang=${lang}`);
      expect([status, /conformance\.[a-z-]+</.test(html), html.includes(`lang="${lang}"`)]).toEqual([200, false, true]);
    }
  });
});
