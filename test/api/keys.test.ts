import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readKey } from "../../src/check/directory.ts";
import { admin, enrolled, testApi } from "../support/api.ts";

const PHONE = { identifiers: [{ type: "msisdn", value: "0712345678" }] };

async function anOperator() {
  const api = await testApi();
  const { operator, key, bearer } = await enrolled(api.call);
  const path = `/v1/operators/${operator.id}/keys`;
  return { ...api, operator, key, bearer, path, issue: (json: unknown, idempotencyKey = "k") => api.call("POST", path, { headers: admin(idempotencyKey), json }) };
}

describe("a key", () => {
  it("is live and without a name unless something else is said, and has a public id that proves nothing", async () => {
    const { key, operator, call } = await anOperator();
    expect(key).toMatchObject({ mode: "live", name: null, key: expect.stringMatching(`^sk_live_${operator.id}_[0-9a-f]{64}$`), publicId: expect.stringMatching(`^pk_live_${operator.id}_[a-z0-9]{12}$`) });
    expect((await call("POST", "/v1/tokens", { headers: { authorization: `Bearer ${key.publicId}` }, json: PHONE })).response.status).toBe(401);
  });

  it("for tests says so in its text and its public id, and keeps the name it was given", async () => {
    const { issue, operator, directory } = await anOperator();
    const name = "Ukaguzi “A” <b>🎲</b>";
    const { response, body } = await issue({ mode: "test", name });
    expect(response.status).toBe(201);
    expect(body).toMatchObject({ mode: "test", name, publicId: expect.stringMatching(`^pk_test_${operator.id}_`) });
    expect(readKey(`Bearer ${body.key}`)).toEqual({ operator: operator.id, mode: "test", hash: createHash("sha256").update(body.key).digest("hex") });
    expect(directory.keys.get(body.keyId)).toMatchObject({ mode: "test", name });
  });

  it.each([{ mode: "demo" }, { mode: null }, { name: "" }, { name: "x".repeat(81) }, { name: "two\nlines" }, { name: "\ud800" }, { name: "nul\u0000" }])("is refused with %j", async (json) => {
    const { issue, directory } = await anOperator();
    const { response, body } = await issue(json);
    expect([response.status, body.errors[0].pointer, directory.keys.size]).toEqual([422, `/${Object.keys(json)[0]}`, 1]);
  });
});

describe("a key's rotation", () => {
  const rotate = async (json: unknown, idempotencyKey = "r") => {
    const api = await anOperator();
    const { body: old } = await api.issue({ mode: "test", name: "Tills", scopes: ["tokens"], perSecond: 7 });
    const turn = (again = json, key = idempotencyKey) => api.call("POST", `${api.path}/${old.keyId}/rotations`, { headers: admin(key), json: again });
    return { ...api, old, turn, ...(await turn()) };
  };

  it("gives another key of the same mode, terms and name, and the old one its overlap", async () => {
    const { response, body, old, directory, operator } = await rotate({ overlapHours: 24 });
    expect([response.status, body.key.startsWith(`sk_test_${operator.id}_`), body.key === old.key]).toEqual([201, true, false]);
    expect(directory.keys.get(body.keyId)).toMatchObject({ mode: "test", name: "Tills", terms: { scopes: ["tokens"], perSecond: 7 } });
    expect(directory.rotations).toEqual([expect.objectContaining({ keyId: old.keyId, overlapMs: 86_400_000 })]);
  });

  it("asked again answers the same key, and with another body nothing", async () => {
    const { body, turn, directory } = await rotate({ overlapHours: 24 });
    expect((await turn()).body).toEqual(body);
    const reused = await turn({ overlapHours: 25 });
    expect([reused.response.status, reused.body.type, directory.keys.size]).toEqual([422, "/problems/idempotency-key-reused", 3]);
  });

  it("without an overlap ends the old key at once; what has ended is not rotated", async () => {
    const { turn, old, call } = await rotate({ overlapHours: 0 });
    expect((await call("POST", "/v1/tokens", { headers: { authorization: `Bearer ${old.key}` }, json: PHONE })).response.status).toBe(401);
    const again = await turn({ overlapHours: 0 }, "r2");
    expect([again.response.status, again.body.type]).toEqual([409, "/problems/conflict"]);
  });

  it("may set another end to the new key, or none", async () => {
    const { directory, body } = await rotate({ overlapHours: 1, expiresAt: "2027-01-01T00:00:00Z" });
    expect(directory.keys.get(body.keyId)!.terms!.expiresAt).toBe(Date.UTC(2027, 0, 1));
  });

  it.each([{}, { overlapHours: -1 }, { overlapHours: 721 }, { overlapHours: 1.5 }, { overlapHours: "1" }, { overlapHours: 1, extra: 1 }, { overlapHours: 1, expiresAt: "soon" }])("refuses %j", async (json) => {
    const { response, directory } = await rotate(json);
    expect([response.status, directory.keys.size]).toEqual([422, 2]);
  });
});
