import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64 } from "../../src/kernel/bytes.ts";
import { parsePolicy, type Policy } from "../../src/tlog/policy.ts";
import { inclusionProof } from "../../src/tlog/proofs.ts";
import { formatProof, parseProof, type TlogProof, verifyProof } from "../../src/tlog/tlog-proof.ts";
import { formatVerifierKey } from "../../src/tlog/verifier-key.ts";
import { checkpointText, hashAt, log, ORIGIN, rootAt, signed, witnesses } from "./log.ts";

const policyOf = (...lines: string[]): Policy => {
  const parsed = parsePolicy(lines.join("\n"));
  if (!parsed.ok) throw new Error(parsed.refusal);
  return parsed.policy;
};

const [w1, w2] = witnesses;
const POLICY = policyOf(`log ${formatVerifierKey(log.key)}`, `witness one ${formatVerifierKey(w1!.key)}`, `witness two ${formatVerifierKey(w2!.key)}`, "quorum one");
const NOTE = await signed(checkpointText(50), [w1!, w2!]);

/** The bytes of the leaves that `log.ts` has. */
const entry = (n: number): Uint8Array => Uint8Array.of(0, 0, 0, n);
const proofOf = (index: number, changed: Partial<TlogProof> = {}): TlogProof =>
  ({ extra: null, index: BigInt(index), hashes: inclusionProof(BigInt(index), 50n, hashAt), checkpoint: NOTE, ...changed });
const reason = async (text: string, n = 7, policy = POLICY): Promise<string> => {
  const verified = await verifyProof(text, entry(n), policy);
  return verified.ok ? "none" : verified.refusal;
};

describe("a proof file", () => {
  it("has the published form", () => {
    const text = formatProof(proofOf(7, { extra: Uint8Array.of(1, 2) }));
    const [first, extra, index, ...rest] = text.split("\n");
    expect([first, extra, index]).toEqual(["c2sp.org/tlog-proof@v1", "extra AQI=", "index 7"]);
    expect(rest.slice(0, 7)).toEqual([...proofOf(7).hashes.map(toBase64), ""]);
    expect(text.endsWith(`\n\n${NOTE}`)).toBe(true);
  });

  it("is read as it was written", () => {
    const proof = fc.record({
      extra: fc.option(fc.uint8Array({ minLength: 1 })),
      index: fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.constantFrom(2n ** 53n, 2n ** 63n - 1n)),
      hashes: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
      checkpoint: fc.string(),
    });
    fc.assert(fc.property(proof, (proof) => {
      expect(parseProof(formatProof(proof))).toEqual({ ok: true, proof });
    }));
  });

  const text = formatProof(proofOf(7, { extra: Uint8Array.of(1, 2) }));
  const [hash] = proofOf(7).hashes.map(toBase64);

  it.each([
    ["nothing", "", "not-a-proof"],
    ["another version", text.replace("@v1", "@v2"), "not-a-proof"],
    ["something before it", `\n${text}`, "not-a-proof"],
    ["carriage returns", text.replaceAll("\n", "\r\n"), "not-a-proof"],
    ["only its first line", "c2sp.org/tlog-proof@v1\n", "checkpoint-missing"],
    ["no checkpoint", text.slice(0, text.indexOf("\n\n") + 1), "checkpoint-missing"],
    ["an empty line at once", text.replace("@v1\n", "@v1\n\n"), "index-malformed"],
    ["empty extra data", text.replace("AQI=", ""), "extra-malformed"],
    ["extra data that is no base64", text.replace("AQI=", "AQI"), "extra-malformed"],
    ["extra data twice", text.replace("AQI=\n", "AQI=\nextra AQI=\n"), "index-malformed"],
    ["extra data behind the index", text.replace("extra AQI=\nindex 7\n", "index 7\nextra AQI=\n"), "hash-malformed"],
    ["no index", text.replace("index 7\n", ""), "index-malformed"],
    ...["", "07", "-7", "+7", "7 ", " 7", "0x7", `${2n ** 63n}`].map((index) => [`the index "${index}"`, text.replace("index 7", `index ${index}`), "index-malformed"]),
    ["a hash cut short", text.replace(hash!, hash!.slice(4)), "hash-malformed"],
    ["a hash with a blank", text.replace(hash!, `${hash} `), "hash-malformed"],
    ["64 hashes", text.replace(hash!, Array(64).fill(hash).join("\n")), "proof-too-long"],
  ])("of %s is refused", (_, text, refusal) => {
    expect(parseProof(text!)).toEqual({ ok: false, refusal });
  });
});

describe("a proof", () => {
  it("proves where the entry is, in which tree, and who cosigned that", async () => {
    for (let index = 0; index < 50; index++) {
      expect(await verifyProof(formatProof(proofOf(index)), entry(index), POLICY)).toMatchObject({
        ok: true,
        index: BigInt(index),
        extra: null,
        checkpoint: { origin: ORIGIN, size: 50n, root: rootAt(50) },
        cosigners: [{ key: w1!.key, time: 1000n }, { key: w2!.key, time: 1001n }],
      });
    }
  });

  it("proves nothing about another entry, place, tree or policy", async () => {
    const text = formatProof(proofOf(7));
    expect(await reason(text, 8)).toBe("not-included");
    expect(await reason(formatProof(proofOf(7, { index: 8n })))).toBe("not-included");
    expect(await reason(formatProof(proofOf(7, { index: 50n })))).toBe("not-included");
    expect(await reason(formatProof(proofOf(7, { hashes: proofOf(7).hashes.slice(1) })))).toBe("not-included");
    expect(await reason(formatProof(proofOf(7, { checkpoint: await signed(checkpointText(49), [w1!]) })))).toBe("not-included");
    expect(await reason(formatProof(proofOf(7, { checkpoint: await signed(checkpointText(50), [w2!]) })))).toBe("quorum-missing");
    expect(await reason(formatProof(proofOf(7, { checkpoint: "" })))).toBe("no-signatures");
    expect(await reason(text, 7, policyOf("quorum none"))).toBe("log-unknown");
    expect(await reason(text.slice(1))).toBe("not-a-proof");
  });

  it("is doubted with any bit of it flipped", async () => {
    const bytes = Buffer.from(formatProof(proofOf(7)));
    // A flipped bit of the second witness's name makes it a stranger's signature, which the format passes over.
    const counted = bytes.lastIndexOf("\n— ");
    await fc.assert(fc.asyncProperty(fc.nat(counted), fc.nat(7), async (at, bit) => {
      const flipped = Uint8Array.from(bytes);
      flipped[at]! ^= 1 << bit;
      expect(await reason(Buffer.from(flipped).toString())).not.toBe("none");
    }), { numRuns: 500 });
  });
});
