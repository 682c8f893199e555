import { describe, expect, it } from "vitest";
import { prepareSealer } from "../../src/bst/seal.ts";
import { parseToken } from "../../src/bst/text.ts";
import { fromUtf8 } from "../../src/kernel/bytes.ts";
import { admin, enrolled, fakeTokenizer, PAIR_KEY, testApi } from "../support/api.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";

const PHONE = { type: "msisdn", value: "0712 345-678" };
const ID = { type: "national_id", value: "01234567" };

describe("POST /v1/tokens", () => {
  it("answers a token of the operator's own for each identifier, in order", async () => {
    const { call } = await testApi();
    const { operator, bearer } = await enrolled(call);
    const { response, body } = await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [ID, PHONE] } });
    expect(response.status).toBe(200);
    expect(body.tokens.map(({ type }: { type: string }) => type)).toEqual(["national_id", "msisdn"]);
    const parts = parseToken(body.tokens[1].token)!;
    expect(parts).toMatchObject({ kind: "msisdn", epoch: 1, generation: 0 });
    const sealer = prepareSealer(PAIR_KEY, { operator: operator.id, epoch: 1, kind: "msisdn", generation: 0 });
    expect(fromUtf8(sealer.open(parts.body)!)).toBe("isdn+254712345678".slice(-16));
  });

  it("gives one identifier one token however it is written, and another to another operator", async () => {
    const { call } = await testApi();
    const one = await enrolled(call, "One");
    const identifiers = [PHONE, { ...PHONE, value: "+254712345678" }];
    const { body } = await call("POST", "/v1/tokens", { headers: one.bearer, json: { identifiers } });
    expect(body.tokens[0]).toEqual(body.tokens[1]);
    const two = await enrolled(call, "Two");
    const other = await call("POST", "/v1/tokens", { headers: two.bearer, json: { identifiers } });
    expect(other.body.tokens[0].token).not.toBe(body.tokens[0].token);
  });

  it("refuses the whole request for one bad identifier, and names each", async () => {
    let asked = 0;
    const tokenizer = { evaluate: async () => (asked++, []) };
    const { call } = await testApi({ tokenizer });
    const { bearer } = await enrolled(call);
    const identifiers = [
      PHONE,
      { type: "msisdn", value: "0201234567" },
      { type: "msisdn", value: "+255712345678" },
      { type: "national_id", value: "ABC" },
      { type: "msisdn", value: "" },
    ];
    const { response, body } = await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers } });
    expect(response.status).toBe(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([1, 2, 3, 4].map((at) => `/identifiers/${at}/value`));
    expect(new Set(body.errors.map((error: { detail: string }) => error.detail)).size).toBe(4);
    expect(JSON.stringify(body)).not.toContain("0201234567");
    expect(asked).toBe(0);
  });

  it("takes 1,000 identifiers and refuses none, 1,001, unknown types and wrong shapes", async () => {
    const { call } = await testApi();
    const { bearer } = await enrolled(call);
    const many = Array.from({ length: 1_000 }, (_, at) => ({ type: "msisdn", value: `07${12345678 + at}` }));
    const send = async (json: unknown) => (await call("POST", "/v1/tokens", { headers: bearer, json })).response.status;
    expect(await send({ identifiers: many })).toBe(200);
    const bad = [[], [...many, PHONE], [{ type: "email", value: "x" }], [{ type: "msisdn", value: 712345678 }], [null], "x"];
    for (const identifiers of bad) expect(await send({ identifiers })).toBe(422);
    for (const json of [{}, [], null, "x", 1, { identifiers: [PHONE], extra: 1 }]) expect(await send(json)).toBe(422);
  });

  it("answers 401 alike to no key, a malformed, an unknown and another operator's key name", async () => {
    const { call } = await testApi();
    const { operator, key } = await enrolled(call);
    const bodies = new Set<string>();
    const forged = key.key.replace(operator.id, "op99");
    for (const authorization of ["", "Bearer x", `Bearer ${key.key}0`, `Bearer ${forged}`, `Basic ${key.key}`]) {
      const { response, body } = await call("POST", "/v1/tokens", { headers: { authorization }, json: { identifiers: [PHONE] } });
      expect(response.status).toBe(401);
      bodies.add(JSON.stringify(body));
    }
    expect(bodies.size).toBe(1);
  });

  it("answers 503 when the tokenizer fails or holds no root, or the register is silent", async () => {
    const failing = { evaluate: async () => Promise.reject(new Error("limit")) };
    const short = { evaluate: async (ids: any) => (await fakeTokenizer.evaluate(ids)).map(() => ({ rootEpoch: 0, p: new Uint8Array(0) })) };
    for (const tokenizer of [failing, short]) {
      const { call } = await testApi({ tokenizer });
      const { bearer } = await enrolled(call);
      expect((await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [PHONE] } })).response.status).toBe(503);
    }
    const directory = new MemoryDirectory();
    const { call } = await testApi({ directory });
    const { bearer } = await enrolled(call);
    directory.keyHolder = async () => Promise.reject(new Error("gone"));
    expect((await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [PHONE] } })).response.status).toBe(503);
  });
});

describe("a key that may not", () => {
  const tokenize = async (terms: object, headers: Record<string, string> = {}) => {
    const { call } = await testApi();
    const { operator } = await enrolled(call);
    const { body: key } = await call("POST", `/v1/operators/${operator.id}/keys`, { headers: admin("k2"), json: terms });
    const bearer = { authorization: `Bearer ${key.key}`, ...headers };
    const { response, body } = await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [PHONE] } });
    return [response.status, body.type ?? null];
  };
  const forbidden = [403, "/problems/forbidden"];

  it("make tokens is refused", async () => {
    expect(await tokenize({ scopes: ["checks", "scrubs"] })).toEqual(forbidden);
    expect(await tokenize({ scopes: ["tokens"] })).toEqual([200, null]);
  });

  it("be used from there is refused, and from nowhere that is known", async () => {
    const networks = ["192.0.2.0/24"];
    expect(await tokenize({ networks }, { "cf-connecting-ip": "192.0.2.8" })).toEqual([200, null]);
    expect(await tokenize({ networks }, { "cf-connecting-ip": "192.0.3.8" })).toEqual(forbidden);
    expect(await tokenize({ networks })).toEqual(forbidden);
  });
});

describe("an operator's epoch", () => {
  const issue = async (api: Awaited<ReturnType<typeof testApi>>, bearer: Record<string, string>) =>
    (await api.call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [PHONE] } })).body.tokens[0].token as string;

  it("moves on, once for an Idempotency-Key, and new tokens are of the new one", async () => {
    const api = await testApi();
    const { operator, bearer } = await enrolled(api.call);
    const path = `/v1/operators/${operator.id}/epochs`;
    const { response, body } = await api.call("POST", path, { headers: admin("r") });
    expect([response.status, body]).toEqual([201, { epoch: 2, pairKeyId: "pair", rootEpoch: 0, state: "current" }]);
    expect((await api.call("POST", path, { headers: admin("r"), json: {} })).body).toEqual(body);
    expect(parseToken(await issue(api, bearer))).toMatchObject({ epoch: 2, generation: 0 });
  });

  it("is not sealed under a key nobody has, and not by strangers or for nobody", async () => {
    const { call } = await testApi();
    const { operator, bearer } = await enrolled(call);
    const path = `/v1/operators/${operator.id}/epochs`;
    const unknown = await call("POST", path, { headers: admin("r"), json: { pairKeyId: "other" } });
    expect([unknown.response.status, unknown.body.errors[0].pointer]).toEqual([422, "/pairKeyId"]);
    expect((await call("POST", path, { headers: { ...bearer, "idempotency-key": "r" } })).response.status).toBe(401);
    expect((await call("POST", path, { headers: admin() })).response.status).toBe(400);
    expect((await call("POST", "/v1/operators/nobody/epochs", { headers: admin("r") })).response.status).toBe(404);
  });

  it("that was compromised is another request than one that was not", async () => {
    const { call } = await testApi();
    const { operator } = await enrolled(call);
    const path = `/v1/operators/${operator.id}/epochs`;
    expect((await call("POST", path, { headers: admin("r"), json: { reason: "compromised" } })).response.status).toBe(201);
    expect((await call("POST", path, { headers: admin("r"), json: {} })).body.type).toBe("/problems/idempotency-key-reused");
    expect((await call("POST", path, { headers: admin("s"), json: { reason: "bored" } })).response.status).toBe(422);
  });
});
