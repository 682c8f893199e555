import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import { ACCEPT_SIGNATURE, type Jwks, type SignedAnswer, verifyAnswer } from "../../../src/client/index.ts";
import { digestOf } from "../../../src/client/verify.ts";
import { answerJwk } from "../../../src/check/signature.ts";
import { toBase64, toBase64Url, utf8 } from "../../../src/kernel/bytes.ts";
import { AnswerKeys } from "../../../workers/edge/answer-keys.ts";
import { refusalResponse } from "../../../workers/edge/answers.ts";
import type { Call, Route } from "../../../workers/edge/call.ts";
import { signedAnswer } from "../../../workers/edge/signature.ts";

const seedOf = (n: number) => new Uint8Array(32).fill(n);
const publicOf = (n: number) => ed25519.getPublicKey(seedOf(n));

/** Keys of which `signing` signs and all of `published` are listed. */
const keysOf = (signing: number, published: number[]) =>
  new AnswerKeys({
    ANSWER_KEY: JSON.stringify({ [signing]: toBase64Url(seedOf(signing)) }),
    ANSWER_PUBLIC_KEYS: JSON.stringify(Object.fromEntries(published.map((n) => [n, toBase64Url(publicOf(n))]))),
  });

const jwksOf = (...keys: number[]): Jwks => ({ keys: keys.map((n) => answerJwk(publicOf(n))) });

const BODY = '{"token":"x","purpose":"login"}';
const clear: Route = { maxBody: 100, answer: async ({ request }) => Response.json({ decision: "clear", heard: await request.text() }) };
const refused: Route = { maxBody: 100, answer: async () => refusalResponse({ ok: false, problem: "unauthenticated" }) };

interface Asked {
  answerKeys?: AnswerKeys;
  route?: Route;
  body?: string;
  accept?: string;
  headers?: Record<string, string>;
}

async function ask({ answerKeys = keysOf(1, [1]), route = clear, body = BODY, accept = ACCEPT_SIGNATURE, headers }: Asked = {}) {
  const sent = headers ?? { "content-digest": await digestOf(body) };
  const request = new Request("https://register.test/v1/checks?x=1", { method: "POST", headers: sent, body });
  const isolate = { answerKeys, clock: () => 1_800_000_000_999 };
  return signedAnswer(accept, { request, isolate } as unknown as Call, route);
}

async function kept(response: Response): Promise<SignedAnswer> {
  const { headers, status } = response;
  const [signatureInput, signature] = [headers.get("signature-input")!, headers.get("signature")!];
  return { method: "POST", path: "/v1/checks", requestBody: BODY, status, answerBody: await response.text(), signatureInput, signature };
}

describe("a signed answer", () => {
  it("is the route's answer, and says when and by whom it was signed", async () => {
    const response = await ask();
    expect(response.headers.get("content-digest")).toBe(await digestOf(await response.clone().text()));
    const answer = await kept(response);
    expect(JSON.parse(answer.answerBody)).toEqual({ decision: "clear", heard: BODY });
    expect(await verifyAnswer(answer, jwksOf(1))).toEqual({ keyId: jwksOf(1).keys[0]!.kid, created: new Date(1_800_000_000_000) });
  });

  it("may be a problem, with all its headers", async () => {
    const response = await ask({ route: refused });
    expect([response.status, response.headers.get("www-authenticate"), response.headers.get("content-type")]).toEqual([
      401, 'Bearer realm="nser"', "application/problem+json",
    ]);
    await verifyAnswer(await kept(response), jwksOf(1));
  });

  it.each<[string, Partial<SignedAnswer>]>([
    ["status", { status: 201 }],
    ["answer", { answerBody: '{"decision":"excluded"}' }],
    ["question", { requestBody: BODY.replace("x", "y") }],
    ["method", { method: "PUT" }],
    ["path", { path: "/v1/checks/batch" }],
    ["signature", { signature: `sig=:${"A".repeat(86)}==:` }],
    ["signature's form", { signature: "sig=:AA==:" }],
    ["input", { signatureInput: "" }],
  ])("with another %s is not believed", async (_, over) => {
    const answer = await kept(await ask());
    await expect(verifyAnswer({ ...answer, ...over }, jwksOf(1))).rejects.toThrow("signature");
  });

  it.each([
    ["time", /created=\d+/, "created=1800000001"],
    ["key id", /keyid="[^"]+"/, `keyid="${answerJwk(publicOf(2)).kid}"`],
    ["algorithm", 'alg="ed25519"', 'alg="hmac-sha256"'],
    ["algorithm left out", ';alg="ed25519"', ""],
    ["tag", "nser-answer", "other"],
    ["list of components", ' "content-digest";req', ""],
    ["label", "sig=", "gis="],
  ])("with another %s is not believed", async (_, from, to) => {
    const answer = await kept(await ask());
    const signatureInput = answer.signatureInput.replace(from, to);
    expect(signatureInput).not.toBe(answer.signatureInput);
    await expect(verifyAnswer({ ...answer, signatureInput }, jwksOf(1, 2))).rejects.toThrow("sign");
  });

  it.each([
    ["algorithm", 'alg="ed25519"', 'alg="hmac-sha256"'],
    ["tag", "nser-answer", "other"],
  ])("made by the very key under another %s is not believed", async (_, from, to) => {
    const answer = await kept(await ask());
    const signatureInput = answer.signatureInput.replace(from, to);
    const base = [
      `"@status": ${answer.status}`,
      `"content-digest": ${await digestOf(answer.answerBody)}`,
      `"content-digest";req: ${await digestOf(BODY)}`,
      `"@method";req: POST`,
      `"@path";req: /v1/checks`,
      `"@signature-params": ${signatureInput.slice("sig=".length)}`,
    ].join("\n");
    const signature = `sig=:${toBase64(ed25519.sign(utf8(base), seedOf(1)))}:`;
    await expect(verifyAnswer({ ...answer, signatureInput, signature }, jwksOf(1))).rejects.toThrow("not the signature that was asked for");
  });

  it("is not believed under a key of another kind, though it has the id", async () => {
    const answer = await kept(await ask());
    const [key] = jwksOf(1).keys;
    for (const over of [{ kty: "oct" }, { crv: "X25519" }, { kty: "EC", crv: "P-256" }]) {
      await expect(verifyAnswer(answer, { keys: [{ ...key!, ...over }] })).rejects.toThrow("not published");
    }
  });
});

describe("keys", () => {
  it("are changed without an answer that cannot be verified: the next is published before it signs, the last after it did", async () => {
    const steps = [keysOf(1, [1]), keysOf(1, [1, 2]), keysOf(2, [1, 2])];
    const answers = await Promise.all(steps.map(async (answerKeys) => kept(await ask({ answerKeys }))));
    const published = { keys: steps[2]!.published() };
    const signers = await Promise.all(answers.map(async (answer) => (await verifyAnswer(answer, published)).keyId));
    expect(signers).toEqual([1, 1, 2].map((n) => jwksOf(n).keys[0]!.kid));
    await expect(verifyAnswer(answers[2]!, jwksOf(1))).rejects.toThrow("not published");
  });

  it("that are not published sign nothing", async () => {
    await expect(ask({ answerKeys: keysOf(1, [2]) })).rejects.toThrow("not among");
    const mixed = new AnswerKeys({
      ANSWER_KEY: JSON.stringify({ 1: toBase64Url(seedOf(1)) }),
      ANSWER_PUBLIC_KEYS: JSON.stringify({ 1: toBase64Url(publicOf(2)) }),
    });
    await expect(ask({ answerKeys: mixed })).rejects.toThrow("not among");
  });

  it("that cannot be read are named, never quoted", async () => {
    const broken = new AnswerKeys({ ANSWER_KEY: '{"1":"secret', ANSWER_PUBLIC_KEYS: "{}" });
    await expect(ask({ answerKeys: broken })).rejects.toThrow(/^ANSWER_KEY must be/);
    expect(() => broken.published()).toThrow(/^ANSWER_PUBLIC_KEYS must be/);
  });
});

describe("what cannot be signed as it was asked is refused without a signature", () => {
  const problemOf = async (asked: Asked) => {
    const response = await ask(asked);
    expect([response.headers.get("signature"), response.headers.get("signature-input")]).toEqual([null, null]);
    return [response.status, ((await response.json()) as { type: string }).type];
  };

  it("without a digest of the question, or with a wrong or another one", async () => {
    const right = await digestOf(BODY);
    for (const digest of [undefined, "", await digestOf("other"), right.replace("sha-256", "sha-512"), `${right}, sha-512=:AA==:`, right.slice(0, -1)]) {
      const headers: Record<string, string> = digest === undefined ? {} : { "content-digest": digest };
      expect(await problemOf({ headers })).toEqual([400, "/problems/content-digest-invalid"]);
    }
  });

  it("a question too long to be read", async () => {
    expect(await problemOf({ body: "x".repeat(101) })).toEqual([413, "/problems/body-too-large"]);
  });

  it("a signature that is not offered", async () => {
    expect(await problemOf({ accept: 'sig=("@status")' })).toEqual([400, "/problems/signature-unsupported"]);
  });
});
