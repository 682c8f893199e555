import { describe, expect, it } from "vitest";
import { isLocale, LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { STYLE, STYLE_HASH } from "../../src/pages/style.ts";
import { parseEnvironment } from "../../workers/portal/environment.ts";
import { FORM_ID, visitor } from "./browser.ts";
import { RIGHT_CODE } from "./citizens.ts";
import { portalDoubles } from "./doubles.ts";

const POSTS = ["/exclude/details", "/exclude/code", "/exclude/confirm", "/my/code", "/my/enter", "/my/extend"];
const filled = {
  formId: FORM_ID, policy: "1y", phone: "0712345678", documentKind: "national_id", document: "12345678", code: RIGHT_CODE,
};
const locales = Object.keys(LOCALES).filter((locale): locale is Locale => isLocale(locale));

/** Every page of the path in one language. */
async function everyPage(locale: Locale) {
  const { get, post, citizens } = visitor();
  await get(`/?lang=${locale}`);
  const pages = [await get("/"), await get("/exclude"), await get("/my")];
  for (const path of POSTS.slice(0, 2)) pages.push(await post(path, filled));
  pages.push(await post("/exclude/confirm", { ...filled, code: "000000" }), await post("/my/code", filled));
  pages.push(await post("/exclude/code", {}));
  await post("/exclude/confirm", filled);
  pages.push(await get("/my"), await get("/my/receipts/NSER-111111111J"), await get("/my/receipts/NSER-111111111J/proof"), await get("/nowhere"));
  for (const path of ["data", "inbox", "access", "activity", "details", "contact"]) pages.push(await get(`/my/${path}`));
  pages.push(await post("/my/details", { version: "0", county: "048" }), await post("/my/contact", { version: "0" }));
  citizens.gone = true;
  return [...pages, await post("/exclude/confirm", filled), await get("/my")];
}

describe.each(locales)("each page in %s", (locale) => {
  it("is small, has no script, one language, one discreet title and a way out", async () => {
    for (const { html, headers } of await everyPage(locale)) {
      expect(new TextEncoder().encode(html).length).toBeLessThanOrEqual(50_000);
      expect(html).not.toMatch(/<script|<img|<link rel="stylesheet"| on\w+="|javascript:/);
      expect(html.match(/<style>/g)).toHaveLength(1);
      expect(html).toContain(`<html lang="${locale}" dir="${LOCALES[locale].dir}">`);
      expect(html).toMatch(/<title>[^<]* – NSER<\/title>/);
      expect(/<title>.*<\/title>/.exec(html)![0]).not.toMatch(/gambl|exclu|kamari|kizuizi|jeu|jou|قمار|استبعاد/i);
      expect(html).toContain('href="/exit"');
      expect(html.includes('class="languages"') && html.match(/<h1>/g)?.length).toBe(1);
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });
});

describe("the headers", () => {
  it("let nothing run and nothing be framed", async () => {
    const { get } = visitor();
    const { headers } = await get("/");
    expect(headers.get("content-security-policy")).toBe(
      `default-src 'none'; style-src ${STYLE_HASH}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  });

  it("name the stylesheet that the page holds", async () => {
    const { get } = visitor();
    const { html } = await get("/");
    const style = /<style>(.*)<\/style>/s.exec(html)![1]!;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    expect(STYLE_HASH).toBe(`'sha256-${Buffer.from(digest).toString("base64")}'`);
    expect(style).toBe(STYLE);
  });

  it.each([["https", true], ["http", false]] as const)("keep the grant close on %s", async (scheme, secure) => {
    const { post } = visitor({ scheme });
    const [cookie] = (await post("/exclude/confirm", filled)).headers.getSetCookie();
    expect(cookie).toMatch(/^visit=/);
    for (const flag of ["Max-Age=900", "Path=/my", "HttpOnly", "SameSite=Lax"]) expect(cookie).toContain(flag);
    expect(cookie!.includes("Secure")).toBe(secure);
  });
});

describe("the language", () => {
  it.each([
    ["/", { "accept-language": "sw-KE,en;q=0.8" }, "sw"],
    ["/", { "accept-language": "so, ar;q=0.5" }, "ar"],
    ["/", { "accept-language": "xx" }, "en"],
    ["/?lang=fr", { "accept-language": "sw" }, "fr"],
    ["/?lang=zz", { cookie: "lang=ar", "accept-language": "sw" }, "ar"],
    ["/?lang=__proto__", {}, "en"],
  ])("of %s with %o is %s", async (path, headers, expected) => {
    const { get } = visitor();
    expect((await get(path, headers as Record<string, string>)).html).toContain(`<html lang="${expected}"`);
  });

  it("is remembered once chosen", async () => {
    const { get, post } = visitor();
    await post("/exclude", { lang: "ar" });
    expect((await get("/nowhere")).html).toContain('<html lang="ar" dir="rtl">');
  });

  it("says where a translation is a draft", async () => {
    const { get } = visitor();
    expect((await get("/?lang=fr")).html).toContain("pas encore été relue");
    expect((await get("/?lang=sw")).html).not.toContain("haijakaguliwa");
  });
});

describe("the quick exit", () => {
  it("leads away and forgets", async () => {
    const { get, post, cookies } = visitor();
    await post("/exclude/confirm", filled);
    expect(cookies.has("visit")).toBe(true);
    const exit = await get("/exit");
    expect([exit.status, exit.headers.get("location")]).toEqual([303, "https://elsewhere.test/"]);
    expect(exit.headers.get("clear-site-data")).toBe('"cache", "cookies", "storage"');
    expect(cookies.has("visit")).toBe(false);
  });
});

describe("bad input", () => {
  const hostile = `"><script>alert(1)</script><b onclick='x'>`;

  it("is shown as it was typed, never as a page's own words", async () => {
    const { post } = visitor();
    const fields = Object.fromEntries(Object.keys(filled).map((name) => [name, hostile]));
    for (const path of ["/exclude", ...POSTS, "/my"]) {
      const { html, status } = await post(path, { ...fields, formId: FORM_ID, policy: "1y", sentTo: hostile });
      expect(status, path).toBeLessThan(500);
      expect(html, path).not.toMatch(/<script|<b onclick/);
    }
    const { fields: kept } = await post("/exclude/details", { ...filled, phone: hostile });
    expect(kept.phone).toBe(hostile);
  });

  it.each(POSTS)("%s without a form id starts again", async (path) => {
    const { post, citizens } = visitor();
    for (const formId of ["", "1", hostile]) {
      const answer = await post(path, { ...filled, formId });
      expect(answer.status).toBe(400);
      expect(answer.html).toContain("Let us start again");
      expect(answer.html).toContain(`href="/${path.split("/")[1]}">Start again`);
    }
    expect(citizens.calls).toEqual([]);
  });

  it.each(POSTS)("%s is not a page to visit", async (path) => {
    const { get } = visitor();
    const answer = await get(path);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
    expect(answer.html).toContain("Let us start again");
  });

  it("other methods and other places are refused", async () => {
    const { request, get, origin } = visitor();
    expect((await request("/exclude", { method: "DELETE", headers: { origin } })).status).toBe(405);
    expect((await get("/my/receipts")).status).toBe(404);
    expect((await get("/%E0%A4%A")).status).toBe(404);
  });

  it.each([
    ["application/json", 415, '{"formId":"x"}'],
    ["multipart/form-data; boundary=x", 415, "--x--"],
    ["text/plain", 415, "formId=x"],
    ["application/x-www-form-urlencoded", 413, `formId=${"9".repeat(17_000)}`],
    ["application/x-www-form-urlencoded", 400, "%%%&=&&%00=%ff"],
    ["application/x-www-form-urlencoded", 400, ""],
  ])("a body of %s gets a page with status %i", async (type, status, body) => {
    const { request, origin, citizens } = visitor();
    const answer = await request("/exclude/confirm", { method: "POST", body, headers: { "content-type": type, origin } });
    expect(answer.status).toBe(status);
    expect(answer.html).toContain("<h1>");
    expect(citizens.calls).toEqual([]);
  });

  const elsewhere = "https://elsewhere.test";
  const here = "https://register.test";
  it.each([
    { origin: elsewhere }, { origin: "null" }, { origin: elsewhere, "sec-fetch-site": "cross-site" }, { origin: here, "sec-fetch-site": "cross-site" },
    { origin: here, "sec-fetch-site": "same-site" }, { origin: elsewhere, "sec-fetch-site": "same-origin" },
  ])(
    "a form from another place is refused: %o",
    async (headers) => {
      const { post, citizens } = visitor();
      const answer = await post("/exclude/confirm", filled, headers as Record<string, string>);
      expect(answer.status).toBe(403);
      expect(answer.html).toContain("did not come from our page");
      expect(citizens.calls).toEqual([]);
    },
  );
});

describe("a browser that does not say where a form comes from", () => {
  const silent = (visit: ReturnType<typeof visitor>, path: string, fields: Record<string, string>) =>
    visit.request(path, { method: "POST", body: new URLSearchParams(fields) });

  it("sends the token of its forms, through every step and in two windows", async () => {
    const visit = visitor();
    const { fields } = await visit.request("/exclude");
    const other = await visit.request("/exclude");
    expect([fields.token, other.fields.token]).toEqual([visit.cookies.get("token"), fields.token]);
    const details = await silent(visit, "/exclude/details", { ...fields, policy: "1y" });
    const code = await silent(visit, "/exclude/code", { ...details.fields, phone: "0712345678" });
    expect([details.status, code.status, code.fields.token]).toEqual([200, 200, fields.token]);
    visit.citizens.gone = true;
    const again = await silent(visit, "/exclude/confirm", { ...code.fields, code: RIGHT_CODE });
    visit.citizens.gone = false;
    expect(again.status).toBe(503);
    expect((await silent(visit, "/exclude/confirm", again.fields)).status).toBe(303);
    const mine = await visit.request("/my");
    expect((await silent(visit, "/my/extend", { ...mine.fields, policy: "5y" })).status).toBe(303);
  });

  it.each([...POSTS, "/exclude", "/my/inbox", "/my/details", "/my/contact", "/my/leave"])("%s with a form that another page made is refused", async (path) => {
    const visit = visitor();
    const statuses = [(await silent(visit, path, filled)).status];
    const { fields } = await visit.request("/exclude");
    const asked = visit.citizens.calls.length;
    for (const token of ["", "x", FORM_ID, `${fields.token}0`]) statuses.push((await silent(visit, path, { ...filled, token })).status);
    visit.cookies.set("token", "");
    statuses.push((await silent(visit, path, { ...filled, token: "" })).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403]);
    expect(visit.citizens.calls).toHaveLength(asked);
  });

  it("keeps the token from scripts and plain HTTP; others get none", async () => {
    const [cookie] = (await visitor().request("/exclude")).headers.getSetCookie();
    for (const flag of ["token=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"]) expect(cookie).toContain(flag);
    const { headers, html } = await visitor().get("/exclude");
    expect([headers.getSetCookie(), html.includes('name="token"')]).toEqual([[], false]);
    expect((await visitor().request("/")).headers.getSetCookie()).toEqual([]);
  });
});

describe("when origin is gone", () => {
  it.each(["/exclude/code", "/exclude/confirm", "/my/code", "/my/enter"])("%s keeps the form for another try", async (path) => {
    const { post, citizens } = visitor();
    citizens.gone = true;
    const answer = await post(path, filled);
    expect(answer.status).toBe(503);
    expect(answer.html).toContain("Nothing is recorded unless you see a receipt");
    expect(answer.html).toContain(`action="${path}"`);
    expect(answer.fields).toEqual(filled);
    citizens.gone = false;
    expect((await post(path, answer.fields)).status).toBeLessThan(400);
  });

  it("one's own page can be asked for again", async () => {
    const { post, get, citizens } = visitor();
    await post("/exclude/confirm", filled);
    citizens.gone = true;
    const answer = await get("/my");
    expect([answer.status, answer.html.includes('class="button" href="/my"')]).toEqual([503, true]);
  });
});

describe("the log", () => {
  it("has a line for each request, with the route's pattern and nobody's data", async () => {
    const { get, post, logged, citizens } = visitor();
    await post("/exclude/confirm", filled);
    await get("/my/receipts/NSER-111111111J?lang=sw");
    await get("/nowhere/0712345678");
    citizens.gone = true;
    await get("/my");
    const lines = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => [line["url.path"], line["http.response.status_code"], line["log.level"]])).toEqual([
      ["/exclude/confirm", 303, "info"], ["/my/receipts/:reference", 200, "info"], ["/*", 404, "info"], ["/my", 503, "error"],
    ]);
    expect(lines[3]).toMatchObject({ "service.name": "nser-portal", "error.message": "origin is gone" });
    expect(logged.join()).not.toMatch(/0712345678|12345678|NSER-1|123456/);
  });
});

describe("the environment", () => {
  const doubles = portalDoubles();
  const bindings = {
    CITIZENS: doubles.citizens,
    RIGHTS: doubles.rights,
    CITIZEN_VAULTS: doubles.vaults,
    PHONE_CLAIMS: doubles.claims,
    SIGN_IN: doubles.entrance,
    FACTORS: doubles.factors,
    PASSKEYS: doubles.passkeys,
    PASSWORDS: doubles.passwords,
    SESSIONS: doubles.sessions,
    OAUTH: doubles.oauth,
    STAFF_USERS: doubles.staffUsers,
    STATISTICS: doubles.statistics,
    STAFF_EXCLUSIONS: doubles.staffExclusions,
    STAFF_PROPAGATION: doubles.staffPropagation,
    STAFF_CASES: doubles.staffCases, STAFF_AUDIT: doubles.staffAudit, OPERATOR_DESK: doubles.operatorDesk, CONFORMANCE_DESK: doubles.conformance, SUPERVISION: doubles.supervision,
    OPERATOR_APPLICATIONS: doubles.operatorApplications, INVITATIONS: doubles.invitations, STAFF_OPERATORS: doubles.staffOperators,
    CASES: doubles.cases,
    EXIT_URL: "https://elsewhere.test/",
    HELP_LINES: "[]",
    COOKIE_KEY: "k".repeat(32),
  };

  it("is read once, help lines included", () => {
    const lines = [{ name: "Someone", number: "0800 000 000" }];
    const parsed = parseEnvironment({ ...bindings, HELP_LINES: JSON.stringify(lines) });
    expect(parsed).toMatchObject({ helpLines: lines, exitUrl: bindings.EXIT_URL });
  });

  it.each([{ COOKIE_KEY: "short" }, { EXIT_URL: "javascript:alert(1)" }, { HELP_LINES: "nothing" }, { HELP_LINES: '[{"name":""}]' }])(
    "that is wrong stops everything: %o",
    (wrong) => {
      expect(() => parseEnvironment({ ...bindings, ...wrong })).toThrow(Object.keys(wrong)[0]!);
    },
  );
});
