import { desc } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEntries } from "../../../../src/office/tables.ts";
import { CALLBACK, oauthServer, type Server, type Visiting } from "../../../support/oauth.ts";
import { testOffice } from "../../../support/office.ts";
import { holding, somebody, type Somebody } from "../../../support/people.ts";

const test = testOffice();
let server: Server;
let [root, officer] = [] as unknown as [Somebody, Somebody];
let visitor: Visiting;
let client: Awaited<ReturnType<Server["register"]>>;

beforeAll(async () => {
  server = await oauthServer(test.office);
  [root, officer] = [await somebody(test.office, holding("super_admin")), await somebody(test.office, holding("grak_officer"))];
  client = await server.register(root);
  visitor = await server.signIn(officer.userId);
});

const lastAudit = async () => (await test.office.primary.select().from(auditEntries).orderBy(desc(auditEntries.position)).limit(1).get())!;

describe("whoever is asked", () => {
  const ask = async (params: Record<string, string> = {}, by = client) => server.authorize({ visitor, request: (await by.begin(params)).request });

  it("is asked once for the same, again for more, and told what it is", async () => {
    const fresh = await server.register(root);
    expect(await ask({ scope: "usage:read" }, fresh)).toEqual({ ok: true, asked: { client: "Ripoti <b>Yetu</b>", redirectUri: CALLBACK, scopes: ["usage:read"] } });
    await fresh.send(visitor, { scope: "usage:read" });
    expect(await ask({ scope: "usage:read" }, fresh)).toMatchObject({ ok: true, redirect: expect.stringContaining("code=") });
    expect(await ask({}, fresh)).toMatchObject({ asked: { scopes: ["account:read", "usage:read"] } });
    await fresh.send(visitor, { scope: "account:read" });
    // What was agreed to in two steps is agreed to.
    expect(await ask({}, fresh)).toMatchObject({ redirect: expect.any(String) });
    expect(await lastAudit()).toMatchObject({ action: "oauth-grant.remembered", actorId: officer.userId });
  });

  it("by a program on their own machine is asked each time: any program there could say that it is the one", async () => {
    const app = await server.register(root, { confidential: false, redirectUris: ["http://127.0.0.1/back"] });
    const params = { redirect_uri: "http://127.0.0.1:49152/back" };
    const { back } = await app.send(visitor, params);
    expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:49152\/back\?code=/);
    expect(await ask(params, app)).toMatchObject({ asked: { redirectUri: "http://127.0.0.1:49152/back" } });
  });

  it("may say no, and nothing is given", async () => {
    const { back } = await client.send(visitor, {}, false);
    expect([...back.searchParams].filter(([name]) => name !== "state")).toEqual([["from", "nser"], ["error", "access_denied"], ["iss", "https://register.test"]]);
  });

  it.each(["second-factor", "enrolment"] as const)("is to be signed in for good, not at the stage %s", async (stage) => {
    const { request } = await client.begin();
    expect(await server.authorize({ visitor: await server.signIn(officer.userId, stage), request })).toEqual({ ok: false, refusal: "sign-in-due" });
    expect(await server.authorize({ visitor: { ...visitor, session: null }, request })).toEqual({ ok: false, refusal: "sign-in-due" });
  });

  it("by nonsense is asked nothing", async () => {
    for (const unread of [null, {}, { visitor }, { visitor, request: "x".repeat(3_000) }, { visitor, request: 7 }]) {
      expect(await server.authorize(unread)).toEqual({ ok: false, refusal: "client-unknown" });
    }
  });
});

describe("a request that is wrong", () => {
  const answerTo = async (params: Record<string, string | null>) => {
    const query = new URLSearchParams((await client.begin()).request);
    for (const [name, value] of Object.entries(params)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    return server.authorize({ visitor, request: String(query) });
  };

  it.each([
    ["another's address", { redirect_uri: "https://evil.example/callback?from=nser" }],
    ["a path below", { redirect_uri: `${CALLBACK.replace("?", "/x?")}` }],
    ["a path that climbs", { redirect_uri: CALLBACK.replace("callback", "x/../callback") }],
    ["a query more", { redirect_uri: `${CALLBACK}&x=1` }],
    ["a fragment", { redirect_uri: `${CALLBACK}#x` }],
    ["a host in capitals", { redirect_uri: CALLBACK.replace("client", "CLIENT") }],
    ["a port", { redirect_uri: CALLBACK.replace("example", "example:443") }],
    ["a user before the host", { redirect_uri: CALLBACK.replace("//", "//client.example@evil.example/") }],
    ["a subdomain", { redirect_uri: CALLBACK.replace("client", "x.client") }],
    ["http", { redirect_uri: CALLBACK.replace("https", "http") }],
    ["a script", { redirect_uri: "javascript:alert(1)//https://client.example/callback" }],
    ["no address", { redirect_uri: null }],
  ])("about where it leads stays here: %s", async (_, params) => {
    expect(await answerTo(params)).toEqual({ ok: false, refusal: "redirect-unfit" });
  });

  it.each([
    ["no client", { client_id: null }], ["an unknown client", { client_id: crypto.randomUUID() }], ["nonsense", { client_id: "' or 1=1 --" }],
  ])("about whose it is stays here: %s", async (_, params) => expect(await answerTo(params)).toEqual({ ok: false, refusal: "client-unknown" }));

  it.each([
    ["unsupported_response_type", { response_type: "token" }],
    ["invalid_request", { response_type: null }],
    ["invalid_request", { response_mode: "fragment" }],
    ["invalid_request", { code_challenge: null }],
    ["invalid_request", { code_challenge: "short" }],
    ["invalid_request", { code_challenge_method: "plain" }],
    ["invalid_request", { code_challenge_method: null }],
    ["invalid_request", { state: "x\ny" }],
    ["invalid_request", { state: "x".repeat(513) }],
    ["invalid_scope", { scope: "audit:read" }],
    ["invalid_scope", { scope: "account:read  usage:read" }],
    ["invalid_scope", { scope: "users:write" }],
    ["invalid_scope", { scope: "" }],
  ])("is told the client as %s: %j", async (error, params) => {
    const answer = await answerTo(params);
    const back = new URL("redirect" in answer ? answer.redirect : "none:");
    expect([back.origin, back.searchParams.get("error"), back.searchParams.get("iss"), back.searchParams.get("code"), back.searchParams.get("ok")])
      .toEqual(["https://client.example", error, "https://register.test", null, null]);
  });

  it("twice over is told the client, or nobody where it says twice who that is", async () => {
    const { request } = await client.begin();
    expect(await server.authorize({ visitor, request: `${request}&scope=a&scope=b` })).toMatchObject({ redirect: expect.stringContaining("error=invalid_request") });
    expect(await server.authorize({ visitor, request: `${request}&redirect_uri=https://evil.example` })).toEqual({ ok: false, refusal: "redirect-unfit" });
    expect(await server.authorize({ visitor, request: `${request}&client_id=x` })).toEqual({ ok: false, refusal: "client-unknown" });
  });
});

