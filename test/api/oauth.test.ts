import { beforeAll, describe, expect, it } from "vitest";
import { openOffice } from "../../src/office/database.ts";
import { CALLBACK, oauthServer, type Server } from "../support/oauth.ts";
import { testOffice } from "../support/office.ts";
import { enrolled } from "../support/api.ts";
import { bearing, holding, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
let server: Server;
let [root, officer] = [] as unknown as [Somebody, Somebody];
let client: Awaited<ReturnType<Server["register"]>>;

beforeAll(async () => {
  server = await oauthServer(test.office);
  [root, officer] = [await somebody(test.office, holding("super_admin")), await somebody(test.office, holding("grak_officer"))];
  client = await server.register(root);
});

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const basic = (id: string, secret: string | null) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` });
const ours = () => basic(client.clientId, client.secret);
const send = async (endpoint: string, body: string, headers: Record<string, string> = ours()) => {
  const { response, body: answer } = await server.call("POST", `/v1/oauth/${endpoint}`, { headers: { ...FORM, ...headers }, body });
  return { status: response.status, error: answer?.error, headers: response.headers };
};
const GRANT = "grant_type=authorization_code&code=c&redirect_uri=r&code_verifier=v";

describe("the token endpoint", () => {
  it("answers in OAuth's words, and nobody keeps them", async () => {
    const { status, error, headers } = await send("token", GRANT);
    expect([status, error, headers.get("content-type"), headers.get("cache-control"), headers.get("pragma")]).toEqual([400, "invalid_grant", "application/json", "no-store", "no-cache"]);
  });

  it.each<[string, () => Record<string, string>]>([
    ["nothing", () => ({})],
    ["a secret that is wrong", () => basic(client.clientId, "x".repeat(43))],
    ["no secret", () => basic(client.clientId, "")],
    ["an unknown client", () => basic(crypto.randomUUID(), client.secret)],
    ["a client that is no id", () => basic("' or 1=1 --", client.secret)],
    ["half a header", () => ({ authorization: "Basic" })],
    ["no base64", () => ({ authorization: "Basic ä!" })],
    ["no colon", () => ({ authorization: `Basic ${btoa("nothing")}` })],
    ["bytes that are no text", () => ({ authorization: `Basic ${btoa("\xff\xfe:\xff")}` })],
    ["half an escape", () => ({ authorization: `Basic ${btoa("%:%")}` })],
    ["a bearer", () => ({ authorization: `Bearer ${client.secret}` })],
    ["an administrator's token", () => root.headers()],
  ])("by %s takes nobody for a client", async (_, headers) => {
    const { status, error, headers: said } = await send("token", GRANT, headers());
    expect([status, error, said.get("www-authenticate")]).toEqual([401, "invalid_client", 'Basic realm="nser oauth"']);
  });

  it("takes a confidential client's secret in the header alone, and a public client's id in the form", async () => {
    expect(await send("token", `${GRANT}&client_id=${client.clientId}`)).toMatchObject({ error: "invalid_grant" });
    expect(await send("token", `${GRANT}&client_id=${crypto.randomUUID()}`)).toMatchObject({ error: "invalid_client" });
    expect(await send("token", `${GRANT}&client_id=${client.clientId}`, {})).toMatchObject({ error: "invalid_client" });
    expect(await send("token", `${GRANT}&client_id=${client.clientId}&client_secret=${client.secret}`, {})).toMatchObject({ error: "invalid_client" });
    expect(await send("token", `${GRANT}&client_secret=${client.secret}`)).toMatchObject({ error: "invalid_client" });
    const app = await server.register(root, { confidential: false });
    expect(app.secret).toBeNull();
    expect(await send("token", `${GRANT}&client_id=${app.clientId}`, {})).toMatchObject({ error: "invalid_grant" });
    expect(await send("token", GRANT, basic(app.clientId, ""))).toMatchObject({ error: "invalid_client" });
    expect(await send("introspect", `token=x&client_id=${app.clientId}`, {})).toMatchObject({ error: "invalid_client" });
    expect(await send("revoke", `token=x&client_id=${app.clientId}`, {})).toMatchObject({ status: 200 });
  });

  it.each([
    ["unsupported_grant_type", "grant_type=password&username=a&password=b"],
    ["unsupported_grant_type", "grant_type=constructor"],
    ["unsupported_grant_type", "grant_type=urn:ietf:params:oauth:grant-type:device_code"],
    ["unauthorized_client", "grant_type=client_credentials"],
    ["invalid_request", ""],
    ["invalid_request", "code=c"],
    ["invalid_request", "grant_type=&code=c"],
    ["invalid_request", "grant_type=authorization_code"],
    ["invalid_request", "grant_type=authorization_code&code=c&redirect_uri=r"],
    ["invalid_request", "grant_type=authorization_code&code=c&code_verifier=v"],
    ["invalid_request", "grant_type=refresh_token"],
    ["invalid_request", `${GRANT}&code=d`],
    ["invalid_request", `${GRANT}&grant_type=refresh_token`],
    ["invalid_request", `${GRANT}&unknown=1&unknown=2`],
    ["invalid_request", `${GRANT}&filler=${"x".repeat(9_000)}`],
    ["invalid_grant", `${GRANT}&code_challenge_method=plain&unknown=1`],
    ["invalid_grant", "grant_type=refresh_token&refresh_token=nonsense&scope=%00"],
  ])("says %s to %s", async (error, body) => expect(await send("token", body)).toMatchObject({ status: 400, error }));

  it.each(["application/json", "text/plain", "multipart/form-data; boundary=x", "nonsense"])("does not read %s", async (type) => {
    expect(await send("token", GRANT, { ...ours(), "content-type": type })).toMatchObject({ status: 400, error: "invalid_request" });
  });

  it("breaks at nothing", async () => {
    const naughty = ["\0", "\ud800", "%ff%fe", "‮evil", "🙂".repeat(200), "'; DROP TABLE oauthClients; --", "<script>", "../../etc/passwd", "NaN", "[]", "{}", "__proto__", "a".repeat(3_000)];
    const ask = async (endpoint: string, form: Record<string, string>) =>
      (await server.api.request(`/v1/oauth/${endpoint}`, { method: "POST", headers: { ...FORM, ...ours() }, body: String(new URLSearchParams(form)) })).status;
    const fields = { token: ["grant_type", "client_id", "code", "redirect_uri", "code_verifier", "refresh_token", "scope"], revoke: ["token", "token_type_hint"], introspect: ["token"] };
    for (const [endpoint, names] of Object.entries(fields)) {
      for (const name of names) {
        const form = { grant_type: name === "refresh_token" || name === "scope" ? "refresh_token" : "authorization_code", code: "c", redirect_uri: CALLBACK, code_verifier: "v".repeat(43), refresh_token: "r", token: "t" };
        const statuses = await Promise.all(naughty.map((value) => ask(endpoint, { ...form, [name]: value })));
        expect(statuses.filter((status) => status >= 500), `${endpoint} ${name}`).toEqual([]);
      }
    }
  });

  it("grants nothing and says so when the office does not answer", async () => {
    const away = await oauthServer(openOffice({ url: "http://127.0.0.1:9", token: "" }));
    const { response, body } = await away.call("POST", "/v1/oauth/token", { headers: { ...FORM, ...ours() }, body: GRANT });
    expect([response.status, body, response.headers.get("retry-after")]).toEqual([503, { error: "temporarily_unavailable" }, "1"]);
  });

  it("gives a client that the office answered and that heard nothing the same when it asks again: failed but happened", async () => {
    const { refresh_token } = await client.redeem(await client.send(await server.signIn(officer.userId)));
    let lost = 0;
    // The write is carried out, and its answer does not arrive.
    const primary = Object.create(test.office.primary, {
      $client: { value: { batch: async (...args: Parameters<typeof test.office.primary.$client.batch>) => {
        await test.office.primary.$client.batch(...args);
        lost++;
        throw new Error("the answer was lost");
      } } },
    });
    const shaky = await oauthServer({ primary, nearest: primary });
    const form = { grant_type: "refresh_token", refresh_token: refresh_token! };
    const failed = await shaky.clientOf(client.clientId, client.secret, CALLBACK).post("token", form);
    expect([failed.response.status, failed.body, lost]).toEqual([503, { error: "temporarily_unavailable" }, 1]);
    const again = await client.post("token", form);
    expect(again.response.status).toBe(200);
    expect((await client.refresh(again.body.refresh_token)).token_type).toBe("bearer");
  });
});

describe("what the server says of itself", () => {
  it("is where everything is, for caches too", async () => {
    const { response, body } = await server.call("GET", "/.well-known/oauth-authorization-server");
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect(body).toMatchObject({
      issuer: "https://register.test", authorization_endpoint: "https://register.test/oauth/authorize", code_challenge_methods_supported: ["S256"], response_types_supported: ["code"],
      authorization_response_iss_parameter_supported: true, token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
    });
    for (const name of ["token", "revocation", "introspection"]) {
      const { response } = await server.call("POST", new URL(body[`${name}_endpoint`]).pathname);
      expect(response.status).toBe(401);
    }
    const { body: jwks } = await server.call("GET", new URL(body.jwks_uri).pathname);
    expect(Object.keys(jwks.keys[0]).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
  });
});

describe("the regulator", () => {
  const described = { name: "Ripoti", confidential: true, grants: ["authorization_code"], scopes: ["account:read"], redirectUris: [CALLBACK], operator: null };
  const register = (json: object, by = root, headers = by.headers()) => server.call("POST", "/v1/oauth/clients", { headers, json });

  it("registers programs, and a secret is shown to the one command that made it", async () => {
    const headers = root.headers();
    const [first, again] = [await register(described, root, headers), await register(described, root, headers)];
    expect([first.response.status, again.body]).toEqual([201, first.body]);
    expect((await register({ ...described, name: "Else" }, root, headers)).body.type).toBe("/problems/idempotency-key-reused");
    const read = await server.call("GET", `/v1/oauth/clients/${first.body.clientId}`, { headers: root.headers() });
    expect(read.body).toEqual({ ...described, clientId: first.body.clientId, state: "active", createdAt: expect.any(String) });
    expect(JSON.stringify(await test.office.primary.$client.execute("select * from commands"))).not.toContain(first.body.secret);
  });

  it.each<[string, object]>([
    ["no name", { name: " " }], ["a name of two lines", { name: "a\nb" }], ["no grant", { grants: [] }], ["an unknown grant", { grants: ["password"] }], ["a grant twice", { grants: ["authorization_code", "authorization_code"] }],
    ["no scope", { scopes: [] }], ["a scope that changes things", { scopes: ["users:write"] }], ["a scope that opens identities", { scopes: ["identities:read"] }], ["an address that is unfit", { redirectUris: ["http://client.example/"] }],
    ["no address", { redirectUris: [] }], ["an unknown operator", { operator: "nobody" }], ["a program of nobody's", { grants: ["client_credentials"], redirectUris: [] }], ["something else", { extra: 1 }],
  ])("registers none with %s", async (_, wrong) => expect((await register({ ...described, ...wrong })).response.status).toBe(422));

  it("lists them in pages", async () => {
    const { operator } = await enrolled(server.call, "Listed", root.headers);
    await register({ ...described, grants: ["client_credentials"], redirectUris: [], scopes: ["usage:read"], operator: operator.id });
    const all = (await server.call("GET", "/v1/oauth/clients", { headers: root.headers() })).body.items;
    expect(all).toContainEqual(expect.objectContaining({ operator: operator.id, state: "active" }));
    expect(JSON.stringify(all)).not.toMatch(/secret/i);
    const first = (await server.call("GET", "/v1/oauth/clients?limit=1", { headers: root.headers() })).body;
    const second = (await server.call("GET", `/v1/oauth/clients?limit=1&cursor=${first.next}`, { headers: root.headers() })).body;
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 2));
  });

  it("gives another secret, and the one before is good for nothing", async () => {
    const { body } = await register(described);
    const rotate = (headers = root.headers()) => server.call("POST", `/v1/oauth/clients/${body.clientId}/secret`, { headers });
    const headers = root.headers();
    const [rotated, again] = [await rotate(headers), await rotate(headers)];
    expect([rotated.response.status, again.body]).toEqual([201, rotated.body]);
    expect(await send("token", GRANT, basic(body.clientId, body.secret))).toMatchObject({ error: "invalid_client" });
    expect(await send("token", GRANT, basic(body.clientId, rotated.body.secret))).toMatchObject({ error: "invalid_grant" });
    const app = await register({ ...described, confidential: false });
    expect((await server.call("POST", `/v1/oauth/clients/${app.body.clientId}/secret`, { headers: root.headers() })).response.status).toBe(409);
  });

  it("rotates for two at once with one secret that holds", async () => {
    const { body } = await register(described);
    const both = await Promise.all([1, 2].map(() => server.call("POST", `/v1/oauth/clients/${body.clientId}/secret`, { headers: root.headers() })));
    const secrets = both.filter(({ response }) => response.status === 201).map(({ body }) => body.secret);
    expect(both.every(({ response }) => [201, 409].includes(response.status))).toBe(true);
    const good = await Promise.all(secrets.map(async (secret) => (await send("token", GRANT, basic(body.clientId, secret))).error));
    expect(good.filter((error) => error === "invalid_grant")).toHaveLength(1);
  });

  it("keeps out and lets in what is there, as often as asked", async () => {
    const { body } = await register(described);
    const suspension = async (method: string, id = body.clientId) => (await server.call(method, `/v1/oauth/clients/${id}/suspension`, { headers: root.headers() })).response.status;
    expect([await suspension("PUT"), await suspension("PUT")]).toEqual([204, 204]);
    expect((await server.call("GET", `/v1/oauth/clients/${body.clientId}`, { headers: root.headers() })).body.state).toBe("suspended");
    expect([await suspension("DELETE"), await suspension("PUT", crypto.randomUUID()), await suspension("PUT", "nonsense")]).toEqual([204, 404, 422]);
  });

  it("does so by a capability of its own", async () => {
    expect((await register(described, officer)).body).toMatchObject({ status: 403, detail: "It takes the capability oauth-clients:write." });
    const { access_token } = await client.redeem(await client.send(await server.signIn(root.userId)));
    expect((await server.call("GET", "/v1/oauth/clients", { headers: bearing(access_token)() })).response.status).toBe(403);
  });
});

describe("a role given to somebody", () => {
  it("ends what third parties were let see before it: whoever let them must not have it by that", async () => {
    const promoted = await somebody(test.office, holding("citizen"));
    const tokens = await client.redeem(await client.send(await server.signIn(promoted.userId)));
    expect((await server.call("PUT", `/v1/users/${promoted.userId}/roles/grak_auditor`, { headers: root.headers() })).response.status).toBe(204);
    expect((await server.call("GET", "/v1/account", { headers: bearing(tokens.access_token)() })).response.status).toBe(401);
    expect((await client.post("token", { grant_type: "refresh_token", refresh_token: tokens.refresh_token! })).body).toEqual({ error: "invalid_grant" });
  });
});
