import { createHmac, createPrivateKey, sign as signWith } from "node:crypto";
import { CompactSign, SignJWT } from "jose";
import * as oauth from "oauth4webapi";
import { beforeAll, describe, expect, it } from "vitest";
import { Tokens } from "../../../../src/domains/authentication/oauth/tokens.ts";
import { fromBase64Url, toBase64Url, utf8 } from "../../../../src/kernel/bytes.ts";
import { DAY, MINUTE } from "../../../../src/kernel/clock.ts";
import { importSigningKey } from "../../../../src/kernel/ed25519.ts";
import { enrolled, ISSUER, TOKENS } from "../../../support/api.ts";
import { oauthServer, type Server } from "../../../support/oauth.ts";
import { testOffice } from "../../../support/office.ts";
import { bearing, holding, somebody, type Somebody } from "../../../support/people.ts";

const keysOf = (seeds: Record<string, Uint8Array>) => new Tokens({ current: Object.keys(seeds).toSorted().at(-1)!, byId: new Map(Object.entries(seeds)) }, ISSUER);
const seed = (byte: number) => new Uint8Array(32).fill(byte);
/** The deployment's, as `TOKENS` has it. */
const OURS = seed(3);
const { kid, x } = TOKENS.jwks.keys[0]!;

const test = testOffice();
let server: Server;
let root: Somebody;
let good: string;
let claims: Record<string, unknown>;

beforeAll(async () => {
  server = await oauthServer(test.office);
  root = await somebody(test.office, holding("super_admin"));
  const client = await server.register(root);
  good = (await client.redeem(await client.send(await server.signIn(root.userId)))).access_token;
  claims = JSON.parse(Buffer.from(good.split(".")[1]!, "base64url").toString());
});

const call = async (token: string, path = "/v1/account") => server.call("GET", path, { headers: bearing(token)() });
const part = (value: unknown): string => toBase64Url(utf8(JSON.stringify(value)));
const signed = async (key: Uint8Array, header: object = {}, changed: Record<string, unknown> = {}) =>
  new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid, ...header }).sign(await importSigningKey(key));

describe("an access token", () => {
  it("is what RFC 9068 says, and a resource server's library finds it good by the published keys", async () => {
    const header = JSON.parse(Buffer.from(good.split(".")[0]!, "base64url").toString());
    expect(header).toEqual({ alg: "EdDSA", typ: "at+jwt", kid });
    expect(claims).toEqual({
      iss: ISSUER, aud: `${ISSUER}/v1`, sub: root.userId, client_id: expect.any(String), scope: "account:read usage:read", jti: expect.stringMatching(/^[\w-]{43}$/),
      sid: expect.any(String), iat: expect.any(Number), exp: (claims.iat as number) + 300,
    });
    const fetcher = { [oauth.customFetch]: (url: string) => server.api.request(url.slice(ISSUER.length)) };
    const as = await oauth.processDiscoveryResponse(new URL(ISSUER), await oauth.discoveryRequest(new URL(ISSUER), { ...fetcher, algorithm: "oauth2" } as never));
    const request = new Request("https://api.example/", { headers: { authorization: `Bearer ${good}` } });
    const seen = await oauth.validateJwtAccessToken(as, request, `${ISSUER}/v1`, { ...fetcher, signingAlgorithms: ["EdDSA"] } as never);
    expect(seen.sub).toBe(root.userId);
  });

  it("made here like a good one is good: what follows is refused for what it changes alone", async () => {
    expect((await call(good)).response.status).toBe(200);
    expect((await call(await signed(OURS))).response.status).toBe(200);
  });

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  /** The same bytes: the last digit's last bits stand for none. */
  const other = (text: string) => `${text.slice(0, -1)}${DIGITS[DIGITS.indexOf(text.at(-1)!) ^ 1]}`;
  const withPart = (at: number, change: (text: string) => string) => good.split(".").map((text, index) => (index === at ? change(text) : text)).join(".");
  const seconds = () => Math.floor(Date.now() / 1000);

  it.each<[string, () => string | Promise<string>]>([
    ["signed by another key", () => signed(seed(9))],
    ["signed by another key that it names", () => signed(seed(9), { kid: keysOf({ 1: seed(9) }).jwks.keys[0]!.kid })],
    ["that names no key", () => signed(OURS, { kid: undefined })],
    ["that is over", () => signed(OURS, {}, { iat: seconds() - 600, exp: seconds() - 300 })],
    ["without an end", () => signed(OURS, {}, { exp: undefined })],
    ["for another audience", () => signed(OURS, {}, { aud: "https://other.example" })],
    ["for nobody", () => signed(OURS, {}, { aud: undefined })],
    ["of another issuer", () => signed(OURS, {}, { iss: "https://other.example" })],
    ["that is no access token", () => signed(OURS, { typ: "JWT" })],
    ["without a type", () => signed(OURS, { typ: undefined })],
    ["of somebody else than its grant's", () => signed(OURS, {}, { sub: crypto.randomUUID() })],
    ["of another client than its grant's", () => signed(OURS, {}, { client_id: crypto.randomUUID() })],
    ["of no grant there is", () => signed(OURS, {}, { sid: crypto.randomUUID() })],
    ["of a program that is none", () => signed(OURS, {}, { sid: undefined })],
    ["of a program for itself that is none", () => signed(OURS, {}, { sid: undefined, sub: "x", client_id: "x" })],
    ["that says nothing", () => signed(OURS, {}, { scope: 7, sub: null })],
    ["with `none`", () => `${part({ alg: "none", typ: "at+jwt", kid })}.${good.split(".")[1]}.`],
    ["with `none` and the signature", () => `${part({ alg: "none", typ: "at+jwt", kid })}.${good.split(".").slice(1).join(".")}`],
    ["with HS256 under the public key", () => {
      const text = `${part({ alg: "HS256", typ: "at+jwt", kid })}.${part(claims)}`;
      return `${text}.${createHmac("sha256", fromBase64Url(x)).update(text).digest("base64url")}`;
    }],
    ["with HS256 under the published text of the key", () => {
      const text = `${part({ alg: "HS256", typ: "at+jwt", kid })}.${part(claims)}`;
      return `${text}.${createHmac("sha256", JSON.stringify(TOKENS.jwks.keys[0])).update(text).digest("base64url")}`;
    }],
    ["that brings its own key", async () => {
      const jwk = keysOf({ 1: seed(9) }).jwks.keys[0];
      return signed(seed(9), { jwk, jku: "https://evil.example/jwks" });
    }],
    ["whose signature is spelled otherwise", () => withPart(2, other)],
    ["that is padded", () => `${good}==`],
    ["in the other alphabet", async () => {
      let [text, n] = [good, 0];
      while (!/[-_]/.test(text.split(".")[2]!)) text = await signed(OURS, {}, { jti: String(n++) });
      return text.replaceAll("-", "+").replaceAll("_", "/");
    }],
    ["with a space", () => withPart(1, (text) => `${text.slice(0, 4)} ${text.slice(4)}`)],
    ["with a claim changed", () => withPart(1, () => part({ ...claims, scope: "account:read audit:read" }))],
    ["of two parts", () => good.split(".").slice(0, 2).join(".")],
    ["of five parts", () => `${good}.a.b`],
    ["too long", () => signed(OURS, {}, { filler: "x".repeat(4_000) })],
    ["that is nonsense", () => "a.b.c"],
  ])("%s lets nobody in", async (_, make) => {
    const token = await make();
    expect(token).not.toBe(good);
    const { response, body } = await call(token);
    expect([response.status, body.type]).toEqual([401, "/problems/unauthenticated"]);
  });

  it("whose signature is spelled otherwise would pass by its bytes: it is the text that is refused", () => {
    expect(fromBase64Url(withPart(2, other).split(".")[2]!)).toEqual(fromBase64Url(good.split(".")[2]!));
  });

  it("cannot be widened by what it claims: nothing that is no scope is one", async () => {
    const wide = await signed(OURS, {}, { scope: "account:tokens users:write roles:assign oauth-clients:write" });
    for (const [path, capability] of [["/v1/users", "users:read"], ["/v1/oauth/clients", "oauth-clients:write"], ["/v1/account", "account:read"]] as const) {
      const { response, body } = await call(wide, path);
      expect([response.status, body.detail]).toEqual([403, `It takes the capability ${capability}.`]);
    }
  });

  it("is over after five minutes", async () => {
    const later = await oauthServer(test.office);
    later.pass(5 * MINUTE);
    expect((await later.call("GET", "/v1/account", { headers: bearing(good)() })).response.status).toBe(401);
  });
});

describe("the keys", () => {
  const said = { sub: "s", client_id: "c", scope: "account:read", jti: "j", sid: "f", issuedAt: Date.now() };

  it("may change: what the one before signed is believed while it is there, and the newest signs", async () => {
    const [before, both, after] = [keysOf({ 1: seed(1) }), keysOf({ 1: seed(1), 2: seed(2) }), keysOf({ 2: seed(2) })];
    const old = await before.sign(said);
    expect(await both.read(old, Date.now())).toMatchObject({ sub: "s" });
    expect(await after.read(old, Date.now())).toBeNull();
    expect(await before.read(await both.sign(said), Date.now())).toBeNull();
    expect(both.jwks.keys.map(({ kid }) => kid)).toEqual([before.jwks.keys[0]!.kid, after.jwks.keys[0]!.kid]);
    const refresh = before.refreshToken("01890a5d-ac96-774b-bcce-b302099a8057", 1);
    expect(both.readRefreshToken(refresh)).toEqual({ familyId: "01890a5d-ac96-774b-bcce-b302099a8057", generation: 1 });
    expect(after.readRefreshToken(refresh)).toBeNull();
  });

  it("sign the same with the same: a repeated answer is the same answer", async () => {
    expect(await TOKENS.sign(said)).toBe(await TOKENS.sign(said));
    expect(await TOKENS.sign({ ...said, issuedAt: said.issuedAt + DAY })).not.toBe(await TOKENS.sign(said));
  });

  it("are as RFC 8037 has them, from the private key to the thumbprint and a signature (appendix A.1 to A.5)", async () => {
    const d = fromBase64Url("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    expect(keysOf({ 1: d }).jwks.keys).toEqual([{
      kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", use: "sig", alg: "EdDSA",
    }]);
    const jws = await new CompactSign(utf8("Example of Ed25519 signing")).setProtectedHeader({ alg: "EdDSA" }).sign(await importSigningKey(d));
    const expected = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    expect(jws).toBe(`eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.${expected}`);
    // Another implementation signs the same.
    const jwk = { kty: "OKP", crv: "Ed25519", d: toBase64Url(d), x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
    const text = jws.split(".").slice(0, 2).join(".");
    expect(signWith(null, Buffer.from(text), createPrivateKey({ key: jwk, format: "jwk" })).toString("base64url")).toBe(expected);
  });
});

describe("an operator's own program", () => {
  const said = async (answer: Promise<{ response: Response; body: unknown }>) => {
    const { response, body } = await answer;
    return { status: response.status, body };
  };
  const [operators, program] = [{ own: "", other: "" }, { grants: ["client_credentials"], redirectUris: [], scopes: ["usage:read", "operators:read"], operator: "" }];
  beforeAll(async () => {
    for (const whose of ["own", "other"] as const) operators[whose] = (await enrolled(server.call, whose, root.headers)).operator.id;
    program.operator = operators.own;
  });

  it("reads what concerns its operator, by its scope and its role, and nobody else's", async () => {
    const own = await server.register(root, program);
    const { body, response } = await own.post("token", { grant_type: "client_credentials" });
    expect([body.scope, body.expires_in, body.refresh_token, response.headers.get("cache-control")]).toEqual(["usage:read", 300, undefined, "no-store"]);
    const paths = [`/v1/operators/${operators.own}/usage`, `/v1/operators/${operators.other}/usage`, "/v1/operators", "/v1/account"];
    const period = `?from=${new Date(Date.now() - DAY).toISOString()}&to=${new Date().toISOString()}`;
    const status = async (path: string) => (await call(body.access_token, path.endsWith("usage") ? path + period : path)).response.status;
    expect(await Promise.all(paths.map(status))).toEqual([200, 403, 403, 403]);
    expect((await own.post("introspect", { token: body.access_token })).body).toMatchObject({ active: true, sub: own.clientId });
    expect(await said(own.post("revoke", { token: body.access_token }))).toEqual({ status: 400, body: { error: "unsupported_token_type" } });
    expect(await said(own.post("token", { grant_type: "client_credentials", scope: "operators:read" }))).toEqual({ status: 400, body: { error: "invalid_scope" } });
    await server.call("PUT", `/v1/oauth/clients/${own.clientId}/suspension`, { headers: root.headers() });
    expect(await status(paths[0]!)).toBe(401);
  });

  it("is not what a program for people is, nor the other way round", async () => {
    const own = await server.register(root, program);
    const client = await server.register(root);
    expect(await said(client.post("token", { grant_type: "client_credentials" }))).toEqual({ status: 400, body: { error: "unauthorized_client" } });
    expect(await said(own.post("token", { grant_type: "refresh_token", refresh_token: "x" }))).toEqual({ status: 400, body: { error: "unauthorized_client" } });
  });
});
