import { describe, expect, it } from "vitest";
import { prepareSealer } from "../../src/bst/seal.ts";
import { parseToken } from "../../src/bst/text.ts";
import { fromUtf8 } from "../../src/kernel/bytes.ts";
import { enrolled, fakeTokenizer, PAIR_KEY, testApi } from "../support/api.ts";
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

  it("answers 503 when the tokenizer fails or holds another root, or the register is silent", async () => {
    const failing = { evaluate: async () => Promise.reject(new Error("limit")) };
    const ahead = { evaluate: async (ids: any) => (await fakeTokenizer.evaluate(ids)).map(({ p }) => ({ rootEpoch: 1, p })) };
    for (const tokenizer of [failing, ahead]) {
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
