import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import { canonicalBytes } from "../../src/bst/canonical.ts";
import type { CanonicalIdentifier } from "../../src/bst/kinds.ts";
import { parseToken } from "../../src/bst/text.ts";
import type { GuardRefusal } from "../../src/domains/tokens/guard-rpc.ts";
import { fromBase64Url, fromHex, toBase64Url } from "../../src/kernel/bytes.ts";
import { admin, enrolled } from "../support/api.ts";
import { blindApi, blindTokenizer, NO_ELEMENTS, notingGuard } from "../support/blind.ts";
import { RFC9497_VOPRF } from "../bst/vectors.ts";

const { voprf } = ristretto255_oprf;
const ELEMENT = toBase64Url(fromHex(RFC9497_VOPRF.batch.blinded[0]!));
/** The last symbol carries two bits of the bytes' and four of nobody's. */
const SECOND_WRITING = ELEMENT.slice(0, -1) + String.fromCharCode(ELEMENT.charCodeAt(42) + 1);
const OUTPUT = toBase64Url(new Uint8Array(64).fill(7));
const PHONE: CanonicalIdentifier = { kind: "msisdn", value: "+254712345678" };

type Api = Awaited<ReturnType<typeof blindApi>>;

const evaluate = ({ call, bearer }: Pick<Api, "call" | "bearer">, elements: unknown) => call("POST", "/v1/tokens/blind", { headers: bearer, json: { elements } });
const trade = ({ call, bearer }: Pick<Api, "call" | "bearer">, outputs: unknown) => call("POST", "/v1/tokens/trade", { headers: bearer, json: { outputs } });

/** What a client in another language does, step by step. */
async function outputOf(api: Api, identifier: CanonicalIdentifier): Promise<string> {
  const input = canonicalBytes(identifier);
  const { blind, blinded } = voprf.blind(input);
  const { body } = await evaluate(api, [toBase64Url(blinded)]);
  return toBase64Url(voprf.finalize(input, blind, fromBase64Url(body.evaluated[0]), blinded, fromHex(RFC9497_VOPRF.publicKey), fromBase64Url(body.proof)));
}

describe("the key of blind issuance", () => {
  it("is shown to operators with its suite and what to call it", async () => {
    const { call, bearer } = await blindApi();
    const { response, body } = await call("GET", "/v1/tokens/blind", { headers: bearer });
    expect([response.status, body]).toEqual([200, { suite: "ristretto255-SHA512", publicKey: toBase64Url(fromHex(RFC9497_VOPRF.publicKey)), keyId: expect.stringMatching(/^[\da-f]{16}$/) }]);
  });

  it("is pinned, the document says, which shows it to everybody alike", async () => {
    const blindPublicKey = toBase64Url(fromHex(RFC9497_VOPRF.publicKey));
    const descriptions = await Promise.all([{ blindPublicKey }, {}].map(async (parts) => {
      const { api } = await blindApi(parts);
      return ((await (await api.request("/openapi.json")).json()) as any).paths["/v1/tokens/blind"].get.description as string;
    }));
    expect(descriptions).toEqual([expect.stringMatching(/Pin the key.* says /), expect.stringMatching(/Pin the key.* refuse any other\.$/)]);
    expect(descriptions[0]).toContain(blindPublicKey);
  });
});

describe("a blinded identifier", () => {
  it("is evaluated, traded and gives the token direct issuance gives; each door is guarded", async () => {
    const api = await blindApi();
    const output = await outputOf(api, PHONE);
    const { response, body } = await trade(api, [{ type: "msisdn", output }, { type: "msisdn", output }]);
    expect(response.status).toBe(200);
    const direct = await api.call("POST", "/v1/tokens", { headers: api.bearer, json: { identifiers: [{ type: "msisdn", value: "0712 345 678" }] } });
    expect(body.tokens).toEqual([direct.body.tokens[0], direct.body.tokens[0]]);
    expect(api.noted.admitted.filter(([door]) => door !== "direct")).toEqual([["blind", 1], ["trade", 2]]);
    expect(api.noted.met.filter(([door]) => door !== "direct")).toEqual([["trade", ["msisdn", "msisdn"]]]);
  });

  it("that is traded again gives the same token; by another operator, that operator's own", async () => {
    const api = await blindApi();
    const output = await outputOf(api, PHONE);
    const [once, again] = [await trade(api, [{ type: "msisdn", output }]), await trade(api, [{ type: "msisdn", output }])];
    expect(again.body).toEqual(once.body);
    const other = await enrolled(api.call, "Other");
    const theirs = await trade({ call: api.call, bearer: other.bearer }, [{ type: "msisdn", output }]);
    expect(theirs.body.tokens[0].token.slice(9, 61)).not.toBe(once.body.tokens[0].token.slice(9, 61));
  });

  it("traded under another type gives a token that is not the identifier's", async () => {
    const api = await blindApi();
    const output = await outputOf(api, PHONE);
    const { body } = await trade(api, [{ type: "msisdn", output }, { type: "national_id", output }]);
    expect(body.tokens.map(({ token }: { token: string }) => parseToken(token)!.kind)).toEqual(["msisdn", "national_id"]);
    expect(body.tokens[1].token.slice(9, 61)).not.toBe(body.tokens[0].token.slice(9, 61));
  });
});

describe("bad elements", () => {
  it("are refused by their places, and nothing is evaluated", async () => {
    const api = await blindApi();
    const elements = [ELEMENT, ...NO_ELEMENTS.map(([, encoding]) => toBase64Url(fromHex(encoding)))];
    const { response, body } = await evaluate(api, elements);
    expect(response.status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(NO_ELEMENTS.map((_, at) => `/elements/${at + 1}`));
  });

  it.each([
    ["31 bytes", toBase64Url(new Uint8Array(31))], ["33 bytes", toBase64Url(new Uint8Array(33))], ["nothing", ""], ["a number", 7], ["null", null], ["no base64url", "!".repeat(43)],
    ["base64 with padding", `${ELEMENT}=`], ["hexadecimal", RFC9497_VOPRF.batch.blinded[0]], ["a second writing of the same bytes", SECOND_WRITING],
  ])("of %s are refused before anybody is asked", async (_, element) => {
    const api = await blindApi();
    const { response, body } = await evaluate(api, [ELEMENT, element]);
    expect([response.status, body.errors[0].pointer]).toEqual([422, "/elements/1"]);
    expect(api.noted.admitted).toEqual([]);
  });

  it("too many, none or of another shape are refused; a thousand, all alike, are not", async () => {
    const counting = { ...blindTokenizer(), evaluateBlinded: async (elements: readonly Uint8Array[]) => ({ ok: true as const, evaluated: [...elements], proof: new Uint8Array(64) }) };
    const api = await blindApi({}, counting);
    const statuses = await Promise.all([Array(1_000).fill(ELEMENT), Array(1_001).fill(ELEMENT), [], ELEMENT, {}, null].map(async (elements) => (await evaluate(api, elements)).response.status));
    expect(statuses).toEqual([200, 422, 422, 422, 422, 422]);
    expect((await api.call("POST", "/v1/tokens/blind", { headers: api.bearer, body: "x".repeat(300_000) })).response.status).toBe(413);
  });
});

describe("bad outputs", () => {
  it.each([
    ["63 bytes", { type: "msisdn", output: toBase64Url(new Uint8Array(63)) }, "/outputs/1/output"], ["an element", { type: "msisdn", output: ELEMENT }, "/outputs/1/output"],
    ["no text", { type: "msisdn", output: 1 }, "/outputs/1/output"], ["a second writing", { type: "msisdn", output: `${OUTPUT.slice(0, -1)}x` }, "/outputs/1/output"],
    ["no type", { output: OUTPUT }, "/outputs/1/type"], ["an unknown type", { type: "email", output: OUTPUT }, "/outputs/1/type"],
    ["more than that", { type: "msisdn", output: OUTPUT, value: "0712345678" }, "/outputs/1/value"],
  ])("with %s are refused by their place and not quoted", async (_, wrong, pointer) => {
    const api = await blindApi();
    const { response, body } = await trade(api, [{ type: "msisdn", output: OUTPUT }, wrong]);
    expect([response.status, body.errors[0].pointer]).toEqual([422, pointer]);
    expect(JSON.stringify(body)).not.toMatch(/0712345678|BwcHBw/);
    expect(api.noted.admitted).toEqual([]);
  });

  it("too many or none are refused; a thousand are not", async () => {
    const api = await blindApi();
    const many = Array.from({ length: 1_001 }, () => ({ type: "msisdn", output: OUTPUT }));
    expect(await Promise.all([many.slice(1), many, []].map(async (outputs) => (await trade(api, outputs)).response.status))).toEqual([200, 422, 422]);
  });
});

describe("blind issuance", () => {
  it("is for keys that may make tokens, and for nobody else", async () => {
    const { call, operator } = await blindApi();
    const { body: key } = await call("POST", `/v1/operators/${operator.id}/keys`, { headers: admin("k2"), json: { scopes: ["checks"] } });
    for (const [method, path, json] of [["GET", "/v1/tokens/blind", undefined], ["POST", "/v1/tokens/blind", { elements: [ELEMENT] }], ["POST", "/v1/tokens/trade", { outputs: [{ type: "msisdn", output: OUTPUT }] }]] as const) {
      const asked = async (headers: Record<string, string>) => (await call(method, path, { headers, ...(json && { json }) })).response.status;
      expect([await asked({}), await asked(admin()), await asked({ authorization: `Bearer ${key.key}` })], path).toEqual([401, 401, 403]);
    }
  });

  it.each<[GuardRefusal, number, RegExp | undefined]>([
    [{ refusal: "quota-exhausted", until: Date.now() + 3_600_000 }, 429, undefined],
    [{ refusal: "quarantined", reason: "numbers in a row", since: Date.UTC(2026, 10, 1) }, 403, /numbers in a row.*2026-11-01/],
  ])("stops where the guard refuses: $refusal", async (refusal, status, detail) => {
    const { guard } = notingGuard({ ok: false, ...refusal });
    const asked: string[] = [];
    const spied = Object.fromEntries(Object.entries(blindTokenizer()).map(([verb, act]) => [verb, (...a: never[]) => (asked.push(verb), (act as (...a: never[]) => unknown)(...a))]));
    const api = await blindApi({ guard }, spied as ReturnType<typeof blindTokenizer>);
    for (const { response, body } of [await evaluate(api, [ELEMENT]), await trade(api, [{ type: "msisdn", output: OUTPUT }])]) {
      expect([response.status, body.type, body.detail]).toEqual([status, `/problems/${refusal.refusal}`, detail && expect.stringMatching(detail)]);
      expect(response.headers.has("retry-after")).toBe(status === 429);
    }
    expect(asked).toEqual([]);
  });

  it("hands out nothing when who was met could not be kept", async () => {
    const { guard } = notingGuard();
    const api = await blindApi({ guard: { ...guard, met: async () => Promise.reject(new Error("gone")) } });
    const { response, body } = await trade(api, [{ type: "msisdn", output: OUTPUT }]);
    expect([response.status, JSON.stringify(body).includes("BST-")]).toEqual([503, false]);
  });

  it("answers 503 while the tokenizer or the guard does not answer", async () => {
    const gone = async () => Promise.reject(new Error("EvaluationLimitExceeded"));
    const without = await blindApi({}, { ...blindTokenizer(), publicKey: gone, evaluateBlinded: gone, lineages: gone });
    const unguarded = await blindApi({ guard: { admit: gone, met: gone } });
    const shown = await without.call("GET", "/v1/tokens/blind", { headers: without.bearer });
    const statuses = await Promise.all([without, unguarded].flatMap((api) => [evaluate(api, [ELEMENT]), trade(api, [{ type: "msisdn", output: OUTPUT }])]));
    expect([shown, ...statuses].map(({ response }) => response.status)).toEqual([503, 503, 503, 503, 503]);
    expect(JSON.stringify(without.lines)).not.toContain("BwcHBw");
  });
});
