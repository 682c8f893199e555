import { describe, expect, it } from "vitest";
import { testApi } from "../support/api.ts";

const TOOL = "https://tool.test";
const preflight = (origin = TOOL, method = "POST") => ({
  method: "OPTIONS", headers: { origin, "access-control-request-method": method, "access-control-request-headers": "authorization" },
});
const grants = ({ headers }: Response): string[] => [...headers.keys()].filter((name) => name.startsWith("access-control-"));

describe("another site's page", () => {
  it("reads nothing, and no preflight tells which routes there are", async () => {
    const { api } = await testApi();
    for (const path of ["/openapi.json", "/v1/account", "/problems/internal", "/nowhere"]) {
      const answer = await api.request(path, { headers: { origin: TOOL } });
      expect(grants(answer), path).toEqual([]);
      const asked = await api.request(path, preflight());
      expect([asked.status, await asked.text(), asked.headers.get("allow"), grants(asked)], path).toEqual([204, "", null, []]);
    }
  });

  it("of a listed origin reads the document and what problems mean, and nothing else", async () => {
    const { api } = await testApi({ origins: [TOOL] });
    for (const path of ["/openapi.json", "/problems/internal"]) {
      expect((await api.request(path, { headers: { origin: TOOL } })).headers.get("access-control-allow-origin")).toBe(TOOL);
      expect((await api.request(path, preflight(TOOL, "GET"))).headers.get("access-control-allow-methods")).toBe("GET");
      for (const origin of ["https://other.test", "null", `${TOOL}.other.test`, ""]) {
        expect(grants(await api.request(path, { headers: { origin } })), origin).toEqual([]);
        expect(grants(await api.request(path, preflight(origin))), origin).toEqual([]);
      }
    }
    for (const path of ["/v1/account", "/v1/operators", "/nowhere", "/problems/a/b"]) {
      expect(grants(await api.request(path, { headers: { origin: TOOL } }))).toEqual([]);
      expect(grants(await api.request(path, preflight()))).toEqual([]);
    }
  });

  it("OPTIONS that is no preflight is answered as any other method", async () => {
    const { api } = await testApi();
    const answer = await api.request("/v1/tokens", { method: "OPTIONS" });
    expect([answer.status, answer.headers.get("allow"), answer.headers.get("content-type")]).toEqual([405, "POST", "application/problem+json"]);
    expect((await api.request("/nowhere", { method: "OPTIONS" })).status).toBe(404);
  });
});

describe("each answer", () => {
  it.each(["/openapi.json", "/nowhere", "/v1/account"])("%s is only data: nothing runs, nothing is framed or sniffed, nobody is told where it was read", async (path) => {
    const { api } = await testApi();
    const headers = Object.fromEntries((await api.request(path)).headers);
    expect(headers).toMatchObject({
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'", "x-frame-options": "DENY", "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer", "strict-transport-security": "max-age=63072000; includeSubDomains",
      "cross-origin-resource-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
    });
    for (const name of ["x-xss-protection", "x-powered-by", "x-download-options"]) expect(headers).not.toHaveProperty(name);
  });
});
