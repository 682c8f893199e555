import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { text } from "../../src/i18n/index.ts";
import { endOfDayOn } from "../../src/kernel/periods.ts";
import { visitor } from "./browser.ts";
import { NOW } from "./citizens.ts";
import { CASE, FAMILY, FILE_ID, LOOKED_AT, MAY_NOTHING, PROPOSED } from "./staff-cases.ts";
import { EXCLUSION, LINE } from "./staff-exclusions.ts";

const ONE = `/staff/exclusions/${EXCLUSION}`;
const A_CASE = `/staff/cases/${CASE}`;
const STEPS = ["notify", "propose", "second", "send-back", "withdraw", "stop", "open", "evidence", "file"] as const;
const HOSTILE = "\"><script>alert(1)</script>";
const REASON = "complaint DR-111111111J";

function officer() {
  const visit = visitor();
  visit.signIn();
  return visit;
}

type Visit = ReturnType<typeof visitor>;
type Way = [method: "get" | "post", path: string, back: string, of: "staffUsers" | "staffExclusions" | "staffCases"];

const WAYS: Way[] = [
  ["get", "/staff", "/staff", "staffUsers"],
  ["get", "/staff/exclusions", "/staff/exclusions", "staffExclusions"], ["post", "/staff/exclusions", "/staff/exclusions", "staffExclusions"],
  ["get", "/staff/exclusions/search", "/staff/exclusions/search", "staffExclusions"], ["post", "/staff/exclusions/search", "/staff/exclusions/search", "staffExclusions"],
  ["get", ONE, ONE, "staffExclusions"],
  ["get", "/staff/cases", "/staff/cases", "staffCases"], ["get", "/staff/cases/new", "/staff/cases/new", "staffCases"], ["post", "/staff/cases/new", "/staff/cases/new", "staffCases"],
  ["get", A_CASE, A_CASE, "staffCases"], ...STEPS.filter((step) => step !== "evidence").map((step): Way => ["post", `${A_CASE}/${step}`, A_CASE, "staffCases"]),
];

const ask = ({ get, post }: Visit, method: Way[0], path: string) => (method === "get" ? get(path) : post(path, {}));

describe("whoever may not be here", () => {
  it.each(WAYS)("%s %s: does first what is due, and is led back", async (method, path, back, of) => {
    const visit = officer();
    const next = encodeURIComponent(back);
    for (const [refusal, place] of [
      ["signed-out", `/sign-in?next=${next}`], ["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"], ["proof-due", `/account/prove?next=${next}`],
    ] as const) {
      visit[of].refusal = { refusal };
      visit.signIn();
      const answer = await ask(visit, method, path);
      expect([answer.status, answer.headers.get("location")]).toEqual([303, place]);
    }
  });

  it.each(WAYS)("%s %s: is told that there is nothing, or to wait", async (method, path, _, of) => {
    const visit = officer();
    visit[of].refusal = { refusal: "not-found" };
    const answer = await ask(visit, method, path);
    expect([answer.status, textOf(answer.html), answer.html.includes("/staff")]).toEqual([404, expect.stringContaining("There is nothing here"), false]);
    visit[of].refusal = { refusal: "too-many-calls" };
    expect((await ask(visit, method, path)).status).toBe(429);
  });

  it.each(WAYS.filter(([method]) => method === "post"))("%s %s: another site's form does nothing", async (_, path) => {
    const { post, staffExclusions, staffCases } = officer();
    expect((await post(path, {}, { "origin": "https://elsewhere.test", "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect([staffExclusions.calls, staffCases.calls]).toEqual([[], []]);
  });

  it.each(["x", "..%2fx", "%00", "NSER-1", `${CASE}x`, "CASE-1111111111", "%F0%9F%91%A9"])("asks of nothing by the address %s", async (reference) => {
    const { get, post, staffExclusions, staffCases } = officer();
    const answers = [await get(`/staff/exclusions/${reference}`), await get(`/staff/cases/${reference}`), await post(`/staff/cases/${reference}/second`, { secondReason: REASON })];
    expect([answers.map(({ status }) => status), staffExclusions.calls, staffCases.calls]).toEqual([[404, 404, 404], [], []]);
  });
});

describe("the way there", () => {
  it("leads from home to the rooms that are open", async () => {
    const { get, staffUsers } = officer();
    staffUsers.open = ["users", "cases"];
    const { html } = await get("/staff");
    expect([...html.matchAll(/<h2><a href="([^"]*)"/g)].map(([, href]) => href)).toEqual(["/staff/users", "/staff/cases"]);
  });

  it("stands on the account of who has one, and of nobody else", async () => {
    const { get, sessions } = officer();
    const rolesAre = (roles: readonly object[]) => void (sessions.account = async () => ({ ok: true, account: { name: null, phone: null, email: null, roles, phoneProvenAt: null, passwordChangedAt: null, factors: { totp: false, passkeys: 0, recoveryCodes: 0 } } }) as never);
    rolesAre([{ role: "citizen", operator: null }, { role: "operator_admin", operator: "opacme01" }]);
    expect((await get("/account")).html).not.toContain('href="/staff"');
    rolesAre([{ role: "grak_auditor", operator: null }]);
    expect((await get("/account")).html).toContain('href="/staff"');
  });
});

describe("exclusions", () => {
  it("are listed as origin has them, narrowed and paged by the address", async () => {
    const { get, staffExclusions } = officer();
    staffExclusions.next = "123.abc";
    staffExclusions.lines = [{ ...LINE, state: "dismissed", origin: "family", policy: "custom", endedAt: NOW }];
    const { html } = await get("/staff/exclusions?state=dismissed&origin=family&after=9.f");
    expect(staffExclusions.asked("list")).toMatchObject([{ filter: { state: "dismissed", policy: "", origin: "family", personId: "" }, after: "9.f" }]);
    expect(html).toContain("/staff/exclusions?state=dismissed&amp;origin=family&amp;after=123.abc");
    expect(html).toMatch(/<option value="dismissed" selected/);
    expect(textOf(html)).toContain("Dismissed An end of its own · Family · 25 September 2026 – 4 November 2026");
  });

  it("offers the search by a number to whoever may, and says how current the copy is", async () => {
    const { get, staffExclusions } = officer();
    expect((await get("/staff/exclusions")).html).toContain('href="/staff/exclusions/search"');
    staffExclusions.may = { search: false };
    staffExclusions.asOf = null;
    const { html } = await get("/staff/exclusions");
    expect([html.includes('href="/staff/exclusions/search"'), textOf(html)]).toEqual([false, expect.stringContaining("is being made. What is listed is not all")]);
  });

  it("leads from a reference to the one that has it; else says so beside the field, with what was typed as text", async () => {
    const { post, staffExclusions } = officer();
    const found = await post("/staff/exclusions", { reference: EXCLUSION.toLowerCase() });
    expect([found.status, found.headers.get("location")]).toEqual([303, ONE]);
    const none = await post("/staff/exclusions", { reference: HOSTILE });
    expect([none.status, none.fields.reference, none.html.includes("<script>")]).toEqual([404, HOSTILE, false]);
    staffExclusions.refusal = { refusal: "reference-unreadable" };
    const unread = await post("/staff/exclusions", { reference: "x" });
    expect([unread.status, unread.html.includes('id="reference-wrong"')]).toEqual([422, true]);
  });

  it("by somebody's number asks origin with the reason, and shows what states it; the number stands nowhere", async () => {
    const { get, post, logged, staffExclusions } = officer();
    expect((await get("/staff/exclusions/search")).html).toContain('name="identifier"');
    const found = await post("/staff/exclusions/search", { kind: "msisdn", identifier: "0712 345 678", reason: REASON });
    expect(staffExclusions.asked("search")).toMatchObject([{ kind: "msisdn", identifier: "0712 345 678", reason: REASON }]);
    expect(textOf(found.html)).toContain("NSER-222222222G Begun just now.");
    expect([found.html, logged.join()].join()).not.toContain("0712");
  });

  it.each([["identifier-unreadable", 422, "identifier"], ["reason-unfit", 422, "reason"], ["searches-used-up", 429, null]] as const)("search is refused: %s", async (refusal, status, field) => {
    const { post, staffExclusions } = officer();
    staffExclusions.refusal = { refusal };
    const answer = await post("/staff/exclusions/search", { kind: "passport", identifier: HOSTILE, reason: REASON });
    expect([answer.status, answer.fields.identifier, answer.fields.reason, answer.html.includes('role="alert"')]).toEqual([status, HOSTILE, REASON, true]);
    if (field) expect(answer.html).toContain(`id="${field}-wrong"`);
    expect(answer.html).toMatch(/value="passport" selected/);
  });

  it("search in another language searches nothing", async () => {
    const { post, staffExclusions } = officer();
    const swahili = await post("/staff/exclusions/search", { identifier: "0712 345 678", lang: "sw" });
    expect([swahili.status, swahili.fields.identifier, staffExclusions.asked("search"), swahili.html.includes("Tafuta kwa simu")]).toEqual([200, "0712 345 678", [], true]);
  });

  it("one of them says what it is and what happened in order, with each entry of the audit log, its case and its officers", async () => {
    const { get } = officer();
    const { html } = await get(ONE);
    const words = textOf(html);
    for (const part of ["In force", "The person themself", "1 year", "version 1", "USSD", "vouched for by the mobile network", "Counts until 7 November 2026, 14:30 unless confirmed", "Not me"]) expect(words).toContain(part);
    expect(words).toMatch(/Begun .* USSD .* Lengthened .* SMS .* Annulment begun .* Officers Decided by user:a user:b Case CASE-111111111J .* Something else: exclusion.turned-inside-out .* carrier-pigeon/);
    expect(words).toContain("Entry 01890a5d-ac96-774b-bcce-000000000008 Position 8 Change log 16 Action exclusion.annulment-begun");
    expect([html.includes("<b>x</b>"), html.includes(`href="${A_CASE}"`), html.match(/method="post"/g)]).toEqual([false, true, null]);
    expect(html).toContain("/staff/exclusions?personId=01890a5d-ac96-774b-bcce-b302099a8051");
  });

  it("are not shown while origin is away", async () => {
    const { get, staffExclusions } = officer();
    staffExclusions.look = async () => Promise.reject(new Error("no answer in time"));
    expect((await get(ONE)).status).toBe(503);
  });
});

describe("the queue of cases", () => {
  it.each([
    ["", { kind: undefined, state: undefined, proposal: undefined, overdue: undefined }], ["?which=overdue&kind=family", { overdue: true, kind: "family" }],
    ["?which=mine", { proposal: "mine" }], ["?which=others&state=hearing", { proposal: "others", state: "hearing" }],
    ["?which=x&kind=%3Cscript%3E&state=__proto__", { kind: undefined, state: undefined, proposal: undefined, overdue: undefined }],
  ])("asks for %s", async (query, filter) => {
    const { get, staffCases } = officer();
    expect((await get(`/staff/cases${query}`)).status).toBe(200);
    expect(staffCases.asked("list")).toMatchObject([{ filter, after: null }]);
  });

  it("says what is due, what is late and what waits, and goes on", async () => {
    const { get, staffCases } = officer();
    staffCases.next = '[1,"a"]';
    const { html } = await get("/staff/cases?which=mine&after=2");
    expect(textOf(html)).toContain("Family’s request · Open Overdue since 3 November 2026");
    expect(textOf(html)).toContain("Due 8 November 2026 Waits for a second officer");
    expect(html).toContain("/staff/cases?which=mine&amp;after=%5B1%2C%22a%22%5D");
    expect(staffCases.asked("list")[0].after).toBe("2");
  });

  it("leads from a reference to its case, and asks nobody for what cannot be one", async () => {
    const { post, staffCases } = officer();
    const found = await post("/staff/cases", { reference: "case 111 111 111 j" });
    expect([found.status, found.headers.get("location"), staffCases.calls]).toEqual([303, A_CASE, []]);
    const wrong = await post("/staff/cases", { reference: HOSTILE });
    expect([wrong.status, wrong.fields.reference, wrong.html.includes("<script>")]).toEqual([422, HOSTILE, false]);
  });
});

describe("filing for a court or an operator", () => {
  const filled = {
    formId: "f", kind: "operator", name: "Kenbet", subjectPhone: "0712 345 678", subjectName: "Wanjiku", documentKind: "passport", subjectDocument: "A1234567", grounds: "court-order", statement: "He plays",
  };

  it("asks origin for what was typed, once a form, and leads to the case", async () => {
    const { get, post, staffCases } = officer();
    const { formId } = (await get("/staff/cases/new")).fields;
    expect(formId).toMatch(/^0{8}-/);
    const filed = await post("/staff/cases/new", { ...filled, formId: formId! });
    expect([filed.status, filed.headers.get("location")]).toEqual([303, A_CASE]);
    expect(staffCases.asked("file")).toMatchObject([{ formId, request: {
      kind: "operator", name: "Kenbet", subject: { phone: "0712 345 678", name: "Wanjiku", document: { kind: "passport", value: "A1234567" } }, grounds: ["court-order"], statement: "He plays",
    } }]);
  });

  it.each([
    [{ refusal: "name-missing", field: "subjectName" }, 422], [{ refusal: "subject-phone-invalid", field: "subjectPhone" }, 422], [{ refusal: "document-invalid", field: "subjectDocument" }, 422],
    [{ refusal: "choice-missing", field: "grounds" }, 422], [{ refusal: "text-too-long", field: "statement" }, 422], [{ refusal: "command-reused" }, 409],
  ] as const)("is refused: %o, and loses nothing that was typed", async (refusal, status) => {
    const { post, staffCases } = officer();
    staffCases.refusal = refusal;
    const answer = await post("/staff/cases/new", { ...filled, statement: HOSTILE, name: HOSTILE });
    expect([answer.status, answer.fields.name, answer.fields.formId, answer.html.includes("<script>")]).toEqual([status, HOSTILE, "f", false]);
    if ("field" in refusal) expect(answer.html).toContain(`id="${refusal.field}-wrong"`);
    expect(answer.html).toMatch(/value="court-order" checked/);
  });

  it("takes a statement of 2,000 letters in any writing", async () => {
    const { post, staffCases } = officer();
    const statement = "ق".repeat(2_000);
    expect((await post("/staff/cases/new", { ...filled, statement })).status).toBe(303);
    expect(staffCases.asked("file")[0].request.statement).toBe(statement);
  });
});

describe("a case", () => {
  it("says what it is, who speaks, what was decided and what happened, and names nobody", async () => {
    const { get } = officer();
    const { html } = await get(A_CASE);
    const words = textOf(html);
    for (const part of ["Family’s request", "Money troubles", "Asks", "Withdrew on 3 November 2026", "PDF, 118 kB", "Refuse it", "user:a", "user:b", "The register refused: not-now", "Filed", "Proposed: Refuse it", `case/${CASE}`]) expect(words).toContain(part);
    expect(html).not.toContain("<script>");
  });

  it("offers what its reader may, and no more", async () => {
    const { get, staffCases } = officer();
    const actionsIn = (html: string) => [...html.matchAll(/<form method="post" action="[^"]*\/([a-z-]+)"/g)].map(([, step]) => step).toSorted();
    expect(actionsIn((await get(A_CASE)).html)).toEqual(["evidence", "file", "notify", "open", "propose", "stop", "withdraw"]);
    staffCases.known = { ...LOOKED_AT, case: { ...FAMILY, state: "hearing" }, may: MAY_NOTHING };
    const { html } = await get(A_CASE);
    expect([actionsIn(html), textOf(html)]).toEqual([[], expect.stringContaining("There is nothing you can do with it now.")]);
  });

  it("that waits for a second says so to who proposed it, and is seconded or sent back by another alone", async () => {
    const { get, post, staffCases } = officer();
    staffCases.known = { ...LOOKED_AT, case: PROPOSED, may: { ...MAY_NOTHING, sendBack: true } };
    const own = await get(A_CASE);
    expect(textOf(own.html)).toContain("Somebody else has to second it. Nobody seconds their own.");
    expect([own.html.includes(`${A_CASE}/second"`), own.html.includes(`${A_CASE}/send-back"`)]).toEqual([false, true]);
    staffCases.known = { ...LOOKED_AT, case: PROPOSED, may: { ...MAY_NOTHING, second: true, sendBack: true } };
    const other = await get(A_CASE);
    expect([textOf(other.html).includes("Nobody seconds their own"), other.html.includes(`${A_CASE}/second"`), other.html.includes("<b>danger")]).toEqual([false, true, false]);
    const done = await post(`${A_CASE}/second`, { version: other.fields.version!, secondReason: REASON });
    expect([done.status, done.headers.get("location"), staffCases.asked("second")]).toEqual([303, A_CASE, [expect.objectContaining({ reference: CASE, version: 5, reason: REASON })]]);
    await post(`${A_CASE}/send-back`, { version: "5", secondReason: REASON });
    expect(staffCases.asked("sendBack")).toMatchObject([{ version: 5, reason: REASON }]);
  });

  it("is proposed on with an act, a reason and a day to whose end it lasts in Nairobi", async () => {
    const { post, staffCases } = officer();
    await post(`${A_CASE}/propose`, { version: "4", act: "measure", until: "2026-11-20", proposeReason: REASON });
    await post(`${A_CASE}/propose`, { version: "4", act: "grant", until: "", proposeReason: REASON });
    expect(staffCases.asked("propose")).toMatchObject([{ act: "measure", until: endOfDayOn("2026-11-20"), version: 4, reason: REASON }, { act: "grant", until: null }]);
    expect(new Date(endOfDayOn("2026-11-20")!).toISOString()).toBe("2026-11-20T20:59:59.999Z");
    for (const until of ["2026-02-30", "20.11.2026", "soon", HOSTILE]) {
      const wrong = await post(`${A_CASE}/propose`, { version: "4", act: "measure", until, proposeReason: REASON });
      expect([wrong.status, wrong.html.includes('id="until-wrong"'), wrong.fields.proposeReason]).toEqual([422, true, REASON]);
    }
    expect(staffCases.asked("propose")).toHaveLength(2);
  });

  it("with a form that no page of ours made is on no version there is", async () => {
    const { post, staffCases } = officer();
    for (const version of ["", "x", "-1", "1.5", "9".repeat(30)]) await post(`${A_CASE}/notify`, { version, notifyReason: REASON });
    expect(new Set(staffCases.asked("notify").map((asked) => asked.version))).toEqual(new Set([0, Number.MAX_SAFE_INTEGER]));
  });

  it.each([
    ["notify", "reason-unfit", 422, "notifyReason"], ["propose", "act-unfit", 422, "act"], ["propose", "until-missing", 422, "until"], ["propose", "until-unfit", 422, "until"],
    ["propose", "evidence-missing", 409, null], ["propose", "hearing-runs", 409, null], ["propose", "proposal-waits", 409, null], ["second", "own-proposal", 403, null],
    ["second", "decided-before", 403, null], ["second", "nothing-proposed", 409, null], ["second", "conflict", 409, null], ["withdraw", "not-now", 409, null],
    ["stop", "command-reused", 409, null], ["open", "reason-unfit", 422, "openReason"], ["file", "reason-unfit", 422, "fileReason"],
  ] as const)("%s is refused: %s", async (step, refusal, status, field) => {
    const { post, staffCases } = officer();
    staffCases.refusal = { refusal };
    const answer = await post(`${A_CASE}/${step}`, { version: "4", act: "measure" });
    expect([answer.status, answer.html.includes('role="alert"')]).toEqual([status, true]);
    if (field) expect(answer.html).toContain(`id="${field}-wrong"`);
    if (field) expect(answer.html).toMatch(/<details class="card" open/);
  });

  it("is opened with a reason, once, as text", async () => {
    const { post, staffCases } = officer();
    const opened = await post(`${A_CASE}/open`, { openReason: REASON });
    expect([opened.status, staffCases.asked("open"), opened.headers.get("cache-control")]).toEqual([200, [expect.objectContaining({ reference: CASE, reason: REASON })], "no-store"]);
    for (const part of ["Wanjiku &lt;b&gt;", "+254712345678", "+254733445566", "12345678", "Spouse", "27 March 1990", "He lost the rent.", "&lt;script&gt;", "bank &lt;statement&gt;.pdf"]) expect(opened.html).toContain(part);
    expect([opened.html.includes("<script>"), opened.html.includes(`href="${A_CASE}?lang=sw"`)]).toEqual([false, true]);
  });
});

describe("evidence", () => {
  const upload = ({ request, origin }: Visit, file: File | null, path = `${A_CASE}/evidence`) => {
    const body = new FormData();
    body.set("note", "x");
    if (file) body.set("evidence", file);
    return request(path, { method: "POST", body, headers: { origin, "sec-fetch-site": "same-origin" } });
  };

  it("is a file with its name and its bytes", async () => {
    const visit = officer();
    const done = await upload(visit, new File([new Uint8Array([1, 2, 3])], "l’état <b>.pdf"));
    expect([done.status, done.headers.get("location")]).toEqual([303, A_CASE]);
    expect(visit.staffCases.asked("addEvidence")).toMatchObject([{ reference: CASE, name: "l’état <b>.pdf", bytes: new Uint8Array([1, 2, 3]) }]);
  });

  it("of 5 MB passes, a larger one does not, and no other page takes a file", async () => {
    const visit = officer();
    expect((await upload(visit, new File([new Uint8Array(5 * 1024 * 1024)], "x.pdf"))).status).toBe(303);
    expect((await upload(visit, new File([new Uint8Array(5 * 1024 * 1024 + 20_000)], "x.pdf"))).status).toBe(413);
    expect((await upload(visit, new File(["x"], "x.pdf"), `${A_CASE}/open`)).status).toBe(415);
    expect(visit.staffCases.calls.map(({ verb }) => verb)).toEqual(["addEvidence"]);
  });

  it("that is none is refused beside the field", async () => {
    const visit = officer();
    for (const answer of [await upload(visit, null), await visit.post(`${A_CASE}/evidence`, {})]) expect([answer.status, answer.html.includes('id="evidence-wrong"')]).toEqual([422, true]);
    expect(visit.staffCases.asked("addEvidence")).toEqual([]);
  });

  it.each(["--x\r\nrubbish", "", '--x\r\ncontent-disposition: form-data; name="evidence"; filename="x.pdf"\r\n\r\ncut off'])(
    "in a body that cannot be read gets the page that says so: %j",
    async (body) => {
      const visit = officer();
      const headers = { "content-type": "multipart/form-data; boundary=x", "origin": visit.origin, "sec-fetch-site": "same-origin" };
      const answer = await visit.request(`${A_CASE}/evidence`, { method: "POST", body, headers });
      expect([answer.status, answer.html.includes(text("en", "problem.unreadable")), answer.html.includes("evidence-wrong")]).toEqual([415, true, false]);
      expect(visit.staffCases.calls).toEqual([]);
    },
  );

  it.each([["evidence-type", 422], ["evidence-too-large", 413], ["evidence-too-many", 409], ["evidence-empty", 422]] as const)("is refused: %s", async (refusal, status) => {
    const visit = officer();
    visit.staffCases.refusal = { refusal };
    const answer = await upload(visit, new File(["x"], "x.exe"));
    expect([answer.status, answer.html.includes('id="evidence-wrong"')]).toEqual([status, true]);
  });

  it("from another site's form, or by who is signed out, changes nothing", async () => {
    const visit = officer();
    const body = new FormData();
    body.set("evidence", new File(["x"], "x.pdf"));
    expect((await visit.request(`${A_CASE}/evidence`, { method: "POST", body, headers: { origin: "https://elsewhere.test" } })).status).toBe(403);
    expect(visit.staffCases.calls).toEqual([]);
    visit.staffCases.refusal = { refusal: "signed-out" };
    expect((await upload(visit, new File(["x"], "x.pdf"))).headers.get("location")).toBe(`/sign-in?next=${encodeURIComponent(A_CASE)}`);
  });

  it("is handed out to be kept, under its own name, and runs nothing here", async () => {
    const { post, staffCases } = officer();
    const file = await post(`${A_CASE}/file`, { file: FILE_ID, fileReason: REASON });
    expect(staffCases.asked("readEvidence")).toMatchObject([{ reference: CASE, id: FILE_ID, reason: REASON }]);
    expect([file.status, file.html, file.headers.get("content-type"), file.headers.get("content-disposition")]).toEqual([
      200, "%PDF", "application/pdf", "attachment; filename*=UTF-8''l%27%C3%A9tat%20%22x%22.pdf",
    ]);
    expect([file.headers.get("x-content-type-options"), file.headers.get("cache-control")]).toEqual(["nosniff", "no-store"]);
    expect(file.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});
