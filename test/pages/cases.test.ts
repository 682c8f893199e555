import { describe, expect, it } from "vitest";
import type { CaseRefusal } from "../../src/domains/exclusions/cases/cases-rpc.ts";
import { CITIZEN_KINDS, type CitizenKind } from "../../src/domains/exclusions/cases/model.ts";
import { text } from "../../src/i18n/index.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { type Fields, FORM_ID, type Visit, visitor } from "./browser.ts";
import { aCase, caseReference, NOTHING_TO_DO } from "./cases.ts";
import { NOW, RIGHT_CODE } from "./citizens.ts";

const PHONE = "0712345678";
const NAUGHTY = "</textarea><script>alert(1)</script>\n\"' &amp; أمينة 👩‍👧 %00";

const led = ({ status, headers }: Visit) => [status, headers.get("location")];
const at = (n: number, rest = "") => `/my/cases/${caseReference(n)}${rest}`;

/** A visitor who proved a phone. */
async function proven() {
  const visit = visitor();
  await visit.post("/my/enter", { formId: FORM_ID, phone: PHONE, code: RIGHT_CODE });
  return visit;
}

/** Somebody with an exclusion in force. */
async function excluded(policy = "1y") {
  const visit = visitor();
  await visit.post("/exclude/confirm", { formId: FORM_ID, policy, phone: PHONE, code: RIGHT_CODE });
  return visit;
}

const ABOUT_OWN: Fields = { exclusion: "NSER-111111111J" };
const TYPED: Record<CitizenKind, Fields> = {
  "not-me": ABOUT_OWN,
  "review": ABOUT_OWN,
  "longer": { ...ABOUT_OWN, until: "١/٥/2027" },
  "disputed-document": { documentKind: "passport", document: "AK 123456", name: "Wanjirũ", dateOfBirth: "27 3 1990" },
  "complaint": { operator: "acme01", happenedOn: "4 11 2026", checks: "a b", showChecks: "yes" },
  "family": {
    name: "Otieno", subjectName: "أمينة", subjectPhone: "٠٧٣٣000111", subjectDocument: "", documentKind: "national_id", relation: "sibling",
    "ground-financial-hardship": "yes", "ground-unable-to-decide": "yes",
  },
};
const SENT: Record<CitizenKind, object> = {
  "not-me": { ...ABOUT_OWN, numberWasAnothers: false },
  "review": ABOUT_OWN,
  "longer": { ...ABOUT_OWN, until: "2027-05-01" },
  "disputed-document": { document: { kind: "passport", value: "AK 123456", name: "Wanjirũ", dateOfBirth: "27 3 1990" } },
  "complaint": { operator: "acme01", happenedOn: "2026-11-04", checks: ["a", "b"] },
  "family": {
    name: "Otieno", subject: { name: "أمينة", phone: "0733000111", document: null }, relation: "sibling", grounds: ["financial-hardship", "unable-to-decide"],
  },
};
/** Fields that are a list to choose from. */
const CHOSEN = ["documentKind", "operator", "relation"];

const filled = (kind: CitizenKind, more: Fields = {}): Fields => ({ formId: FORM_ID, phone: PHONE, statement: "because", ...TYPED[kind], ...more });

describe("asking", () => {
  it("begins with a choice, reached from the home page and from one's own", async () => {
    const { get } = await proven();
    expect((await get("/my")).html).toContain('href="/my/cases"');
    expect((await get("/my/cases")).html).toContain('href="/my/cases/new"');
    const { html } = await get("/my/cases/new");
    for (const kind of CITIZEN_KINDS) expect(html).toContain(`href="/my/cases/new/${kind}"`);
    for (const kind of ["family", "disputed-document", "complaint"]) expect((await get("/")).html).toContain(`href="/my/cases/new/${kind}"`);
  });

  it.each(CITIZEN_KINDS)("%s is sent as typed, and leads to where it stands", async (kind) => {
    const { post, get, cases } = await proven();
    expect(led(await post(`/my/cases/new/${kind}`, filled(kind)))).toEqual([303, `${at(1)}?done=filed`]);
    expect(cases.asked("file")).toEqual([
      { grant: "grant-of-0712345678", formId: FORM_ID, phone: PHONE, locale: "en", request: { kind, ...SENT[kind], statement: "because" } },
    ]);
    const page = await get(`${at(1)}?done=filed`);
    for (const words of ["We have it.", text("en", `cases.kind.${kind}`), caseReference(1), "With the officers"]) expect(page.html).toContain(words);
  });

  it.each(CITIZEN_KINDS)("%s with no fresh code waits in the page for one, and nothing typed is lost", async (kind) => {
    const { post, cases, citizens, cookies } = visitor();
    const code = await post(`/my/cases/new/${kind}`, filled(kind, { statement: NAUGHTY }));
    expect(citizens.asked("sendCode")).toMatchObject([{ formId: FORM_ID, phone: PHONE, document: null, again: false }]);
    expect(code.html).not.toContain("<script>");
    expect(cases.asked("file")).toEqual([]);
    const wrong = await post(`/my/cases/new/${kind}`, { ...code.fields, code: "000000" });
    expect([wrong.status, wrong.html.includes('id="code-wrong"')]).toEqual([422, true]);
    expect(led(await post(`/my/cases/new/${kind}`, { ...wrong.fields, code: "123 456" }))).toEqual([303, `${at(1)}?done=filed`]);
    expect(cases.asked("file")).toMatchObject([{ request: { kind, ...SENT[kind], statement: NAUGHTY } }]);
    expect(cookies.has("visit")).toBe(true);
  });

  it("with a code older than 5 minutes asks for another and goes on", async () => {
    const { post, cases } = await proven();
    cases.refusal = { refusal: "proof-too-old", field: null };
    const code = await post("/my/cases/new/family", filled("family"));
    expect(code.html).toContain('name="code"');
    expect(led(await post("/my/cases/new/family", { ...code.fields, code: RIGHT_CODE }))).toEqual([303, `${at(1)}?done=filed`]);
    expect(cases.asked("file")).toHaveLength(2);
  });

  it("sends the code again, keeps what was typed through a language and through another number", async () => {
    const { post, citizens } = visitor();
    const code = await post("/my/cases/new/family", filled("family"));
    const again = await post("/my/cases/new/family", { ...code.fields, code: "", again: "yes" });
    expect(citizens.asked("sendCode").map((asked) => asked.again)).toEqual([false, true]);
    const inSwahili = await post("/my/cases/new/family", { ...again.fields, lang: "sw" });
    expect([inSwahili.html.includes('lang="sw"'), inSwahili.fields.name]).toEqual([true, "Otieno"]);
    const edit = await post("/my/cases/new/family?edit", inSwahili.fields);
    expect(edit.fields).toMatchObject({ phone: PHONE, name: "Otieno", "ground-financial-hardship": "yes" });
    expect(edit.fields.sentTo).toBeUndefined();
  });

  it.each([
    ["", "phone-missing", 400], ["abc", "phone-invalid", 422],
  ])("for no good phone (%s) shows the form beside the field", async (phone, refusal, status) => {
    const { post, citizens } = visitor();
    if (phone !== "") citizens.refusal = { refusal: "phone-invalid", field: "phone" };
    const page = await post("/my/cases/new/family", filled("family", { phone }));
    expect([page.status, page.html.includes('id="phone-wrong"'), page.html.includes(text("en", `error.${refusal}` as never))]).toEqual([status, true, true]);
    expect(page.fields).toMatchObject({ name: "Otieno", phone });
  });

  it("twice by one form is one request, and what lies with officers already is shown instead", async () => {
    const { post, cases } = await proven();
    await post("/my/cases/new/family", filled("family"));
    expect(led(await post("/my/cases/new/family", filled("family")))).toEqual([303, `${at(1)}?done=filed`]);
    expect(cases.kept).toHaveLength(1);
    cases.refusal = { refusal: "already-open", field: null, reference: caseReference(1) };
    expect(led(await post("/my/cases/new/family", filled("family")))).toEqual([303, `${at(1)}?done=joined`]);
  });

  it.each<[CitizenKind, CaseRefusal, number]>([
    ["family", { refusal: "too-many-requests", field: null }, 429],
    ["family", { refusal: "refused-for-a-year", field: null }, 403],
    ["family", { refusal: "not-now", field: null }, 409],
    ["family", { refusal: "phone-elsewhere", field: "phone" }, 422],
    ["family", { refusal: "statement-missing", field: "statement" }, 422],
    ["family", { refusal: "text-too-long", field: "statement" }, 422],
    ["family", { refusal: "text-unreadable", field: "statement" }, 422],
    ["family", { refusal: "name-missing", field: "name" }, 422],
    ["family", { refusal: "name-missing", field: "subjectName" }, 422],
    ["family", { refusal: "subject-phone-invalid", field: "subjectPhone" }, 422],
    ["family", { refusal: "about-oneself", field: "subjectPhone" }, 422],
    ["family", { refusal: "document-invalid", field: "subjectDocument" }, 422],
    ["family", { refusal: "choice-missing", field: "relation" }, 422],
    ["family", { refusal: "choice-missing", field: "grounds" }, 422],
    ["disputed-document", { refusal: "document-missing", field: "document" }, 422],
    ["disputed-document", { refusal: "birth-missing", field: "dateOfBirth" }, 422],
    ["disputed-document", { refusal: "birth-unreadable", field: "dateOfBirth" }, 422],
    ["disputed-document", { refusal: "birth-impossible", field: "dateOfBirth" }, 422],
    ["complaint", { refusal: "choice-missing", field: "operator" }, 422],
    ["complaint", { refusal: "date-unreadable", field: "happenedOn" }, 422],
    ["complaint", { refusal: "date-impossible", field: "happenedOn" }, 422],
    ["longer", { refusal: "date-impossible", field: "until" }, 422],
    ["longer", { refusal: "not-longer", field: "until" }, 422],
    ["longer", { refusal: "exclusion-unknown", field: "exclusion" }, 422],
    ["not-me", { refusal: "recycled-number", field: "exclusion" }, 422],
    ["review", { refusal: "not-permanent", field: "exclusion" }, 422],
    ["review", { refusal: "too-early", field: "exclusion", from: NOW + 2 * DAY }, 422],
  ])("%s refused: %o stands beside its field, and what was typed stays", async (kind, refusal, status) => {
    const { post, cases } = await proven();
    cases.refusal = refusal;
    const page = await post(`/my/cases/new/${kind}`, filled(kind, { statement: NAUGHTY }));
    expect(page.status).toBe(status);
    const words = refusal.refusal === "too-early" ? "6 November 2026" : text("en", `cases.wrong.${refusal.refusal}` as never);
    expect(page.html.replaceAll("&#39;", "'")).toContain(words);
    if (refusal.field !== null) for (const mark of [`href="#${refusal.field}"`, `id="${refusal.field}"`, `id="${refusal.field}-wrong"`]) expect(page.html).toContain(mark);
    expect(page.html).not.toContain("<script>");
    expect(page.html).toContain("&lt;/textarea&gt;&lt;script&gt;");
    for (const [name, value] of Object.entries(TYPED[kind])) {
      if (CHOSEN.includes(name)) expect(page.html).toContain(`value="${value}" selected`);
      else expect(page.fields).toMatchObject({ [name]: value });
    }
    expect(page.fields.formId).toBe(FORM_ID);
  });

  it("by a form that was used for something else begins anew, and by one without an id too", async () => {
    const { post, cases } = await proven();
    cases.refusal = { refusal: "form-reused", field: null };
    expect((await post("/my/cases/new/family", filled("family"))).status).toBe(409);
    expect((await post("/my/cases/new/family", filled("family", { formId: "x" }))).status).toBe(400);
    for (const kind of ["operator", "court", "__proto__", "NOT-ME"]) expect((await post(`/my/cases/new/${kind}`, filled("family"))).status).toBe(404);
  });

  it("keeps the form when origin is gone", async () => {
    const { post, cases } = await proven();
    cases.gone = true;
    const page = await post("/my/cases/new/family", filled("family"));
    expect([page.status, page.fields["ground-unable-to-decide"], page.fields.statement]).toEqual([503, "yes", "because"]);
    cases.gone = false;
    expect((await post("/my/cases/new/family", page.fields)).status).toBe(303);
  });
});

describe("what is about one's own exclusion", () => {
  it("asks first whether the number was somebody else's before", async () => {
    const { get } = await excluded();
    const { html } = await get("/my/cases/new/not-me");
    expect([html.includes('href="/number"'), html.includes("<textarea")]).toEqual([true, false]);
    expect((await get("/my/cases/new/not-me?mine=yes")).fields.exclusion).toBe("NSER-111111111J");
  });

  it("has the exclusion in it, and says at once what cannot be asked", async () => {
    const { get } = await excluded();
    expect((await get("/my/cases/new/longer")).fields).toMatchObject({ exclusion: "NSER-111111111J", until: "2027-11-04" });
    expect((await get("/my/cases/new/review")).html).toContain("not permanent");
    const forGood = await excluded("permanent");
    expect((await forGood.get("/my/cases/new/longer")).html).toContain("has no end");
    expect((await forGood.get("/my/cases/new/review")).html).toContain("possible from");
    expect((await (await proven()).get("/my/cases/new/longer")).html).toContain("No exclusion of your own");
  });

  it.each(["longer", "review", "not-me?mine=yes"])("leads by the door and back: %s", async (page) => {
    const { get, post } = visitor();
    const door = await get(`/my/cases/new/${page}`);
    const code = await post("/my/code", { ...door.fields, phone: PHONE });
    expect(led(await post("/my/enter", { ...code.fields, code: RIGHT_CODE }))).toEqual([303, `/my/cases/new/${page.split("?")[0]}`]);
  });
});

describe("a complaint", () => {
  it("is begun on a check that found the person, with the company, the day and the answers in it", async () => {
    const { get, post, cases } = await proven();
    const link = /href="(\/my\/cases\/new\/complaint[^"]*)"/.exec((await get("/my/access")).html)![1]!.replaceAll("&amp;", "&");
    const form = await get(link);
    expect(form.fields).toMatchObject({ operator: "acme01", happenedOn: "2026-11-04", checks: "0 1 2" });
    await post("/my/cases/new/complaint", { ...form.fields, phone: PHONE, statement: "they let me" });
    delete form.fields.showChecks;
    await post("/my/cases/new/complaint", { ...form.fields, formId: crypto.randomUUID(), phone: PHONE, statement: "they let me" });
    expect(cases.asked("file").map(({ request }) => request.checks)).toEqual([["0", "1", "2"], []]);
  });
});

describe("one's cases", () => {
  it("are listed newest first, and each opened by its reference and no other", async () => {
    const { get, cases } = await proven();
    cases.kept = [aCase({ reference: caseReference(2), kind: "complaint" }), aCase()];
    const { html } = await get("/my/cases");
    expect(html.indexOf(caseReference(2))).toBeLessThan(html.indexOf(caseReference(1)));
    expect((await get(at(1))).status).toBe(200);
    expect((await get(at(3))).status).toBe(404);
    expect((await get("/my/cases/NSER-111111111J")).status).toBe(404);
  });

  it("are behind the door, which leads back", async () => {
    const { get, post, cases } = visitor();
    cases.kept = [aCase()];
    for (const path of ["/my/cases", at(1)]) {
      const door = await get(path);
      expect(door.html).not.toContain("With the officers");
      const code = await post("/my/code", { ...door.fields, phone: PHONE });
      expect(led(await post("/my/enter", { ...code.fields, code: RIGHT_CODE }))).toEqual([303, path]);
      await post("/my/leave", {});
    }
  });

  it("show the subject why, until when and what officers wrote, as text, and nothing that is not there", async () => {
    const { get, cases } = await proven();
    cases.kept = [
      aCase({
        role: "subject", state: "hearing", grounds: ["financial-hardship"], notice: "Dear <b>you</b>\nline", hearingUntil: NOW + 14 * DAY, measureUntil: NOW + 30 * DAY,
        may: { ...NOTHING_TO_DO, answer: true },
      }),
      aCase({ reference: caseReference(2), kind: "disputed-document", state: "closed", decision: "granted", decidedAt: NOW }),
    ];
    const heard = (await get(at(1))).html;
    for (const words of ["Somebody who knows you asks", "Gambling brings them", "Dear &lt;b&gt;you", "18 November 2026", "4 December 2026"]) expect(heard).toContain(words);
    for (const words of ["Decision", "Your files", "Take it back"]) expect(heard).not.toContain(words);
    const freed = (await get(at(2))).html;
    expect(freed).toContain("does not say whether it ever did");
  });

  it.each(["answer", "appeal", "object"] as const)("take the person's words: %s", async (act) => {
    const { get, post, cases } = await proven();
    cases.kept = [aCase({ role: "subject", may: { ...NOTHING_TO_DO, [act]: true } })];
    const page = await get(at(1));
    expect(page.html).toContain(`action="${at(1, `/${act}`)}"`);
    cases.refusal = { refusal: "statement-missing", field: "statement" };
    const wrong = await post(at(1, `/${act}`), { formId: FORM_ID, statement: NAUGHTY });
    expect([wrong.status, wrong.html.includes(`id="${act}-statement-wrong"`), wrong.html.includes("&lt;script&gt;")]).toEqual([422, true, true]);
    expect(led(await post(at(1, `/${act}`), { formId: FORM_ID, statement: NAUGHTY }))).toEqual([303, `${at(1)}?done=done`]);
    expect(cases.asked(act).at(-1)).toEqual({ grant: "grant-of-0712345678", formId: FORM_ID, reference: caseReference(1), statement: NAUGHTY, locale: "en" });
  });

  it.each(["answer", "appeal", "object", "withdraw"] as const)("ask for a phone and a code where none is fresh, and keep the words: %s", async (act) => {
    for (const hasGrant of [true, false]) {
      const { post, cases } = hasGrant ? await proven() : visitor();
      cases.kept = [aCase()];
      const send = (fields: Fields) => {
        if (hasGrant && !fields.code) cases.refusal = { refusal: "proof-too-old", field: null };
        return post(at(1, `/${act}`), fields);
      };
      const phone = await send({ formId: FORM_ID, statement: NAUGHTY });
      expect(phone.status).toBe(403);
      expect((await send({ ...phone.fields, phone: "" })).html).toContain('id="phone-wrong"');
      const code = await send({ ...phone.fields, phone: PHONE });
      expect(led(await send({ ...code.fields, code: RIGHT_CODE }))).toEqual([303, `${at(1)}?done=done`]);
      if (act !== "withdraw") expect(cases.asked(act).at(-1).statement).toBe(NAUGHTY);
    }
  });

  it.each<[CaseRefusal, number]>([
    [{ refusal: "not-now", field: null }, 409], [{ refusal: "measure-runs", field: null }, 409], [{ refusal: "case-unknown", field: null }, 404],
    [{ refusal: "form-reused", field: null }, 409],
  ])("say why something is not done: %o", async (refusal, status) => {
    const { post, cases } = await proven();
    cases.kept = [aCase({ may: { ...NOTHING_TO_DO, withdraw: true } })];
    cases.refusal = refusal;
    expect((await post(at(1, "/withdraw"), { formId: FORM_ID })).status).toBe(status);
  });

  it.each(Object.keys(LOCALES) as Locale[])("stay below 50 KB in %s with everything in them", async (locale) => {
    const { get, post, cases } = await proven();
    cases.kept = Array.from({ length: 20 }, (_, n) => aCase({ reference: caseReference(n), may: { answer: true, appeal: true, object: true, withdraw: true, addEvidence: true } }));
    cases.kept[1]!.notice = "أ".repeat(2_000);
    const pages = [await get(`/my/cases?lang=${locale}`), await get(at(1)), await get("/my/cases/new"), await get("/")];
    for (const kind of CITIZEN_KINDS) pages.push(await post(`/my/cases/new/${kind}`, filled(kind, { statement: "أ".repeat(2_000), lang: locale })));
    for (const { html } of pages) expect(new TextEncoder().encode(html).length).toBeLessThan(50_000);
  });
});

describe("a file", () => {
  const upload = (visit: Awaited<ReturnType<typeof proven>>, content: Blob | null, fields: Fields = { formId: FORM_ID }) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    if (content) body.set("evidence", content, "photo أ.png");
    return visit.request(at(1, "/evidence"), { method: "POST", body, headers: { origin: visit.origin, "sec-fetch-site": "same-origin" } });
  };

  it("comes along with its form", async () => {
    const visit = await proven();
    visit.cases.kept = [aCase({ may: { ...NOTHING_TO_DO, addEvidence: true } })];
    expect((await visit.get(at(1))).html).toContain('enctype="multipart/form-data"');
    expect(led(await upload(visit, new Blob(["%PDF-1.7"])))).toEqual([303, `${at(1)}?done=file-added`]);
    expect(visit.cases.asked("addEvidence")).toEqual([
      { grant: "grant-of-0712345678", formId: FORM_ID, reference: caseReference(1), name: "photo أ.png", bytes: new TextEncoder().encode("%PDF-1.7") },
    ]);
  });

  it.each(["evidence-empty", "evidence-too-large", "evidence-type", "evidence-too-many"] as const)("is refused beside its field: %s", async (refusal) => {
    const visit = await proven();
    visit.cases.kept = [aCase({ may: { ...NOTHING_TO_DO, addEvidence: true } })];
    visit.cases.refusal = { refusal, field: "evidence" };
    const page = await upload(visit, refusal === "evidence-empty" ? null : new Blob(["x"]));
    expect([page.status, page.html.includes('id="evidence-wrong"'), /<details[^>]* open/.test(page.html)]).toEqual([422, true, true]);
    expect(page.html).toContain(text("en", `cases.wrong.${refusal}`));
  });

  it("that is far too large never reaches origin, and one without a form id does nothing", async () => {
    const visit = await proven();
    const large = await visit.request(at(1, "/evidence"), {
      method: "POST", body: "x", headers: { "origin": visit.origin, "sec-fetch-site": "same-origin", "content-type": "multipart/form-data; boundary=x", "content-length": "9000000" },
    });
    expect(large.status).toBe(413);
    expect((await upload(visit, new Blob(["x"]), {})).status).toBe(400);
    expect(visit.cases.asked("addEvidence")).toEqual([]);
  });

  it("is chosen once more after a fresh code", async () => {
    const visit = await proven();
    visit.cases.kept = [aCase()];
    visit.cases.refusal = { refusal: "proof-too-old", field: null };
    const door = await upload(visit, new Blob(["x"]));
    expect([door.status, door.html.includes("choose the file once more"), door.fields.wanted]).toEqual([403, true, `cases/${caseReference(1)}`]);
  });
});
