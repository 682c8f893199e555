import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64 } from "../../src/kernel/bytes.ts";
import { EMPTY_ROOT, type Hash } from "../../src/tlog/merkle.ts";
import { formatSignature } from "../../src/tlog/note.ts";
import { consistencyProof } from "../../src/tlog/proofs.ts";
import { cosign, logSigner, sign } from "../../src/tlog/sign.ts";
import { type AddCheckpoint, formatAddCheckpoint, formatSize, openCosignatures, parseAddCheckpoint, parseSize, refuseGrowth, refuseSigner } from "../../src/tlog/witness.ts";
import { checkpointText, hashAt, log, rootAt, seedOf, signed, witnesses } from "./log.ts";

/** The example of C2SP tlog-witness. */
const EXAMPLE = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`;

const proofOf = (old: number, size: number): Hash[] => consistencyProof(BigInt(old), BigInt(size), hashAt);

async function requestOf(old: number, size: number, { proof = proofOf(old, size), root = rootAt(size), signer = log } = {}): Promise<AddCheckpoint> {
  const parsed = parseAddCheckpoint(formatAddCheckpoint(BigInt(old), proof, await signed(checkpointText(size, { root }), [], signer)));
  if (!parsed.ok) throw new Error(parsed.refusal);
  return parsed.request;
}

const last = (size: number, root = rootAt(size)) => ({ size: BigInt(size), root });

describe("a request to a witness", () => {
  it("is read as published", () => {
    const parsed = parseAddCheckpoint(EXAMPLE);
    expect(parsed).toMatchObject({ ok: true, request: { oldSize: 20_852_014n, checkpoint: { size: 20_852_163n } } });
    if (!parsed.ok) return;
    expect([parsed.request.proof.length, parsed.request.note.signatures.length]).toEqual([4, 2]);
    expect(formatAddCheckpoint(parsed.request.oldSize, parsed.request.proof, EXAMPLE.slice(EXAMPLE.indexOf("\n\n") + 2))).toBe(EXAMPLE);
  });

  it("is read as it was written, with up to 63 hashes", async () => {
    const note = await signed(checkpointText(5));
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.array(hash, { maxLength: 63 }), (oldSize, proof) => {
      expect(parseAddCheckpoint(formatAddCheckpoint(oldSize, proof, note))).toMatchObject({ ok: true, request: { oldSize, proof } });
    }));
  });

  it.each([
    ["nothing", "", "checkpoint-missing"],
    ["an old size alone", "old 5\n", "checkpoint-missing"],
    ["no old size", EXAMPLE.slice(EXAMPLE.indexOf("\n") + 1), "old-size-malformed"],
    ["an old size with zeros", EXAMPLE.replace("old 2", "old 02"), "old-size-malformed"],
    ["an old size too large", EXAMPLE.replace("20852014", `${2n ** 63n}`), "old-size-malformed"],
    ["two blanks", EXAMPLE.replace("old ", "old  "), "old-size-malformed"],
    ["capitals", EXAMPLE.replace("old", "Old"), "old-size-malformed"],
    ["carriage returns", EXAMPLE.replaceAll("\n", "\r\n"), "checkpoint-missing"],
    ["a hash cut short", EXAMPLE.replace("kaw=\n", "\n"), "proof-malformed"],
    ["a hash that is none", EXAMPLE.replace("PlRN", "????"), "proof-malformed"],
    ["64 hashes", EXAMPLE.replace("\n\n", `\n${`${toBase64(EMPTY_ROOT)}\n`.repeat(60)}\n`), "proof-too-long"],
    ["no checkpoint", "old 0\n\n", "no-signatures"],
    ["no signature", EXAMPLE.slice(0, EXAMPLE.indexOf("—")), "no-signatures"],
    ["a note that is no checkpoint", EXAMPLE.replace("\n20852163\n", "\nx\n"), "size-malformed"],
  ])("of %s is refused", (_, body, refusal) => {
    expect(parseAddCheckpoint(body)).toEqual({ ok: false, refusal });
  });
});

describe("a witness", () => {
  it("cosigns a first checkpoint, the same again, and one that grew", async () => {
    for (const [before, request] of [
      [null, await requestOf(0, 7)],
      [null, await requestOf(0, 0)],
      [last(7), await requestOf(7, 7)],
      [last(7), await requestOf(7, 50)],
      [last(0), await requestOf(0, 50)],
    ] as const) {
      expect([await refuseSigner(request, [log.key]), refuseGrowth(before, request)]).toEqual([null, null]);
    }
  });

  it("knows the log of the checkpoint, which signed it", async () => {
    const request = await requestOf(0, 7);
    const other = await logSigner("nser.example/log", seedOf(9));
    expect(await refuseSigner(request, null)).toEqual({ status: 404 });
    expect(await refuseSigner(request, [])).toEqual({ status: 403 });
    expect(await refuseSigner(request, [other.key])).toEqual({ status: 403 });
    expect(await refuseSigner(await requestOf(0, 7, { signer: other }), [log.key])).toEqual({ status: 403 });
    const forged = { ...request, note: { ...request.note, text: checkpointText(8) } };
    expect(await refuseSigner(forged, [log.key])).toEqual({ status: 403 });
    expect(await refuseSigner(request, [other.key, log.key])).toBeNull();
  });

  it.each<[string, number | null, number, number, { proof?: Hash[]; root?: Hash }, object]>([
    ["an old size above the new one", 7, 9, 7, { proof: [] }, { status: 400 }],
    ["an old size that is not what it cosigned", 7, 5, 20, {}, { status: 409, size: 7n }],
    ["an old size where it cosigned nothing", null, 5, 20, {}, { status: 409, size: 0n }],
    ["no old size where it cosigned one", 7, 0, 20, {}, { status: 409, size: 7n }],
    ["a tree rolled back", 20, 7, 7, {}, { status: 409, size: 20n }],
    ["another root of the same size", 7, 7, 7, { root: rootAt(6) }, { status: 409, size: 7n }],
    ["another root of the empty tree", null, 0, 0, { root: rootAt(6) }, { status: 409, size: 0n }],
    ["no proof", 7, 7, 20, { proof: [] }, { status: 422 }],
    ["a proof for the same size", 7, 7, 7, { proof: proofOf(6, 7) }, { status: 422 }],
    ["a proof from nothing", null, 0, 7, { proof: proofOf(6, 7) }, { status: 422 }],
    ["a proof of another size", 7, 7, 20, { proof: proofOf(6, 20) }, { status: 422 }],
    ["a tree that was rewritten", 7, 7, 20, { root: rootAt(19) }, { status: 422 }],
  ])("refuses %s", async (_, before, old, size, other, refusal) => {
    expect(refuseGrowth(before === null ? null : last(before), await requestOf(old, size, other))).toEqual(refusal);
  });

  it("says the size it is at in a form of its own", () => {
    for (const size of [0n, 7n, 2n ** 53n + 1n, 2n ** 63n - 1n]) expect(parseSize(formatSize(size))).toBe(size);
    for (const body of ["", "\n", "7", "07\n", "7\n\n", " 7\n", "seven\n"]) expect(parseSize(body)).toBeNull();
  });

  it("answers with signature lines that the log verifies before it takes them over", async () => {
    const [first, second] = witnesses;
    const text = checkpointText(7);
    const answer = formatSignature(await cosign(text, 99n, first!)) + formatSignature(await cosign(text, 98n, second!));
    expect(await openCosignatures(text, answer, [first!.key])).toMatchObject({ ok: true, verified: [{ key: first!.key, time: 99n }] });
    const refused = async (text: string, answer: string, key = first!.key) => {
      const opened = await openCosignatures(text, answer, [key]);
      return opened.ok ? "none" : opened.refusal;
    };
    expect(await refused(checkpointText(8), answer)).toBe("signature-wrong");
    expect(await refused(text, answer, log.key)).toBe("no-known-key");
    expect(await refused(text, formatSignature(await sign(text, log)))).toBe("no-known-key");
    expect(await refused(text, "")).toBe("no-signatures");
    expect(await refused(text, `${answer}\n`)).toBe("signature-malformed");
    expect(await refused(text, "<html>")).toBe("signature-malformed");
  });
});
