import { describe, expect, it } from "vitest";
import { STYLE_HASH } from "../../src/pages/style.ts";
import { visitor } from "./browser.ts";

const REQUEST = "response_type=code&client_id=1&state=%22%3E%3Cscript%3E&redirect_uri=https%3A%2F%2Fclient.example%2Fback";
const ADDRESS = `/oauth/authorize?${REQUEST}`;

describe("the consent page", () => {
  it("says who asks, for what and where the answer goes, and carries the request as it came", async () => {
    const { get, oauth: programs, cookies } = visitor();
    cookies.set("__Host-session", "s".repeat(43));
    const { status, html, fields } = await get(ADDRESS, { "sec-fetch-site": "cross-site" });
    expect(status).toBe(200);
    for (const said of ["Ripoti &lt;b&gt;Yetu", "client.example:8443", "without names and numbers", "by which account"]) expect(html).toContain(said);
    expect(fields).toEqual({ request: REQUEST });
    expect(programs.calls).toMatchObject([{ request: REQUEST, visitor: { session: "s".repeat(43) } }]);
  });

  it("lets its form lead to the client's origin and to no other, and is in no frame", async () => {
    const { get } = visitor();
    const { headers } = await get(ADDRESS);
    expect(headers.get("content-security-policy")).toBe(
      `default-src 'none'; style-src ${STYLE_HASH}; img-src data:; form-action 'self' https://client.example:8443; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect((await get("/")).headers.get("content-security-policy")).toContain("form-action 'self';");
  });

  it.each([["allow", true], ["deny", false], ["", false], ["ALLOW", false]] as const)("brings the answer %j to the client", async (decision, allow) => {
    const { post, oauth: programs } = visitor();
    const { status, headers } = await post("/oauth/authorize", { request: REQUEST, decision });
    expect([status, headers.get("location")]).toEqual([303, "https://client.example:8443/back?x=1&code=c&iss=i"]);
    expect(programs.calls).toMatchObject([{ request: REQUEST, allow }]);
  });

  it("is shown in another language without anything being decided", async () => {
    const { post, oauth: programs } = visitor();
    const { html, fields } = await post("/oauth/authorize", { request: REQUEST, lang: "sw" });
    expect(html).toContain("Usiruhusu");
    expect(fields).toEqual({ request: REQUEST });
    expect(programs.calls).toEqual([expect.not.objectContaining({ allow: expect.anything() })]);
  });

  it("is not asked by a form of another site", async () => {
    const { post, oauth: programs } = visitor();
    const { status } = await post("/oauth/authorize", { request: REQUEST, decision: "allow" }, { "origin": "https://evil.example", "sec-fetch-site": "cross-site" });
    expect([status, programs.calls]).toEqual([403, []]);
  });
});

describe("whoever a program sent", () => {
  it("signs in first, and comes back here whatever the request says", async () => {
    const { get, post, oauth: programs } = visitor();
    programs.answer = programs.decided = { ok: false, refusal: "sign-in-due" };
    for (const request of [REQUEST, "next=https://evil.example&client_id=//evil.example"]) {
      for (const answer of [await get(`/oauth/authorize?${request}`), await post("/oauth/authorize", { request, decision: "allow" })]) {
        const to = new URL(answer.headers.get("location")!, "https://register.test");
        expect([answer.status, to.origin, to.pathname, [...to.searchParams]]).toEqual([303, "https://register.test", "/sign-in", [["next", `/oauth/authorize?${request}`]]]);
      }
    }
  });

  it("goes on at once where the answer is settled", async () => {
    const { get, oauth: programs } = visitor();
    programs.answer = { ok: true, redirect: "https://client.example/back?error=invalid_scope" };
    expect((await get(ADDRESS)).headers.get("location")).toBe("https://client.example/back?error=invalid_scope");
  });

  it.each(["client-unknown", "redirect-unfit"] as const)("stays here when it is %s", async (refusal) => {
    const { get, post, oauth: programs } = visitor();
    programs.answer = programs.decided = { ok: false, refusal };
    for (const { status, html, headers } of [await get(ADDRESS), await post("/oauth/authorize", { request: REQUEST, decision: "allow" })]) {
      expect([status, headers.get("location")]).toEqual([400, null]);
      expect(html).toContain("It was given nothing.");
      expect(html).not.toContain("client.example");
    }
  });

  it("can try again with the same request when nothing answers", async () => {
    const { get, oauth: programs } = visitor();
    programs.authorize = () => Promise.reject(new Error("away"));
    const { status, html } = await get(ADDRESS);
    expect(status).toBe(503);
    expect(html).toContain(`href="${ADDRESS.replaceAll("&", "&amp;")}"`);
  });
});
