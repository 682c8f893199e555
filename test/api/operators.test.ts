import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readKey } from "../../src/check/directory.ts";
import { DEFAULT_TERMS } from "../../src/check/terms.ts";
import { admin, enrolled, KEY_LIMITS, testApi } from "../support/api.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";

const json = { name: "Kenbet", requiredKinds: ["msisdn", "national_id"] };

describe("enrolling an operator", () => {
  it("answers 201, and the same again for the same Idempotency-Key and body", async () => {
    const { call, directory } = await testApi();
    const first = await call("POST", "/v1/operators", { headers: admin("k1"), json });
    expect(first.response.status).toBe(201);
    expect(first.body).toEqual({ id: expect.stringMatching(/^[a-z0-9]+$/), state: "active", ...json });
    const again = await call("POST", "/v1/operators", { headers: admin("k1"), json });
    expect(again.body).toEqual(first.body);
    expect(directory.operators.size).toBe(1);
  });

  it("refuses the key with another body, and a request without a key or with a key that cannot be one", async () => {
    const { call, directory } = await testApi();
    await call("POST", "/v1/operators", { headers: admin("k1"), json });
    const reused = await call("POST", "/v1/operators", { headers: admin("k1"), json: { ...json, name: "Other" } });
    expect([reused.response.status, reused.body.type]).toEqual([422, "/problems/idempotency-key-reused"]);
    const missing = await call("POST", "/v1/operators", { headers: admin(), json });
    expect([missing.response.status, missing.body.type]).toEqual([400, "/problems/idempotency-key-missing"]);
    for (const key of ["a b", "é", "x".repeat(129)]) {
      const odd = await call("POST", "/v1/operators", { headers: admin(key), json });
      expect([odd.response.status, odd.body.type]).toEqual([422, "/problems/field-invalid"]);
    }
    expect(directory.operators.size).toBe(1);
  });

  it("is for the administrator alone", async () => {
    const { call, directory } = await testApi();
    for (const authorization of ["", "Bearer ", "Bearer wrong", "Basic YTpi", `${admin().authorization}x`]) {
      const { response } = await call("POST", "/v1/operators", { headers: { authorization, "idempotency-key": "k" }, json });
      expect(response.status).toBe(401);
    }
    expect(directory.operators.size).toBe(0);
  });

  it("refuses kinds nobody knows, none, and the same twice", async () => {
    const { call } = await testApi();
    for (const requiredKinds of [["x"], [], ["msisdn", "msisdn"], "msisdn", null]) {
      const { response } = await call("POST", "/v1/operators", { headers: admin("k"), json: { ...json, requiredKinds } });
      expect(response.status).toBe(422);
    }
  });

  it("answers 503 when the register cannot be asked", async () => {
    const directory = new MemoryDirectory();
    directory.enrolOperator = async () => Promise.reject(new Error("gone"));
    const { call, lines } = await testApi({ directory });
    const { response } = await call("POST", "/v1/operators", { headers: admin("k"), json });
    expect(response.status).toBe(503);
    expect(lines.at(-1)["error.message"]).toBe("gone");
  });
});

describe("an operator's keys", () => {
  it("is shown once, is a key of that operator, and only its hash is kept", async () => {
    const { call, directory } = await testApi();
    const { operator, key } = await enrolled(call);
    expect(readKey(`Bearer ${key.key}`)?.operator).toBe(operator.id);
    const kept = directory.keys.get(key.keyId)!;
    expect(kept.hash).toBe(createHash("sha256").update(key.key).digest("hex"));
    const secret = key.key.split("_").at(-1);
    expect(Buffer.from(kept.sealedReply).toString("latin1")).not.toContain(secret);
  });

  it("is the same key when the request is repeated, another with another Idempotency-Key", async () => {
    const { call, directory } = await testApi();
    const { operator, key } = await enrolled(call);
    const path = `/v1/operators/${operator.id}/keys`;
    expect((await call("POST", path, { headers: admin("key-Kenbet") })).body).toEqual(key);
    expect((await call("POST", path, { headers: admin("key-2") })).body.key).not.toBe(key.key);
    expect(directory.keys.size).toBe(2);
  });

  it("keeps the Idempotency-Keys of different routes apart", async () => {
    const { call } = await testApi();
    const { body: operator } = await call("POST", "/v1/operators", { headers: admin("same"), json });
    expect((await call("POST", `/v1/operators/${operator.id}/keys`, { headers: admin("same") })).response.status).toBe(201);
  });

  it("refuses an Idempotency-Key that made another operator's key", async () => {
    const { call } = await testApi();
    await enrolled(call, "One");
    const { body: other } = await call("POST", "/v1/operators", { headers: admin("other"), json });
    const { response } = await call("POST", `/v1/operators/${other.id}/keys`, { headers: admin("key-One") });
    expect(response.status).toBe(422);
  });

  it("refuses unknown operators and keys", async () => {
    const { call } = await testApi();
    expect((await call("POST", "/v1/operators/nobody/keys", { headers: admin("k") })).response.status).toBe(404);
    const { operator } = await enrolled(call);
    const { response } = await call("DELETE", `/v1/operators/${operator.id}/keys/none`, { headers: admin() });
    expect(response.status).toBe(404);
  });

  it("is void once revoked", async () => {
    const { call } = await testApi();
    const { operator, key, bearer } = await enrolled(call);
    const identifiers = { identifiers: [{ type: "msisdn", value: "0712345678" }] };
    expect((await call("POST", "/v1/tokens", { headers: bearer, json: identifiers })).response.status).toBe(200);
    const revoked = await call("DELETE", `/v1/operators/${operator.id}/keys/${key.keyId}`, { headers: admin() });
    expect(revoked.response.status).toBe(204);
    expect((await call("POST", "/v1/tokens", { headers: bearer, json: identifiers })).response.status).toBe(401);
  });
});

describe("a key's terms", () => {
  const issue = async (json?: unknown, more: RequestInit = {}, idempotencyKey = "key-2") => {
    const { call, directory } = await testApi();
    const { operator } = await enrolled(call);
    const init = { headers: admin(idempotencyKey), ...(json !== undefined && { json }), ...more };
    const { response, body } = await call("POST", `/v1/operators/${operator.id}/keys`, init);
    return { status: response.status, body, terms: directory.keys.get("key2")?.terms };
  };

  it("are the usual ones where nothing is said, and are answered", async () => {
    for (const json of [undefined, {}]) {
      const { status, body, terms } = await issue(json);
      expect([status, terms]).toEqual([201, DEFAULT_TERMS]);
      expect(body).toMatchObject(DEFAULT_TERMS);
    }
  });

  it("are what is said", async () => {
    const json = { scopes: ["checks"], expiresAt: "2027-01-01T00:00:00+03:00", networks: ["192.0.2.0/24", "2001:db8::/32"], perSecond: 5, perDay: 50 };
    const { body, terms } = await issue(json);
    expect(terms).toEqual({ ...json, expiresAt: Date.UTC(2026, 11, 31, 21) });
    expect(body).toMatchObject(json);
  });

  it.each([
    ["/scopes", { scopes: [] }], ["/scopes/0", { scopes: ["everything"] }], ["/scopes", { scopes: ["checks", "checks"] }],
    ["/expiresAt", { expiresAt: "tomorrow" }], ["/expiresAt", { expiresAt: 5 }], ["/networks/1", { networks: ["10.0.0.0/8", "10.0.0.1/8"] }],
    ["/networks/0", { networks: ["10.0.0.1"] }], ["/perSecond", { perSecond: 0 }], ["/perSecond", { perSecond: KEY_LIMITS.perSecond + 1 }],
    ["/perSecond", { perSecond: 1.5 }], ["/perDay", { perDay: KEY_LIMITS.perDay + 1 }], ["/state", { state: "active" }],
  ])("are refused at %s: %j", async (pointer, json) => {
    const { status, body, terms } = await issue(json);
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer), terms]).toEqual([422, [pointer], undefined]);
  });

  it("in a format that is not read are refused, and not taken for none", async () => {
    for (const [type, body] of [["text/plain", "{}"], ["application/x-www-form-urlencoded", "scopes=checks"], ["application/jsonp", "{}"]] as const) {
      const { status, terms } = await issue(undefined, { headers: { ...admin("key-2"), "content-type": type }, body });
      expect([status, terms]).toEqual([415, undefined]);
    }
    expect((await issue(undefined, { headers: { ...admin("key-2"), "content-type": "application/json" }, body: "{" })).status).toBe(400);
  });

  it("belong to the Idempotency-Key: with others it is refused", async () => {
    expect((await issue({ perSecond: 5 }, {}, "key-Kenbet")).status).toBe(422);
  });
});
