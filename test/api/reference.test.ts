import { describe, expect, it } from "vitest";
import { originOf } from "../../src/api/request-origin.ts";
import { testApi } from "../support/api.ts";

const COUNTY_CHECKS = [
  { code: "001", name: "Mombasa", iso: "KE-28" }, { code: "042", name: "Kisumu", iso: "KE-17" }, { code: "047", name: "Nairobi City", iso: "KE-30" },
];

describe("reference data", () => {
  it.each(["choices", "countries", "currencies", "counties"])("%s are open to everybody and need not be read twice", async (set) => {
    const { call } = await testApi();
    const { response, body } = await call("GET", `/v1/reference/${set}`);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "public, max-age=3600"]);
    expect(Object.keys(body).length).toBeGreaterThan(7);
    const again = await call("GET", `/v1/reference/${set}`, { headers: { "if-none-match": response.headers.get("etag")! } });
    expect(again.response.status).toBe(304);
  });

  it("has no other sets", async () => {
    const { call } = await testApi();
    expect((await call("GET", "/v1/reference/users")).response.status).toBe(422);
  });

  it("knows the 47 counties by the Constitution's numbers and by ISO's", async () => {
    const { call } = await testApi();
    const { body } = await call("GET", "/v1/reference/counties");
    expect(body).toHaveLength(47);
    for (const county of COUNTY_CHECKS) expect(body).toContainEqual(county);
    expect(new Set(body.map(({ iso }: { iso: string }) => iso)).size).toBe(47);
  });
});

describe("where a request came from", () => {
  const from = (headers: Record<string, string>, cf?: object) => originOf(Object.assign(new Request("http://x", { headers }), cf && { cf }), "r-1");

  it.each([
    ["197.136.5.77", "197.136.5.0/24"], ["2001:db8:12:34::1", "2001:db8:12::/48"], ["::1", "0:0:0::/48"], ["nonsense", null], ["1.2.3", null], ["999.1.1.1", null],
  ])("is the block of %s: %s", (address, network) => expect(from({ "cf-connecting-ip": address }).network).toBe(network));

  it.each([
    ["Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36", "Chrome on Android"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1", "Safari on iOS"],
    ["Mozilla/5.0 (Windows NT 10.0; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox on Windows"], ["curl/8.4.0", "curl"],
    ["Nokia8110/1.0 (KAIOS/2.5)", "other on KaiOS"], ["x".repeat(5_000), "other"], ["", null],
  ])("is the kind of program only: %s", (agent, kind) => expect(from(agent ? { "user-agent": agent } : {}).agent).toBe(kind));

  it("is a country, and in Kenya a county where the platform says so", () => {
    expect(from({ "cf-ipcountry": "KE" }, { regionCode: "30" })).toMatchObject({ country: "KE", county: "047" });
    expect(from({ "cf-ipcountry": "KE" }, { regionCode: "99" }).county).toBeNull();
    expect(from({ "cf-ipcountry": "TZ" }, { regionCode: "30" })).toMatchObject({ country: "TZ", county: null });
    expect(from({ "cf-ipcountry": "'; drop" })).toEqual({ network: null, agent: null, country: null, county: null, requestId: "r-1" });
  });
});
