import { describe, expect, it } from "vitest";
import { text } from "../../src/i18n/index.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { type AskedAbout, REQUEST_KINDS, SUBJECTS_OF } from "../../src/domains/users/rights/model.ts";
import { type Fields, FORM_ID, visitor } from "./browser.ts";
import { RIGHT_CODE } from "./citizens.ts";

const DECIDED = Object.keys(SUBJECTS_OF) as AskedAbout[];

/** A visitor who holds the grant. */
async function holder() {
  const visit = visitor();
  await visit.post("/exclude/confirm", { formId: FORM_ID, policy: "30d", phone: "0712345678", code: RIGHT_CODE });
  const ask = (kind: string, more: Fields = {}) => visit.post(`/my/requests/${kind}`, { formId: FORM_ID, ...more });
  return { ...visit, ask };
}

/** What stands inside the form of a kind. */
const formOf = (html: string, kind: string): string => new RegExp(`<form[^>]*action="/my/requests/${kind}".*?</form>`, "s").exec(html)![0];

describe("one's rights", () => {
  it.each(Object.keys(LOCALES) as Locale[])("are one page in %s, with a form of its own for each kind, and below 50 KB", async (locale) => {
    const { get } = await holder();
    const { html } = await get(`/my/requests?lang=${locale}`);
    const ids = REQUEST_KINDS.map((kind) => /name="formId" value="([^"]+)"/.exec(formOf(html, kind))![1]);
    expect(new Set(ids).size).toBe(REQUEST_KINDS.length);
    for (const kind of DECIDED) expect([...formOf(html, kind).matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value)).toEqual(SUBJECTS_OF[kind]);
    expect(html).not.toMatch(/<details[^>]* open/);
    expect(new TextEncoder().encode(html).length).toBeLessThan(50_000);
  });

  it.each(DECIDED)("%s is sent as it was filled in, and then stands in the list", async (kind) => {
    const { ask, citizens, get } = await holder();
    const [subject] = SUBJECTS_OF[kind];
    const sent = await ask(kind, { subject, statement: "because" });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/my/requests"]);
    expect(citizens.questions).toMatchObject([{ formId: FORM_ID, kind, subject, statement: "because", locale: "en" }]);
    const { html } = await get("/my/requests");
    for (const words of [text("en", `rights.kind.${kind}`), text("en", `rights.subject.${subject}`), "Received", "Answer by"]) expect(html).toContain(words);
  });

  it.each(["access", "portability"])("%s is a file named for its reference", async (kind) => {
    const { ask, citizens } = await holder();
    const { status, headers } = await ask(kind);
    expect([status, headers.get("content-type"), headers.get("content-disposition")]).toEqual([200, "application/json", 'attachment; filename="DR-0000000000.json"']);
    expect(citizens.questions).toMatchObject([{ kind, subject: null, statement: "" }]);
  });

  it.each(DECIDED)("%s without a statement is shown again, unfolded, with what was chosen and where it is wrong", async (kind) => {
    const { ask } = await holder();
    const subject = SUBJECTS_OF[kind][1];
    const { status, html } = await ask(kind, { subject, statement: "" });
    expect([status, html.match(/<details[^>]* open/g)?.length]).toEqual([422, 1]);
    expect(html).toContain(`href="#${kind}-statement"`);
    expect(formOf(html, kind)).toContain(`value="${subject}" selected`);
    expect(formOf(html, kind)).toContain(`id="${kind}-statement-wrong"`);
  });

  it("keep what was typed as text", async () => {
    const { ask, citizens } = await holder();
    citizens.rights.ask = async () => ({ ok: false, refusal: "subject-unknown" });
    const { html } = await ask("objection", { subject: "<b>", statement: "</textarea><script>alert(1)</script>" });
    expect(html).toContain("&lt;/textarea&gt;&lt;script&gt;");
    expect(html).not.toContain("<script>");
    expect(html).toContain('href="#objection-subject"');
  });

  it("ask for a new code where everything would be shown or erased with an old one, and for nothing else", async () => {
    for (const [kind, status] of [["access", 403], ["portability", 403], ["erasure", 403], ["restriction", 303]] as const) {
      const { ask, citizens } = await holder();
      citizens.tooOld = true;
      expect([kind, (await ask(kind, { subject: "messages", statement: "x" })).status]).toEqual([kind, status]);
    }
  });

  it("lead nowhere for a kind there is none of, and to the door without a grant", async () => {
    const { ask, cookies, citizens } = await holder();
    for (const kind of ["export", "Access", "__proto__", "constructor"]) expect((await ask(kind)).status).toBe(404);
    cookies.clear();
    for (const kind of REQUEST_KINDS) expect((await ask(kind, { subject: "other", statement: "x" })).headers.get("location")).toBe("/my");
    expect(citizens.questions).toEqual([]);
  });
});
