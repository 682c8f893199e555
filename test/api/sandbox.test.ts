import { describe, expect, it } from "vitest";
import { TEST_PERSONS } from "../../src/bst/test-persons.ts";
import { parseToken } from "../../src/bst/text.ts";
import { admin, enrolled, testApi } from "../support/api.ts";

/** An operator with a live key and a test key. Whoever is asked about people says so. */
async function sandbox() {
  const heard: string[] = [];
  const hears = (what: string) => async (): Promise<never> => {
    heard.push(what);
    throw new Error(`${what} was asked`);
  };
  const guard = { admit: hears("the guard"), met: hears("the guard") };
  const api = await testApi({ tokenizer: { evaluate: hears("the tokenizer"), advance: hears("the tokenizer") }, parts: { guard, countTokens: () => heard.push("the count") } });
  const { operator, bearer: live } = await enrolled(api.call);
  const { body } = await api.call("POST", `/v1/operators/${operator.id}/keys`, { headers: admin("t"), json: { mode: "test" } });
  const bearer = { authorization: `Bearer ${body.key}` };
  const post = (path: string, json: unknown, headers = bearer) => api.call("POST", path, { headers, json });
  const tokenOf = async (value: string): Promise<string> => (await post("/v1/tokens", { identifiers: [{ type: "msisdn", value }] })).body.tokens[0].token;
  return { ...api, operator, live, bearer, post, tokenOf, heard };
}

const PERSONS = TEST_PERSONS.map(({ name, identifiers }) => [name, identifiers.msisdn!] as const);

describe("under a test key", () => {
  it("each test person gets a token, by phone and by document, however written, and nobody hears of it", async () => {
    const { post, heard } = await sandbox();
    const identifiers = PERSONS.flatMap((_, at) => [{ type: "msisdn", value: `070000000${at + 1}` }, { type: "msisdn", value: `+254 700 000 00${at + 1}` }, { type: "national_id", value: `1000000${at + 1}` }]);
    const { response, body } = await post("/v1/tokens", { identifiers });
    const tokens = body.tokens.map(({ token }: { token: string }) => token);
    expect([response.status, tokens.length, new Set(tokens).size, heard]).toEqual([200, 21, 14, []]);
    for (const token of tokens) expect(parseToken(token)).toMatchObject({ epoch: 1, generation: 0 });
  });

  it("anybody else gets none, nor do test persons beside them; what cannot be read is told first", async () => {
    const { post, heard } = await sandbox();
    const test = { type: "msisdn", value: "0700000001" };
    for (const strange of [{ type: "msisdn", value: "0712345678" }, { type: "national_id", value: "12345678" }, { type: "passport", value: "10000001" }, { type: "msisdn", value: "0700000008" }]) {
      const { response, body } = await post("/v1/tokens", { identifiers: [test, strange] });
      expect([response.status, body.type, body.errors]).toEqual([422, "/problems/not-a-test-person", [{ pointer: "/identifiers/1/value", detail: "is no test person's" }]]);
      expect(JSON.stringify(body)).not.toContain(strange.value);
    }
    const { body } = await post("/v1/tokens", { identifiers: [{ type: "msisdn", value: "0712345678" }, { type: "msisdn", value: "0201234567" }] });
    expect([body.type, body.errors.length, heard]).toEqual(["/problems/field-invalid", 2, []]);
  });

  it("its tokens are validated and renewed, the retired one and the forged one refused as such", async () => {
    const { post, tokenOf, heard } = await sandbox();
    const texts = await Promise.all(PERSONS.map(([, value]) => tokenOf(value)));
    const { body: { tokens: validated } } = await post("/v1/tokens/validate", { tokens: texts });
    expect(validated.map(({ valid, problem }: any) => problem?.type ?? valid)).toEqual([true, true, true, "/problems/token-retired", "/problems/token-invalid", true, true]);
    const { body: { tokens: renewed } } = await post("/v1/tokens/renew", { tokens: texts });
    expect(renewed.map(({ token, problem }: any) => problem?.type ?? token === texts[renewed.findIndex((one: any) => one.token === token)])).toEqual([true, true, true, "/problems/token-retired", "/problems/token-invalid", true, true]);
    expect(heard).toEqual([]);
  });

  it("a token is of the mode it was issued in", async () => {
    const { post, tokenOf, live } = await sandbox();
    const token = await tokenOf("0700000001");
    for (const path of ["/v1/tokens/validate", "/v1/tokens/renew"]) expect((await post(path, { tokens: [token] }, live)).body.tokens[0].problem.type).toBe("/problems/token-invalid");
    const { call } = await testApi();
    const other = await enrolled(call);
    const { body } = await call("POST", "/v1/tokens", { headers: other.bearer, json: { identifiers: [{ type: "msisdn", value: "0700000001" }] } });
    expect((await post("/v1/tokens/validate", { tokens: [body.tokens[0].token] })).body.tokens[0].problem.type).toBe("/problems/token-invalid");
  });

  it("tokens renew into the epoch that came", async () => {
    const { post, tokenOf, operator, call } = await sandbox();
    const token = await tokenOf("0700000001");
    await call("POST", `/v1/operators/${operator.id}/epochs`, { headers: admin("e"), json: {} });
    const { body } = await post("/v1/tokens/renew", { tokens: [token] });
    expect(body.tokens[0].token).toBe(await tokenOf("0700000001"));
    expect(parseToken(body.tokens[0].token)!.epoch).toBe(2);
  });

  it("nothing else is open that is about people", async () => {
    const { post, call, bearer, tokenOf, heard } = await sandbox();
    const token = await tokenOf("0700000001");
    const element = Buffer.alloc(32, 1).toString("base64url");
    const posts: [string, unknown][] = [
      ["/v1/tokens/rotate", { token }], ["/v1/tokens/compromise", { token, reason: "leaked" }], ["/v1/tokens/deactivate", { token }], ["/v1/tokens/history", { token }],
      ["/v1/tokens/blind", { elements: [element] }], ["/v1/tokens/trade", { outputs: [{ type: "msisdn", output: Buffer.alloc(64, 1).toString("base64url") }] }],
    ];
    for (const [path, json] of posts) {
      const { response, body } = await post(path, json);
      expect([path, response.status, body.detail]).toEqual([path, 403, "This is about people, whom a test key does not know: use a live key."]);
    }
    for (const path of ["/v1/tokens/blind", "/v1/tokens/quarantine"]) expect((await call("GET", path, { headers: bearer })).response.status).toBe(403);
    expect(heard).toEqual([]);
  });
});
