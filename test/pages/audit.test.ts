import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { visitor } from "./browser.ts";
import { ENTRY, FLAG, OTHER, PROOF } from "./staff-audit.ts";

const HOME = "/staff/audit";
const PLACE = `${HOME}/${ENTRY}/proof`;
const SEE = `${HOME}/flags/${FLAG}`;
const HOSTILE = "\"><script>alert(1)</script>";
const NOTE = { entry: ENTRY, version: "1", [`note-${FLAG}`]: "asked, and it was in order" };

function auditor() {
  const visit = visitor();
  visit.signIn();
  return visit;
}

const WAYS = [["get", HOME], ["get", PLACE], ["post", SEE]] as const;
const ask = ({ get, post }: ReturnType<typeof auditor>, method: "get" | "post", path: string) => (method === "get" ? get(path) : post(path, NOTE));

describe("whoever may not be here", () => {
  it.each(WAYS)("%s %s: does first what is due, and is led back; or is told that there is nothing, or to wait", async (method, path) => {
    const visit = auditor();
    for (const [refusal, place] of [
      ["signed-out", "/sign-in?next=%2Fstaff%2Faudit"], ["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"], ["proof-due", "/account/prove?next=%2Fstaff%2Faudit"],
    ] as const) {
      visit.staffAudit.refusal = { refusal };
      visit.signIn();
      const answer = await ask(visit, method, path);
      expect([answer.status, answer.headers.get("location")]).toEqual([303, place]);
    }
    for (const [refusal, status] of [["not-found", 404], ["too-many-calls", 429]] as const) {
      visit.staffAudit.refusal = { refusal };
      visit.signIn();
      expect((await ask(visit, method, path)).status).toBe(status);
    }
  });

  it("another site's form does nothing", async () => {
    const { post, staffAudit } = auditor();
    expect((await post(SEE, NOTE, { "origin": "https://elsewhere.test", "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(staffAudit.calls).toEqual([]);
  });
});

describe("the audit log", () => {
  it("says who did what, when, from where and why, what is suspicious about it, and leads to its proof", async () => {
    const { get } = auditor();
    const { html } = await get(HOME);
    const words = textOf(html);
    for (const part of ["identity.read", "user:officer", "person/p1", "192.0.2.0/24 · browser · KE", "complaint DR-111111111J", "Place in the log 7"]) expect(words).toContain(part);
    expect(words).toContain("The data of 30 different people was read within an hour. From 30 on that is marked.");
    expect(words).toMatch(/case\.seconded Refused .* Looked at on .* by user:auditor: a <i>mistake<\/i> of hand .* Not in the log yet/);
    expect([...html.matchAll(/href="([^"]*proof)"/g)].map(([, href]) => href)).toEqual([PLACE]);
    expect(html).toContain(`href="/staff/audit?id=${OTHER}"`);
    expect(html).not.toMatch(/<b>x|<i>mistake/);
    expect(html.match(/ id="[^"]*"/g)!.length).toBe(new Set(html.match(/ id="[^"]*"/g)).size);
  });

  it("is searched by the address, and paged with what was asked", async () => {
    const { get, staffAudit } = auditor();
    staffAudit.next = "5.70";
    const { html } = await get(`${HOME}?flag=open&action=+exclusion.*&from=2026-11-01&after=9.80&x=1`);
    expect(staffAudit.asked("search")).toMatchObject([{
      search: { id: "", flag: "open", source: "", outcome: "", action: "exclusion.*", actor: "", resource: "", from: "2026-11-01", to: "" }, after: "9.80",
    }]);
    expect(html).toContain("/staff/audit?flag=open&amp;action=exclusion.*&amp;from=2026-11-01&amp;after=5.70");
    expect(html).toMatch(/<option value="open" selected/);
  });

  it.each([["unreadable", "actor"], ["unreadable", "from"], ["backwards", "to"]] as const)("says what is %s beside the field %s, with what was typed as text", async (refusal, field) => {
    const { get, staffAudit } = auditor();
    staffAudit.refusal = { refusal, field };
    const answer = await get(`${HOME}?${new URLSearchParams({ [field]: HOSTILE })}`);
    expect([answer.status, answer.fields[field], answer.html.includes(`id="${field}-wrong"`), answer.html.includes("<script>")]).toEqual([422, HOSTILE, true, false]);
  });

  it("offers to note what was found to whoever may, and only what nobody looked at", async () => {
    const { get, staffAudit } = auditor();
    expect([...(await get(HOME)).html.matchAll(/action="([^"]*flags[^"]*)"/g)].map(([, action]) => action)).toEqual([SEE]);
    staffAudit.may = { note: false };
    expect((await get(HOME)).html).not.toContain("/flags/");
    staffAudit.entries = [];
    expect(textOf((await get(HOME)).html)).toContain("Nothing was found.");
  });

  it("takes the note, and shows the entry again; or says why not, with what was typed", async () => {
    const { post, staffAudit } = auditor();
    const done = await post(SEE, NOTE);
    expect([done.status, done.headers.get("location")]).toEqual([303, `${HOME}?id=${ENTRY}`]);
    expect(staffAudit.asked("see")).toMatchObject([{ flagId: FLAG, version: 1, note: NOTE[`note-${FLAG}`] }]);
    for (const [refusal, status] of [["note-unfit", 422], ["own", 403], ["changed", 409]] as const) {
      staffAudit.refusal = { refusal };
      const answer = await post(SEE, NOTE);
      expect([answer.status, answer.fields[`note-${FLAG}`], answer.html.includes('role="alert"')]).toEqual([status, NOTE[`note-${FLAG}`], true]);
    }
    expect((await post(SEE, { ...NOTE, entry: "x" })).status).toBe(404);
  });

  it("gives the proof as a file, or says that there is none yet", async () => {
    const { get, staffAudit } = auditor();
    const file = await get(PLACE);
    expect([file.html, file.headers.get("content-disposition"), file.headers.get("content-type")]).toEqual([PROOF, `attachment; filename="${ENTRY}.tlog-proof"`, expect.stringContaining("text/plain")]);
    staffAudit.refusal = { refusal: "not-there-yet" };
    const none = await get(PLACE);
    expect([none.status, textOf(none.html)]).toEqual([409, expect.stringContaining("The log does not have this entry yet.")]);
  });

  it.each([["sw", "Data za watu 30 tofauti"], ["fr", "30 personnes"], ["ar", "30"]])("is said in %s", async (lang, words) => {
    const { get } = auditor();
    expect(textOf((await get(`${HOME}?lang=${lang}`)).html)).toContain(words);
  });
});
