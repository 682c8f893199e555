import { describe, expect, it } from "vitest";
import { createApi } from "../../src/api/kit.ts";
import { PROBLEMS } from "../../src/kernel/problem.ts";
import { admin, testApi, unlimited } from "../support/api.ts";
import { conforms } from "../support/conforms.ts";

const operator = { name: "Kenbet", requiredKinds: ["msisdn"] };

describe("input nobody can use", () => {
  it("refuses what is not JSON", async () => {
    const { call } = await testApi();
    const headers = { ...admin("k"), "content-type": "application/json" };
    for (const body of ["{", "", "\u0000", '{"name":']) {
      const { response, body: problem } = await call("POST", "/v1/operators", { headers, body });
      expect(response.status).toBe(400);
      expect(problem.type).toBe("/problems/body-malformed");
    }
  });

  it("refuses another content type, and a body without one", async () => {
    const { call } = await testApi();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"]) {
      const headers = { ...admin("k"), "content-type": type };
      const { body } = await call("POST", "/v1/operators", { headers, body: JSON.stringify(operator) });
      expect(body.type).toBe("/problems/content-type-unsupported");
    }
    const untyped = await call("POST", "/v1/operators", { headers: admin("k"), body: new TextEncoder().encode("{}") });
    expect(untyped.response.status).toBe(415);
  });

  it("stops reading a body that is too large, with and without a declared length", async () => {
    const { call } = await testApi();
    const text = JSON.stringify({ ...operator, name: "x".repeat(70_000) });
    const headers = { ...admin("k"), "content-type": "application/json" };
    expect((await call("POST", "/v1/operators", { headers, body: text })).response.status).toBe(413);
    const declared = { ...headers, "content-length": String(text.length) };
    expect((await call("POST", "/v1/operators", { headers: declared, body: text })).response.status).toBe(413);
    const stream = new Response(text).body;
    const streamed = await call("POST", "/v1/operators", { headers, body: stream, duplex: "half" } as RequestInit);
    expect(streamed.body.type).toBe("/problems/body-too-large");
  });

  it("names every wrong field by its JSON pointer, unknown ones too", async () => {
    const { call } = await testApi();
    const json = { name: 7, requiredKinds: ["msisdn", "horoscope"], "a/b~c": 1 };
    const { response, body } = await call("POST", "/v1/operators", { headers: admin("k"), json });
    expect(response.status).toBe(422);
    const pointers = body.errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers.toSorted()).toEqual(["/a~1b~0c", "/name", "/requiredKinds/1"]);
  });
});

describe("naughty texts", () => {
  it("never break anything, wherever they stand", async () => {
    const { api, call } = await testApi();
    const texts = ["%E0%A4%A", "%00", "..%2f..", "__proto__", "constructor", "💥", "\ud800", "x".repeat(5_000), "' OR 1=1 --", "<script>"];
    for (const text of texts) {
      for (const path of [`/v1/operators/${text}/keys`, `/problems/${text}`, `/${text}`]) {
        const response = await api.request(path, { method: "POST", headers: admin("k") });
        expect(response.status, path).toBeLessThan(500);
        expect(response.headers.get("content-type")).toBe("application/problem+json");
      }
      const json = { name: text, requiredKinds: [text] };
      expect((await call("POST", "/v1/operators", { headers: admin("k"), json })).response.status).toBe(422);
    }
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    const headers = { ...admin("k"), "content-type": "application/json" };
    expect((await call("POST", "/v1/operators", { headers, body: deep })).response.status).toBe(422);
    const polluting = '{"__proto__":{"name":"x"},"requiredKinds":["msisdn"]}';
    expect((await call("POST", "/v1/operators", { headers, body: polluting })).response.status).toBe(422);
  });
});

describe("routes", () => {
  it("answers 404 for an unknown path and 405 with Allow for a method not offered", async () => {
    const { api } = await testApi();
    const unknown = await api.request("/v1/nothing", { method: "POST", body: "x" });
    expect([unknown.status, (await unknown.json() as any).type]).toEqual([404, "/problems/not-found"]);
    const wrong = await api.request("/v1/tokens", { method: "PUT" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
    expect(wrong.headers.get("content-type")).toBe("application/problem+json");
    expect((await wrong.json() as any).type).toBe("/problems/method-not-allowed");
  });

  it("documents each problem under its type", async () => {
    const { call } = await testApi();
    for (const [code, { status }] of Object.entries(PROBLEMS)) {
      const { body } = await call("GET", `/problems/${code}`);
      expect(body).toMatchObject({ type: `/problems/${code}`, status });
      expect(body.remedy.length).toBeGreaterThan(20);
    }
    expect((await call("GET", "/problems/toString")).response.status).toBe(404);
  });

  it("describes the edge's check beside its own routes", async () => {
    const { document } = await testApi();
    expect(Object.keys(document.paths)).toContain("/v1/checks");
    const clear = {
      decision: "clear",
      purpose: "login",
      kinds: ["msisdn"],
      sequence: 42,
      freshThrough: "2026-10-01T00:00:00.000Z",
      maxStalenessMs: 312,
      answerId: "a",
    };
    await conforms(document, "POST", "/v1/checks", Response.json(clear));
    await expect(conforms(document, "POST", "/v1/checks", Response.json({ ...clear, decision: "maybe" }))).rejects.toThrow("maybe");
    await expect(conforms(document, "POST", "/v1/checks", Response.json(clear, { status: 202 }))).rejects.toThrow("202");
  });
});

describe("each request", () => {
  it("keeps a sane request id, replaces any other, and echoes it on problems too", async () => {
    const { api } = await testApi();
    const idOf = async (id: string) =>
      (await api.request("/nowhere", { headers: { "x-request-id": id } })).headers.get("x-request-id");
    expect(await idOf("abc-123")).toBe("abc-123");
    expect(await idOf("a b\"<script>")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf("x".repeat(200))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is told not to be stored or sniffed", async () => {
    const { api } = await testApi();
    const { headers } = await api.request("/nowhere");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("leaves one line in the log with the route's pattern and nothing of its values", async () => {
    const { call, lines } = await testApi();
    lines.length = 0;
    await call("POST", "/v1/operators/op77secret/keys", { headers: { ...admin("idem-secret"), "x-request-id": "r-1" } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      "http.request.id": "r-1",
      "http.response.status_code": 404,
      "url.path": "/v1/operators/:operator/keys",
      "service.name": "nser-origin",
    });
    expect(JSON.stringify(lines)).not.toMatch(/secret|Bearer/);
  });

  it("hides what broke from the caller and writes it into the log", async () => {
    const lines: any[] = [];
    const api = createApi({ service: "s", clock: Date.now, log: (line) => lines.push(JSON.parse(line)), limits: unlimited, origins: [] });
    api.get("/broken", () => {
      throw new TypeError("the inside story");
    });
    const response = await api.request("/broken");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("inside");
    expect(lines[0]).toMatchObject({ "log.level": "error", "error.type": "TypeError", "error.message": "the inside story" });
  });
});
