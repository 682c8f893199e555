import { describe, expect, it } from "vitest";
import { SCOPES } from "../../../../src/domains/authentication/oauth/model.ts";
import { faultOf, heldOf, isRedirectUri, isRemembered, judgeRefresh, leadsBack, proves, readScopes } from "../../../../src/domains/authentication/oauth/rules.ts";
import { holding } from "../../../support/people.ts";

describe("PKCE", () => {
  // RFC 7636 appendix B.
  const [verifier, challenge] = ["dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"];

  it("is S256 as RFC 7636 has it, and nothing else", () => {
    expect(proves(verifier, challenge)).toBe(true);
    expect(proves(challenge, challenge)).toBe(false);
    for (const wrong of ["", verifier.slice(1), `${verifier}=`, `${verifier}\n`, `${verifier.slice(0, -1)}l`, "x".repeat(129)]) expect(proves(wrong, challenge), wrong).toBe(false);
  });
});

describe("a redirect", () => {
  it.each(["https://client.example/", "https://client.example:8443/a?b=c%20d", "http://127.0.0.1/", "http://127.0.0.1:8080/a"])("to %s can be registered", (uri) => {
    expect(isRedirectUri(uri)).toBe(true);
  });

  it.each([
    "", "client.example", "https://client.example", "https://CLIENT.example/", "https://client.example/a/../b", "https://client.example:443/", "https://a:b@client.example/", "https://a@client.example/",
    "https://client.example/#", "https://client.example/#x", "https://client.example/a b", "https://client.example\\@evil.example/", "https://клиент.example/", "https://client.example/\t", " https://client.example/",
    "http://client.example/", "http://localhost/", "http://localhost:80/", "http://127.0.0.1.evil.example/", "http://127.1/", "http://127.0.0.2/", "http://[::1]/", "http://127.0.0.1@evil.example/",
    "com.example.app:/back", "javascript:alert(1)", "data:text/html,x", "ftp://client.example/", `https://client.example/${"x".repeat(512)}`, "*", "https://*.example/", "https://a;script-src.example/", "https://[2001:db8::1]/",
  ])("to %j cannot", (uri) => expect(isRedirectUri(uri)).toBe(false));

  it("is taken as it was registered; on this machine by any port, and in nothing else otherwise", () => {
    const client = { redirectUris: ["https://client.example/a", "http://127.0.0.1/back?x=1"] };
    for (const uri of [...client.redirectUris, "http://127.0.0.1:1/back?x=1", "http://127.0.0.1:65535/back?x=1"]) expect(leadsBack(client, uri), uri).toBe(true);
    for (const uri of [
      "https://client.example/", "https://client.example/a/", "https://client.example:8443/a", "https://client.example/a?", "http://127.0.0.1/back", "http://127.0.0.1:1/", "http://127.0.0.1:1/back?x=1&y",
      "http://127.0.0.1:99999/back?x=1", "http://127.0.0.1:01/back?x=1", "http://127.0.0.1:1@evil.example/back?x=1", "http://127.0.0.1:80/back?x=1", "https://127.0.0.1/back?x=1",
    ]) expect(leadsBack(client, uri), uri).toBe(false);
  });
});

describe("a scope", () => {
  it("is one of those allowed, each once and in their order", () => {
    expect(readScopes("usage:read account:read usage:read", SCOPES)).toEqual(["account:read", "usage:read"]);
    expect(readScopes(null, ["audit:read"])).toEqual(["audit:read"]);
    for (const text of ["", " ", "account:read ", "users:write", "account:read usage:read", "constructor"]) expect(readScopes(text, ["account:read"]), text).toBeNull();
  });

  it("is no more than its holder's roles", () => {
    expect(heldOf(SCOPES, holding("citizen"))).toEqual(["account:read"]);
    expect(heldOf(SCOPES, holding("operator_user", "op"))).toEqual(["account:read", "operators:read", "usage:read"]);
    expect(heldOf(SCOPES, holding("super_admin"))).toEqual(SCOPES);
    expect(heldOf(SCOPES, [])).toEqual([]);
  });

  it("is asked for once, but on this machine", () => {
    expect(isRemembered(["account:read"], ["account:read"], "https://client.example/")).toBe(true);
    expect(isRemembered(["account:read"], ["account:read", "usage:read"], "https://client.example/")).toBe(false);
    expect(isRemembered(["account:read"], ["account:read"], "http://127.0.0.1:1/")).toBe(false);
  });
});

describe("a client", () => {
  const web = { confidential: true, redirectUris: ["https://client.example/"], scopes: ["account:read"], grants: ["authorization_code"], operator: null } as const;
  const program = { ...web, redirectUris: [], scopes: ["usage:read"], grants: ["client_credentials"], operator: "op" } as const;

  it("is for people, or an operator's own, or both", () => {
    for (const fit of [web, program, { ...web, confidential: false }, { ...program, redirectUris: web.redirectUris, grants: [...web.grants, ...program.grants] }]) expect(faultOf(fit)).toBeNull();
  });

  it("is refused where it could not do what it is for, or could do more", () => {
    expect(faultOf({ ...web, redirectUris: [] })).toBe("redirect-uris-unfit");
    expect(faultOf({ ...web, redirectUris: ["http://client.example/"] })).toBe("redirect-uris-unfit");
    expect(faultOf({ ...program, redirectUris: web.redirectUris })).toBe("redirect-uris-unfit");
    expect(faultOf({ ...program, confidential: false })).toBe("program-unfit");
    expect(faultOf({ ...program, operator: null })).toBe("program-unfit");
    expect(faultOf({ ...program, scopes: ["audit:read"] })).toBe("program-unfit");
  });
});

describe("a refresh token's generation", () => {
  const family = { generation: 5, rotatedAt: 1_000 };

  it.each([[5, 1_000, "rotate"], [5, 999_999, "rotate"], [4, 10_999, "repeat"], [4, 11_000, "reused"], [3, 1_000, "reused"], [6, 1_000, "reused"]] as const)("%i at %i means %s", (generation, now, verdict) => {
    expect(judgeRefresh(family, generation, now)).toBe(verdict);
  });
});
