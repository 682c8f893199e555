import { beforeAll, describe, expect, it } from "vitest";
import { type Server, oauthServer, signedInAs } from "../../support/oauth.ts";
import { testOffice } from "../../support/office.ts";
import { bearing, holding, somebody, type Somebody } from "../../support/people.ts";

const test = testOffice();
let server: Server;
const people = {} as Record<"root" | "officer", Somebody>;

beforeAll(async () => {
  server = await oauthServer(test.office);
  people.root = await somebody(test.office, holding("super_admin"));
  people.officer = await somebody(test.office, holding("grak_officer"));
});

describe("a third party's program", () => {
  it("is let see what its holder agreed to, from the address it asks at to a call of the API", async () => {
    const client = await server.register(people.root);
    const visitor = await signedInAs(test.office, people.officer.userId);
    const sent = await client.send(visitor);
    expect(sent.back.origin + sent.back.pathname).toBe("https://client.example/callback");
    const tokens = await client.redeem(sent);
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 300, scope: "account:read usage:read" });
    const headers = bearing(tokens.access_token)();
    expect((await server.call("GET", "/v1/account", { headers })).body).toEqual({ userId: people.officer.userId, roles: [{ role: "grak_officer", operator: null }] });
    expect((await server.call("GET", "/v1/operators", { headers })).response.status).toBe(403);
  });
});
