import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import { publicKeyOf } from "../../src/bst/blind.ts";
import { KINDS } from "../../src/bst/kinds.ts";
import { type BlindOptions, blindTokens, type Identifier, PinnedKeyError, ProblemError } from "../../src/client/blind.ts";
import { fromBase64Url, fromHex, toBase64Url } from "../../src/kernel/bytes.ts";
import { problem } from "../../src/kernel/problem.ts";
import { blindApi, blindTokenizer, IDENTITY_KEYS, NO_ELEMENTS } from "../support/blind.ts";

const PHONE: Identifier = { type: "msisdn", value: "0712 345-678" };
const CARD: Identifier = { type: "passport", value: "ak 123 4567" };
const OTHER_KEYS = { ...IDENTITY_KEYS, oprfKey: ristretto255_oprf.voprf.deriveKeyPair(new Uint8Array(32), new Uint8Array(0)).secretKey };

/** Identifiers of every kind in many writings, as customers write them. */
const written = (each: number): Identifier[] =>
  KINDS.flatMap((type, kind) => Array.from({ length: each }, (_, n) => {
    const number = String(10_000_000 + 7_919 * (n * KINDS.length + kind));
    if (type === "msisdn") return { type, value: [`07${number}`, `+2547${number}`, `2547 ${number}`, `+254-7${number.slice(0, 2)}-${number.slice(2)}`][n % 4]! };
    return { type, value: [number, ` ${number} `, `0${number}`.slice(type === "national_id" ? 0 : 1), type === "national_id" ? number : `a${number.slice(1)}`][n % 4]! };
  }));

/** The client's options, with each answer of `path` changed on its way. */
function changing(options: BlindOptions, path: string, change: (body: any) => unknown, method = "POST"): BlindOptions {
  const fetch = options.fetch!;
  return {
    ...options,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      return String(url).endsWith(path) && init?.method === method ? Response.json(change(await response.json())) : response;
    },
  };
}

const traded = (sent: { path: string }[]): boolean => sent.some(({ path }) => path === "/v1/tokens/trade");

describe("tokens without showing identifiers", () => {
  it("are those direct issuance gives, for hundreds of identifiers of every kind", async () => {
    const { call, bearer, options, sent } = await blindApi();
    const identifiers = written(50);
    const direct = await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers } });
    expect(direct.response.status).toBe(200);
    expect(new Set(direct.body.tokens.map(({ token }: { token: string }) => token)).size).toBe(300);
    expect(await blindTokens(options, identifiers)).toEqual(direct.body.tokens);
    expect(sent.map(({ path }) => path)).toEqual(["/v1/tokens/blind", "/v1/tokens/blind", "/v1/tokens/trade"]);
  });

  it("show nothing of them, twice the same identifier included, and come again when asked again", async () => {
    const { options, sent } = await blindApi();
    const [first, second] = await blindTokens(options, [PHONE, { type: "msisdn", value: "+254712345678" }]);
    expect(second).toEqual(first);
    expect(Object.keys(first!)).toEqual(["type", "token"]);
    expect(await blindTokens(options, [PHONE])).toEqual([first]);
    const elements = sent.filter(({ path, body }) => path === "/v1/tokens/blind" && body).flatMap(({ body }) => JSON.parse(body).elements as string[]);
    expect(new Set(elements).size).toBe(3);
    expect(JSON.stringify(sent)).not.toMatch(/712|345|678/);
  });

  it("stand in no line the register logs", async () => {
    const { options, lines } = await blindApi();
    await blindTokens(options, [PHONE]);
    expect(lines.length).toBeGreaterThan(2);
    expect(JSON.stringify(lines)).not.toMatch(/712345678|"output/);
  });
});

describe("identifiers that cannot be read", () => {
  it("are refused by their places, before anything is sent, and not quoted", async () => {
    const { options, sent } = await blindApi();
    const bad = [{ type: "msisdn", value: "0201234567" }, { type: "msisdn", value: "+255712345678" }, { type: "national_id", value: "ABC" }, { type: "email", value: "a@b" }, { type: "msisdn", value: 712345678 }];
    const refused = await blindTokens(options, [PHONE, ...bad] as Identifier[]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    const { errors, type, title, status } = (refused as ProblemError).problem;
    expect(errors!.map(({ pointer }) => pointer)).toEqual(["/identifiers/1/value", "/identifiers/2/value", "/identifiers/3/value", "/identifiers/4", "/identifiers/5"]);
    expect({ type, title, status }).toEqual(problem("field-invalid"));
    expect(JSON.stringify(errors) + String(refused)).not.toMatch(/0201234567|ABC|a@b|712/);
    expect(sent).toEqual([]);
  });

  it("are refused as the register refuses them, word for word", async () => {
    const { call, bearer, options } = await blindApi();
    const bad: Identifier[] = [{ type: "msisdn", value: "0201234567" }, { type: "msisdn", value: "" }, { type: "msisdn", value: "+255712345678" }, { type: "military_id", value: "x" }];
    const { body } = await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: bad } });
    await expect(blindTokens(options, bad)).rejects.toMatchObject({ problem: { errors: body.errors } });
  });

  it("or none, or more than a thousand are refused before anything is sent", async () => {
    const { options, sent } = await blindApi();
    for (const identifiers of [[], Array.from({ length: 1_001 }, () => PHONE)]) await expect(blindTokens(options, identifiers)).rejects.toMatchObject({ problem: { errors: [{ pointer: "/identifiers" }] } });
    expect(sent).toEqual([]);
  });
});

describe("a register that does not answer under the pinned key", () => {
  it.each<[string, (body: any) => unknown]>([
    ["another key", (body) => ({ ...body, publicKey: toBase64Url(publicKeyOf(OTHER_KEYS)) })], ["another suite", (body) => ({ ...body, suite: "P256-SHA256" })],
    ["no key", () => ({})], ["the key in another writing", (body) => ({ ...body, publicKey: `${body.publicKey}=` })],
  ])("is refused before it is shown anything: it shows %s", async (_, change) => {
    const { options, sent } = await blindApi();
    await expect(blindTokens(changing(options, "/blind", change, "GET"), [PHONE])).rejects.toThrow(PinnedKeyError);
    expect(sent).toHaveLength(1);
  });

  it("is refused although it shows the pinned one", async () => {
    const { options, sent } = await blindApi({}, { ...blindTokenizer(OTHER_KEYS), publicKey: blindTokenizer().publicKey });
    await expect(blindTokens(options, [PHONE, CARD])).rejects.toThrow(PinnedKeyError);
    expect(traded(sent)).toBe(false);
  });

  const { Point } = ristretto255;
  const flipped = (text: string, at: number): string => toBase64Url(fromBase64Url(text).map((byte, place) => (place === at ? byte ^ 1 : byte)));
  /** The proof's scalar in a writing that is not reduced: the same number and the group's order. */
  const unreduced = (proof: string, from: number): string => {
    const bytes = fromBase64Url(proof);
    const scalar = bytes.slice(from, from + 32).reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n) + Point.Fn.ORDER;
    for (let at = 0; at < 32; at++) bytes[from + at] = Number((scalar >> BigInt(8 * at)) & 255n);
    return toBase64Url(bytes);
  };

  it.each<[string, (body: any) => unknown]>([
    ["a proof with one bit changed, in its challenge", (body) => ({ ...body, proof: flipped(body.proof, 0) })],
    ["a proof with one bit changed, in its response", (body) => ({ ...body, proof: flipped(body.proof, 40) })],
    ["a proof whose challenge is not reduced", (body) => ({ ...body, proof: unreduced(body.proof, 0) })],
    ["a proof whose response is not reduced", (body) => ({ ...body, proof: unreduced(body.proof, 32) })],
    ["a proof of nothing", (body) => ({ ...body, proof: toBase64Url(new Uint8Array(64)) })],
    ["half a proof", (body) => ({ ...body, proof: body.proof.slice(0, 43) })],
    ["no proof", ({ evaluated }) => ({ evaluated })],
    ["elements in another order", (body) => ({ ...body, evaluated: body.evaluated.toReversed() })],
    ["the first twice", (body) => ({ ...body, evaluated: [body.evaluated[0], body.evaluated[0]] })],
    ["another element", (body) => ({ ...body, evaluated: [body.evaluated[0], toBase64Url(Point.BASE.toBytes())] })],
    ["the negative of one", (body) => ({ ...body, evaluated: [body.evaluated[0], toBase64Url(Point.fromBytes(fromBase64Url(body.evaluated[1])).negate().toBytes())] })],
    ["two whose sum is right", ({ evaluated: [a, b], proof }) => {
      const [first, second] = [a, b].map((text: string) => Point.fromBytes(fromBase64Url(text))) as [InstanceType<typeof Point>, InstanceType<typeof Point>];
      return { evaluated: [first.add(Point.BASE), second.subtract(Point.BASE)].map((point) => toBase64Url(point.toBytes())), proof };
    }],
    ...NO_ELEMENTS.map(([what, encoding]): [string, (body: any) => unknown] => [what, (body) => ({ ...body, evaluated: [body.evaluated[0], toBase64Url(fromHex(encoding))] })]),
    ["one element of two", (body) => ({ ...body, evaluated: body.evaluated.slice(1) })],
    ["one too many", (body) => ({ ...body, evaluated: [...body.evaluated, body.evaluated[0]] })],
    ["no elements", ({ proof }) => ({ proof })],
    ["numbers", (body) => ({ ...body, evaluated: [1, 2] })],
  ])("is refused and nothing is traded: %s", async (_, change) => {
    const { options, sent } = await blindApi();
    await expect(blindTokens(changing(options, "/blind", change), [PHONE, CARD])).rejects.toThrow(PinnedKeyError);
    expect(traded(sent)).toBe(false);
  });

  it("is refused with an answer it gave before", async () => {
    const { options, sent } = await blindApi();
    let first: unknown;
    const replaying = changing(options, "/blind", (body) => (first ??= body));
    await blindTokens(replaying, [PHONE]);
    const before = sent.length;
    await expect(blindTokens(replaying, [PHONE])).rejects.toThrow(PinnedKeyError);
    expect(traded(sent.slice(before))).toBe(false);
  });
});

describe("what a register gives for outputs", () => {
  it.each<[string, (body: any) => unknown]>([
    ["fewer tokens", ({ tokens }) => ({ tokens: tokens.slice(1) })], ["more", ({ tokens }) => ({ tokens: [...tokens, tokens[0]] })], ["tokens in another order", ({ tokens }) => ({ tokens: tokens.toReversed() })],
    ["a mistyped token", ({ tokens: [one, two] }) => ({ tokens: [one, { ...two, token: `${two.token.slice(0, -1)}B` }] })], ["no tokens", () => ({})], ["a list", () => []],
  ])("is refused: %s", async (_, change) => {
    const { options } = await blindApi();
    await expect(blindTokens(changing(options, "/trade", change), [PHONE, CARD])).rejects.toThrow(/answer/);
  });
});

describe("a register that fails for a moment", () => {
  /** Loses the first answer to each, after it was given. */
  const losing = (options: BlindOptions): BlindOptions => {
    const lost = new Set<string>();
    return {
      ...options,
      fetch: async (url, init) => {
        const response = await options.fetch!(url, init);
        const name = `${init?.method} ${String(url)}`;
        if (lost.has(name)) return response;
        lost.add(name);
        throw new TypeError("fetch failed");
      },
    };
  };

  it("is asked the same again, and the tokens are the same", async () => {
    const { options, sent } = await blindApi();
    const tokens = await blindTokens(losing(options), [PHONE, CARD]);
    expect(tokens).toEqual(await blindTokens(options, [PHONE, CARD]));
    for (const path of ["/v1/tokens/blind", "/v1/tokens/trade"]) {
      const [first, again] = sent.filter((one) => one.path === path && one.body).map(({ body }) => body);
      expect(again, path).toBe(first);
    }
  });

  it.each<[string, () => Promise<Response>, RegExp]>([
    ["a page of a proxy", async () => new Response("<html>", { status: 502 }), /502/], ["no connection", async () => Promise.reject(new TypeError("fetch failed")), /fetch failed/],
    ["no JSON", async () => new Response("<html>"), /JSON/], ["an array", async () => Response.json([]), /not whole/],
    ["a problem that passes", async () => Response.json(problem("unavailable"), { status: 503 }), /cannot do this now/],
  ])("and goes on failing ends in an error after three attempts: %s", async (_, fetch, words) => {
    const { options } = await blindApi();
    let asked = 0;
    await expect(blindTokens({ ...options, fetch: async () => (asked++, fetch()) }, [PHONE])).rejects.toThrow(words);
    expect(asked).toBe(3);
  });

  it("leads nobody's outputs elsewhere", async () => {
    const { options } = await blindApi();
    const followed: (string | undefined)[] = [];
    const redirecting: BlindOptions["fetch"] = async (url, init) => {
      followed.push(init?.redirect);
      return String(url).endsWith("/trade") ? new Response(null, { status: 307, headers: { location: "https://elsewhere.test" } }) : options.fetch!(url, init);
    };
    await expect(blindTokens({ ...options, fetch: redirecting }, [PHONE])).rejects.toThrow(/307/);
    expect(new Set(followed)).toEqual(new Set(["manual"]));
  });

  it("is not asked again when it refuses, and its problem is thrown", async () => {
    const { options, sent } = await blindApi();
    await expect(blindTokens({ ...options, key: "sk_live_x_y" }, [PHONE])).rejects.toMatchObject({ name: "ProblemError", problem: { status: 401 } });
    expect(sent).toHaveLength(1);
  });
});
