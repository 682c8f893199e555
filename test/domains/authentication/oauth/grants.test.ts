import { desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { oauthFamilies } from "../../../../src/domains/authentication/oauth/tables.ts";
import { users } from "../../../../src/domains/users/accounts/tables.ts";
import { DAY, MINUTE, SECOND } from "../../../../src/kernel/clock.ts";
import { auditEntries } from "../../../../src/office/tables.ts";
import { CALLBACK, oauthServer, type Server, type Visiting } from "../../../support/oauth.ts";
import { testOffice } from "../../../support/office.ts";
import { bearing, holding, somebody, type Somebody } from "../../../support/people.ts";

const test = testOffice();
let server: Server;
let [root, officer] = [] as unknown as [Somebody, Somebody];
let visitor: Visiting;
let client: Awaited<ReturnType<Server["register"]>>;

beforeAll(async () => {
  server = await oauthServer(test.office);
  [root, officer] = [await somebody(test.office, holding("super_admin")), await somebody(test.office, holding("grak_officer"))];
  client = await server.register(root);
});

/** Everything may be hours later than the test before. */
const freshly = async () => (visitor = await server.signIn(officer.userId));
const begun = async () => (await freshly(), client.redeem(await client.send(visitor)));
const call = async (token: string, path = "/v1/account") => (await server.call("GET", path, { headers: bearing(token)() })).response.status;
const lastAudit = async () => (await test.office.primary.select().from(auditEntries).orderBy(desc(auditEntries.position)).limit(1).get())!;
const familyOf = (refresh: string) => test.office.primary.select().from(oauthFamilies).where(eq(oauthFamilies.id, refresh.split(".")[0]!)).get();
const invalidGrant = { status: 400, body: { error: "invalid_grant" } };
const said = async (answer: Promise<{ response: Response; body: unknown }>) => {
  const { response, body } = await answer;
  return { status: response.status, body };
};
/** What a client brings with a code it came by. */
const form = ({ back, verifier }: { back: URL; verifier: string }, more: Record<string, string> = {}) =>
  ({ grant_type: "authorization_code", code: back.searchParams.get("code")!, redirect_uri: CALLBACK, code_verifier: verifier, ...more });

describe("a third party's program", () => {
  it("is let see what its holder agreed to, from the address it asks at to a call of the API", async () => {
    await freshly();
    const sent = await client.send(visitor);
    expect(sent.back.origin + sent.back.pathname).toBe("https://client.example/callback");
    expect([...sent.back.searchParams.keys()]).toEqual(["from", "code", "iss", "state"]);
    const tokens = await client.redeem(sent);
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 300, scope: "account:read usage:read" });
    const headers = bearing(tokens.access_token)();
    expect((await server.call("GET", "/v1/account", { headers })).body).toEqual({ userId: officer.userId, roles: [{ role: "grak_officer", operator: null }] });
    expect(await lastAudit()).toMatchObject({ action: "oauth-grant.begun", actorKind: "user", actorId: officer.userId, agent: `client/${client.clientId}` });
  });

  it("sees no more than its scope, and no more than its holder", async () => {
    const { access_token } = await begun();
    // The officer may, the scope may not.
    expect(await call(access_token, "/v1/operators")).toBe(403);
    const citizen = await somebody(test.office, holding("citizen"));
    const narrowed = await client.redeem(await client.send(await server.signIn(citizen.userId)));
    expect(narrowed.scope).toBe("account:read");
    // It issues, changes and gives nothing.
    const json = { label: "mine", expiresAt: new Date(Date.now() + DAY).toISOString() };
    const own = await server.call("POST", `/v1/users/${citizen.userId}/access-tokens`, { headers: bearing(narrowed.access_token)(), json });
    expect(own.response.status).toBe(403);
  });

  it("loses with its holder's role what that gave", async () => {
    const auditor = await somebody(test.office, holding("grak_auditor"));
    const broad = await server.register(root, { scopes: ["audit:read"] });
    const { access_token } = await broad.redeem(await broad.send(await server.signIn(auditor.userId)));
    expect(await call(access_token, "/v1/audit")).toBe(200);
    expect((await server.call("DELETE", `/v1/users/${auditor.userId}/roles/grak_auditor`, { headers: root.headers() })).response.status).toBe(204);
    expect(await call(access_token, "/v1/audit")).toBe(403);
  });

  it("that is suspended, or whose holder is, gets and sees nothing, and again when it is let in", async () => {
    const other = await server.register(root);
    await freshly();
    const waiting = await other.send(visitor);
    const tokens = await other.redeem(await other.send(visitor));
    const suspension = (method: string) => server.call(method, `/v1/oauth/clients/${other.clientId}/suspension`, { headers: root.headers() });
    await suspension("PUT");
    expect(await call(tokens.access_token)).toBe(401);
    expect(await said(other.post("token", form(waiting)))).toEqual({ status: 401, body: { error: "invalid_client" } });
    expect(await server.authorize({ visitor, request: (await other.begin()).request })).toEqual({ ok: false, refusal: "client-unknown" });
    await suspension("DELETE");
    expect(await call(tokens.access_token)).toBe(200);
    const keep = (state: "active" | "suspended") => test.office.primary.update(users).set({ state }).where(eq(users.id, officer.userId));
    await keep("suspended");
    expect(await call(tokens.access_token)).toBe(401);
    expect(await said(other.post("token", form(waiting)))).toEqual(invalidGrant);
    expect(await said(other.post("token", { grant_type: "refresh_token", refresh_token: tokens.refresh_token! }))).toEqual(invalidGrant);
    await keep("active");
  });
});

describe("a code", () => {
  it("that somebody else came by is worth nothing to them: it takes the client, its address and its verifier", async () => {
    const other = await server.register(root);
    await freshly();
    const sent = await client.send(visitor);
    // The other client's own code with the wrong verifier, and this one's brought by the other.
    expect(await said(other.post("token", form(sent)))).toEqual(invalidGrant);
    expect(await client.redeem(sent)).toMatchObject({ scope: "account:read usage:read" });
  });

  it.each([
    ["another verifier", { code_verifier: "v".repeat(43) }],
    ["a verifier too short", { code_verifier: "v".repeat(42) }],
    ["another address", { redirect_uri: "https://client.example/other" }],
  ])("is used up by %s", async (_, wrong) => {
    await freshly();
    const sent = await client.send(visitor);
    expect(await said(client.post("token", form(sent, wrong)))).toEqual(invalidGrant);
    expect((await lastAudit()).action).toBe("oauth-grant.refused");
    expect(await said(client.post("token", form(sent)))).toEqual(invalidGrant);
  });

  it("brought again ends what it had become", async () => {
    await freshly();
    const sent = await client.send(visitor);
    const tokens = await client.redeem(sent);
    expect(await said(client.post("token", form(sent)))).toEqual(invalidGrant);
    expect(await call(tokens.access_token)).toBe(401);
    expect(await said(client.post("token", { grant_type: "refresh_token", refresh_token: tokens.refresh_token! }))).toEqual(invalidGrant);
    expect(await familyOf(tokens.refresh_token!)).toMatchObject({ ending: "code-replayed" });
    expect(await lastAudit()).toMatchObject({ action: "oauth-grant.ended", actorKind: "system" });
  });

  it("brought by many at once is traded at most once, and then for nothing that lasts", async () => {
    await freshly();
    const sent = await client.send(visitor);
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.post("token", form(sent))));
    const traded = answers.filter(({ response }) => response.status === 200);
    expect(traded.length).toBeLessThanOrEqual(1);
    for (const { body } of traded) expect(await call(body.access_token)).toBe(401);
  });

  it("is over after a minute", async () => {
    await freshly();
    const sent = await client.send(visitor);
    server.pass(MINUTE);
    expect(await said(client.post("token", form(sent)))).toEqual(invalidGrant);
  });
});

describe("a refresh token", () => {
  const brought = (token: string, more: Record<string, string> = {}) => client.post("token", { grant_type: "refresh_token", refresh_token: token, ...more });

  it("is renewed by each use, with what was agreed to or less", async () => {
    const first = await begun();
    server.pass(MINUTE);
    const second = await client.refresh(first.refresh_token!, "usage:read");
    expect(second).toMatchObject({ scope: "usage:read" });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await call(second.access_token)).toBe(403);
    server.pass(MINUTE);
    expect((await client.refresh(second.refresh_token!)).scope).toBe("account:read usage:read");
    expect(await said(brought(second.refresh_token!, { scope: "audit:read" }))).toEqual({ status: 400, body: { error: "invalid_scope" } });
  });

  it("whose answer was lost is answered the same again", async () => {
    const { refresh_token } = await begun();
    server.pass(MINUTE);
    const [first, again] = [(await brought(refresh_token!)).body, (await brought(refresh_token!)).body];
    expect(again).toEqual(first);
    server.pass(9 * SECOND);
    expect((await brought(refresh_token!)).body).toEqual({ ...first, expires_in: 291 });
    expect(await client.refresh(first.refresh_token)).toMatchObject({ token_type: "bearer" });
  });

  it("brought by many at once becomes one, told of once", async () => {
    const { refresh_token } = await begun();
    const answers = await Promise.all(Array.from({ length: 8 }, () => brought(refresh_token!)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const resource = `oauth-grant/${refresh_token!.split(".")[0]}`;
    const told = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, resource)).all();
    expect(told.filter(({ action }) => action === "oauth-grant.renewed")).toHaveLength(1);
  });

  it("used again ends the grant: who has the newer one has it in vain", async () => {
    const first = await begun();
    const second = await client.refresh(first.refresh_token!);
    server.pass(10 * SECOND);
    const ends = await Promise.all(Array.from({ length: 4 }, () => said(brought(first.refresh_token!))));
    expect(ends).toEqual(ends.map(() => invalidGrant));
    expect(await said(brought(second.refresh_token!))).toEqual(invalidGrant);
    expect(await call(second.access_token)).toBe(401);
    const resource = `oauth-grant/${first.refresh_token!.split(".")[0]}`;
    const told = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, resource)).all();
    expect(told.filter(({ action }) => action === "oauth-grant.ended")).toHaveLength(1);
  });

  it("of two generations ago ends it even at once", async () => {
    const first = await begun();
    const third = await client.refresh((await client.refresh(first.refresh_token!)).refresh_token!);
    expect(await said(brought(first.refresh_token!))).toEqual(invalidGrant);
    expect(await said(brought(third.refresh_token!))).toEqual(invalidGrant);
  });

  it("that was guessed harms nobody's, nor does another client's use of it", async () => {
    const { refresh_token } = await begun();
    const [family, generation, secret] = refresh_token!.split(".") as [string, string, string];
    const guesses = [
      `${family}.1.${"A".repeat(43)}`, `${family}.2.${secret}`, `${family}.01.${secret}`, `${crypto.randomUUID()}.1.${secret}`, `${family}.${generation}.${secret}=`, `${family}.${secret}`, "", "..", "x".repeat(5_000),
    ];
    for (const guess of guesses.filter(Boolean)) expect((await brought(guess)).response.status, guess).toBe(400);
    const other = await server.register(root);
    expect(await said(other.post("token", { grant_type: "refresh_token", refresh_token: refresh_token! }))).toEqual(invalidGrant);
    expect((await brought(refresh_token!)).response.status).toBe(200);
  });

  it("is over 30 days after somebody agreed, however often it was renewed", async () => {
    const later = await oauthServer(test.office);
    const same = later.clientOf(client.clientId, client.secret, CALLBACK);
    let { refresh_token } = await same.redeem(await same.send(await later.signIn(officer.userId)));
    later.pass(29 * DAY);
    ({ refresh_token } = await same.refresh(refresh_token!));
    later.pass(DAY);
    expect(await said(same.post("token", { grant_type: "refresh_token", refresh_token: refresh_token! }))).toEqual(invalidGrant);
  });
});

describe("revocation and introspection", () => {
  const ask = async (token: string, by = client) => (await by.post("introspect", { token })).body;

  it("tell a client of its own tokens, and end all of a grant at once", async () => {
    const first = await begun();
    const { access_token, refresh_token } = await client.refresh(first.refresh_token!);
    const [sid] = refresh_token!.split(".");
    const common = { active: true, client_id: client.clientId, sub: officer.userId, scope: "account:read usage:read", iss: "https://register.test", sid };
    expect(await ask(access_token)).toMatchObject({ ...common, aud: "https://register.test/v1", token_type: "Bearer" });
    expect(await ask(refresh_token!)).toMatchObject(common);
    expect(await ask(first.refresh_token!)).toEqual({ active: false });
    const other = await server.register(root);
    expect([await ask(access_token, other), await ask(refresh_token!, other)]).toEqual([{ active: false }, { active: false }]);
    expect((await other.post("revoke", { token: refresh_token! })).response.status).toBe(200);
    expect(await call(access_token)).toBe(200);
    expect((await client.post("revoke", { token: first.refresh_token!, token_type_hint: "nonsense" })).response.status).toBe(200);
    expect([await call(access_token), await ask(access_token), await ask(refresh_token!)]).toEqual([401, { active: false }, { active: false }]);
    expect(await lastAudit()).toMatchObject({ action: "oauth-grant.ended", actorId: officer.userId, payload: '{"ending":"revoked"}' });
  });

  it("by an access token end its grant too, and take nonsense calmly", async () => {
    const { access_token, refresh_token } = await begun();
    expect((await client.post("revoke", { token: access_token })).response.status).toBe(200);
    expect(await said(client.post("token", { grant_type: "refresh_token", refresh_token: refresh_token! }))).toEqual(invalidGrant);
    for (const token of ["nonsense", refresh_token!, access_token, "a.b.c", "\u0000"]) {
      expect((await client.post("revoke", { token })).response.status).toBe(200);
      expect(await ask(token)).toEqual({ active: false });
    }
  });
});

