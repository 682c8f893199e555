import { describe, expect, it } from "vitest";
import { readWitnesses, type Why, Witnesses } from "../../src/audit/witnesses.ts";
import { formatSignature } from "../../src/tlog/note.ts";
import { openCheckpoint } from "../../src/tlog/open-checkpoint.ts";
import { parsePolicy } from "../../src/tlog/policy.ts";
import { witnessSigner } from "../../src/tlog/sign.ts";
import { formatVerifierKey } from "../../src/tlog/verifier-key.ts";
import { seed, testLog } from "../support/test-log.ts";
import { type WitnessDouble, witnessDouble } from "../support/witness-double.ts";

const log = await testLog();
const forked = await testLog({ forkedAt: 4 });
/** Long enough for whoever answers, whatever else this machine does. */
const PATIENT_MS = 20_000;

type Fetch = typeof globalThis.fetch;

/** Witnesses of these names, each behind its own `fetch`. */
function asking(policy: string, fetches: Record<string, Fetch>, deadlineMs = PATIENT_MS) {
  const fetch: Fetch = async (url, init) => fetches[new URL(String(url)).hostname.replace(".test", "")]!(url, init);
  const witnesses = new Witnesses(readWitnesses(policy), fetch, deadlineMs);
  return async (size: number, of = log) => witnesses.cosign(await of.checkpoint(size), BigInt(size), async (from) => of.proof(Number(from), size));
}

const policyOf = (...lines: string[]): string => `${lines.join("\n")}\nquorum none\n`;
const one = (witness: WitnessDouble, fetch: Fetch = witness.fetch, deadlineMs = PATIENT_MS) => asking(policyOf(witness.line("w")), { w: fetch }, deadlineMs);

describe("a checkpoint that witnesses cosign", () => {
  it("satisfies the policy that asks for two of three, one of whom is away", async () => {
    const [a, b] = [await witnessDouble(log.signer.key, { key: 8 }), await witnessDouble(log.signer.key)];
    const c = await witnessDouble(log.signer.key, { key: 7 });
    const policy = ["a", "b", "c"].map((name, at) => [a, b, c][at]!.line(name)).concat("group g 2 a b c", "quorum g", "").join("\n");
    const cosign = asking(policy, { a: a.fetch, b: async () => { throw new Error("no such host"); }, c: c.fetch });
    const { signatures, missing } = await cosign(7);
    expect(missing).toEqual([{ name: "witness.test/9", why: "away" }]);
    const believed = parsePolicy(`log ${formatVerifierKey(log.signer.key)}\n${policy}`);
    if (!believed.ok) throw new Error(believed.refusal);
    const note = await log.checkpoint(7);
    expect(await openCheckpoint(note + signatures.map(formatSignature).join(""), believed.policy)).toMatchObject({ ok: true, checkpoint: { size: 7n } });
    expect(await openCheckpoint(note + formatSignature(signatures[0]!), believed.policy)).toEqual({ ok: false, refusal: "quorum-missing" });
  });

  it("is posted with the proof from the size the witness cosigned last, and once", async () => {
    const witness = await witnessDouble(log.signer.key);
    const cosign = one(witness);
    for (const size of [3, 3, 11, 40]) expect((await cosign(size)).missing).toEqual([]);
    expect(witness.posted.map((body) => body.split("\n", 1)[0])).toEqual(["old 0", "old 3", "old 3", "old 11"]);
    expect(witness.posted[2]).toBe(await log.request(3, 11));
  });

  it("is posted again with the size the witness says, when that is another than is remembered", async () => {
    const witness = await witnessDouble(log.signer.key);
    expect((await one(witness)(5)).missing).toEqual([]);
    const later = one(witness);
    expect((await later(9)).missing).toEqual([]);
    await one(witness)(20);
    expect((await later(30)).missing).toEqual([]);
    expect(witness.posted.map((body) => body.split("\n", 1)[0])).toEqual(["old 0", "old 0", "old 5", "old 0", "old 9", "old 9", "old 20"]);
  });

  it("needs no witness where there is none", async () => {
    expect(await asking("", {})(5)).toEqual({ signatures: [], missing: [] });
  });
});

describe("a witness that does not cosign is missing, with the reason", () => {
  const wrong = witnessSigner("witness.test/9", seed(7));
  const saying = (status: number, body = "", headers = {}): Fetch => async () => new Response(body, { status, headers });

  const without = (why: Why) => ({ signatures: [], missing: [{ name: "witness.test/9", why }] });

  it.each<[string, Why, (witness: WitnessDouble) => Fetch | Promise<Fetch>]>([
    ["it cannot be reached", "away", () => () => Promise.reject(new TypeError("fetch failed"))],
    ["it throws at once", "away", () => () => { throw new Error("broken"); }],
    ["it never answers", "away", () => () => new Promise(() => undefined)],
    ["it never ends its answer", "away", () => async () => new Response(new ReadableStream())],
    ["it cannot keep anything", "away", () => saying(503)],
    ["it does not know the log", "refuses", () => saying(404)],
    ["it does not know the key", "refuses", () => saying(403)],
    ["it cannot read the request", "refuses", () => saying(400)],
    ["it sends elsewhere", "refuses", () => saying(302, "", { location: "https://other.test/" })],
    ["it says no size", "refuses", () => saying(409, "five\n")],
    ["it says a size without its line's end", "refuses", () => saying(409, "5")],
    ["it says another size each time", "refuses", () => async (_, init) => new Response(String(init!.body).startsWith("old 0") ? "5\n" : "4\n", { status: 409 })],
    ["it has another size than it was asked from, it says, and the same", "lies", () => saying(409, "0\n")],
    ["it has no proof", "unproven", () => saying(422)],
    ["it has seen more than there is", "ahead", () => saying(409, "10\n")],
    ["it has seen another tree of this size", "forked", () => saying(409, "9\n")],
    ["it answers nothing", "lies", () => saying(200)],
    ["it answers something else", "lies", () => saying(200, "<html>")],
    ["it answers without end", "lies", () => saying(200, "\u2014 witness.test/9 AAAA\n".repeat(10_000))],
    ["it signs with another key", "lies", async () => (await witnessDouble(log.signer.key, { signer: await wrong })).fetch],
    ["it signs another checkpoint", "lies", async () => {
      const other = await witnessDouble(log.signer.key);
      return async (url, init) => other.fetch(url, { ...init, body: await log.request(0, 8) });
    }],
  ])("%s: %s", async (_, why, make) => {
    const witness = await witnessDouble(log.signer.key);
    expect(await one(witness, await make(witness), why === "away" ? 50 : PATIENT_MS)(9)).toEqual(without(why));
  });

  it("because the log forked, or was rolled back, of whatever it is said to be", async () => {
    const witness = await witnessDouble(log.signer.key);
    await one(witness)(9);
    for (const [size, of, why] of [[9, forked, "forked"], [12, forked, "unproven"], [7, log, "ahead"], [3, log, "ahead"]] as const) {
      expect(await one(witness)(size, of)).toEqual(without(why));
    }
    const rolledBack = one(witness);
    await rolledBack(9);
    expect(await rolledBack(7)).toEqual(without("ahead"));
  });

  it("because there is no proof to be had, and the next is cosigned", async () => {
    const witness = await witnessDouble(log.signer.key);
    const witnesses = new Witnesses(readWitnesses(policyOf(witness.line("w"))), witness.fetch);
    const note = await log.checkpoint(9);
    expect(await witnesses.cosign(note, 9n, () => Promise.reject(new Error("the bucket is down")))).toEqual(without("away"));
    expect((await witnesses.cosign(note, 9n, async () => [])).missing).toEqual([]);
  });

  it("and nobody waits longer than the deadline, for all of them together", async () => {
    const witness = await witnessDouble(log.signer.key);
    const never: Fetch = () => new Promise(() => undefined);
    const other = await witnessDouble(log.signer.key, { key: 8 });
    const cosign = asking(policyOf(witness.line("a"), other.line("b")), { a: never, b: other.fetch }, 1_000);
    const began = performance.now();
    expect(await cosign(5)).toMatchObject({ signatures: [{ name: "witness.test/8" }], missing: [{ name: "witness.test/9", why: "away" }] });
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe("a policy of witnesses", () => {
  const key = witnessDouble(log.signer.key).then((witness) => formatVerifierKey(witness.key));

  it("says whom to ask where, without a slash at the end", async () => {
    expect(readWitnesses(policyOf(`witness w ${await key} https://w.test/prefix/`))).toMatchObject([{ name: "w", url: "https://w.test/prefix" }]);
    expect(readWitnesses(" \n")).toEqual([]);
  });

  it.each([
    ["witness w KEY\nquorum none", /w has no address/],
    ["witness w KEY w.test\nquorum none", /w has no address/],
    ["witness w KEY https://w.test/", /quorum-missing/],
    ["witness w KEY+ https://w.test/\nquorum none", /key-malformed in line 1/],
    [`witness w ${formatVerifierKey(log.signer.key)} https://w.test/\nquorum none`, /key-malformed in line 1/],
  ])("that cannot be followed is refused: %j", async (text, fault) => {
    const policy = text.replace("KEY", await key);
    expect(() => readWitnesses(policy)).toThrow(fault);
  });
});
