import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, toBase64, toHex } from "../../src/kernel/bytes.ts";
import { decodeCosignature, encodeCosignature } from "../../src/tlog/cosignature.ts";
import { formatNote, type Note, parseNote } from "../../src/tlog/note.ts";
import { openNote } from "../../src/tlog/open.ts";
import { cosign, logSigner, sign, type Signer, witnessSigner } from "../../src/tlog/sign.ts";
import { COSIGNATURE, formatVerifierKey, isKeyName, NOTE, parseVerifierKey, verifierKey } from "../../src/tlog/verifier-key.ts";

/** The keys, the text and the signatures that golang.org/x/mod/sumdb/note is tested with. */
const PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SEED = fromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").slice(1);
const ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_SIGNED = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_SIGNED = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const peter = parseVerifierKey(PETER)!;
const enoch = parseVerifierKey(ENOCH)!;

/** The examples of C2SP tlog-checkpoint and tlog-cosignature. */
const COSIGNED = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;
/** The example of C2SP signed-note. */
const POEM = `Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
`;

const reasonOf = (result: { ok: true } | { ok: false; refusal: string }): string => (result.ok ? "none" : result.refusal);
const parsed = (text: string): Note => {
  const result = parseNote(text);
  if (!result.ok) throw new Error(result.refusal);
  return result.note;
};

describe("a verifier key", () => {
  it("is read and written in its published form", () => {
    expect(peter).toMatchObject({ name: "PeterNeumann", id: "c74f20a3", type: NOTE });
    expect([PETER, ENOCH].map((text) => formatVerifierKey(parseVerifierKey(text)!))).toEqual([PETER, ENOCH]);
    const witness = verifierKey("a", COSIGNATURE, peter.publicKey);
    expect(witness.id).not.toBe(verifierKey("a", NOTE, peter.publicKey).id);
    expect(parseVerifierKey(formatVerifierKey(witness))).toEqual(witness);
  });

  it.each([
    ["nothing", ""],
    ["no name", PETER.replace("PeterNeumann", "")],
    ["another name", PETER.replace("Peter", "Petra")],
    ["a name with a blank", PETER.replace("PeterNeumann", "Peter Neumann")],
    ["a name with a blank of another script", PETER.replace("PeterNeumann", "Peter\u3000Neumann")],
    ["another id", PETER.replace("c74f20a3", "c74f20a4")],
    ["an id in capitals", PETER.replace("c74f20a3", "C74F20A3")],
    ["an id too short", PETER.replace("c74f20a3", "74f20a3")],
    ["a type not known here", `a+00000000+${toBase64(Uint8Array.of(2, ...peter.publicKey))}`],
    ["a key cut short", PETER.slice(0, -4)],
    ["another base64 of the same bytes", PETER.replace("10TW", "10TW\n")],
    ["a part too many", `${PETER}+`],
    ["a private key", "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"],
  ])("is not read from %s", (_, text) => {
    expect(parseVerifierKey(text)).toBeNull();
  });

  it.each(["", "a b", "a+b", "a\n", "a\u0085", "\ud800"])("cannot be named %j", (name) => {
    expect(() => verifierKey(name, NOTE, peter.publicKey)).toThrow(RangeError);
    expect(() => verifierKey("a", NOTE, new Uint8Array(31))).toThrow(RangeError);
  });
});

describe("a note", () => {
  it("is read as published, empty lines in its text included", () => {
    expect(parsed(POEM)).toMatchObject({ text: POEM.slice(0, POEM.indexOf("\n—")), signatures: [{ name: "quasimodo.example/salvatore", id: "367ba04b" }] });
    const [log, witness] = parsed(COSIGNED).signatures;
    expect([log!.id, log!.signature.length, witness!.id]).toEqual(["033de0ae", 64, "8d66cf3f"]);
    expect(decodeCosignature(witness!.signature)).toMatchObject({ time: 1_679_315_147n, signature: expect.objectContaining({ length: 64 }) });
  });

  it("is read as it was written", () => {
    const line = fc.string({ unit: "grapheme" });
    const signature = fc.record({
      name: fc.string({ unit: "grapheme" }).filter(isKeyName),
      id: fc.uint8Array({ minLength: 4, maxLength: 4 }).map(toHex),
      signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
    });
    const note = fc.record({ text: fc.array(line).map((lines) => `${lines.join("\n")}\n`), signatures: fc.array(signature, { minLength: 1, maxLength: 20 }) });
    fc.assert(fc.property(note, (note) => {
      expect(parsed(formatNote(note))).toEqual(note);
    }));
  });

  it.each<[string, string, string]>([
    ["nothing", "", "no-signatures"],
    ["text alone", TEXT, "no-signatures"],
    ["text and an empty line", `${TEXT}\n`, "no-signatures"],
    ["no text", `\n${PETER_SIGNED}`, "no-signatures"],
    ["no line feed at the end", `${TEXT}\n${PETER_SIGNED.slice(0, -1)}`, "signature-malformed"],
    ["an empty line at the end", `${TEXT}\n${PETER_SIGNED}\n`, "no-signatures"],
    ["a control character in the text", `\u0001${TEXT}\n${PETER_SIGNED}`, "control-character"],
    ["a carriage return", `${TEXT}\n${PETER_SIGNED}`.replaceAll("\n", "\r\n"), "control-character"],
    ["a tab", `${TEXT}\n— Peter\tNeumann AAAAAAAA\n`, "control-character"],
    ["half a character", `\ud800${TEXT}\n${PETER_SIGNED}`, "not-unicode"],
    ["a blank in a name", `${TEXT}\n${PETER_SIGNED.replace("PeterNeumann", "Bad Name")}`, "signature-malformed"],
    ["a plus in a name", `${TEXT}\n${PETER_SIGNED.replace("PeterNeumann", "a+b")}`, "signature-malformed"],
    ["no name", `${TEXT}\n${PETER_SIGNED.replace("PeterNeumann", "")}`, "signature-malformed"],
    ["a hyphen for the dash", `${TEXT}\n${PETER_SIGNED.replace("—", "-")}`, "signature-malformed"],
    ["something behind a signature", `${TEXT}\n${PETER_SIGNED.replace("\n", " more\n")}`, "signature-malformed"],
    ["a line that is none", `${TEXT}\n${PETER_SIGNED}Unexpected line.\n`, "signature-malformed"],
    ["base64 without padding", `${TEXT}\n${PETER_SIGNED.replace("=", "")}`, "signature-malformed"],
    ["base64 of another alphabet", `${TEXT}\n${PETER_SIGNED.replaceAll("/", "_")}`, "signature-malformed"],
    ["bits behind the base64", `${TEXT}\n${PETER_SIGNED.replace("nAM=", "nAN=")}`, "signature-malformed"],
    ["a signature of nothing", `${TEXT}\n— PeterNeumann x08gow==\n`, "signature-malformed"],
    ["101 signatures", `${TEXT}\n${PETER_SIGNED.repeat(101)}`, "too-many-signatures"],
    ["a million characters", `${"a".repeat(1_000_000)}\n\n${PETER_SIGNED}`, "too-large"],
    ["a million bytes", `${"é".repeat(500_000)}\n\n${PETER_SIGNED}`, "too-large"],
  ])("of %s is refused", (_, note, refusal) => {
    expect(reasonOf(parseNote(note))).toBe(refusal);
  });
});

describe("a signed note", () => {
  const both = `${TEXT}\n${PETER_SIGNED}${ENOCH_SIGNED}`;

  it("is signed as published", async () => {
    const signer = await logSigner("PeterNeumann", PETER_SEED);
    expect(formatVerifierKey(signer.key)).toBe(PETER);
    expect(formatNote({ text: TEXT, signatures: [await sign(TEXT, signer)] })).toBe(`${TEXT}\n${PETER_SIGNED}`);
  });

  it("is opened by the keys it is given, and passes over the others", async () => {
    expect(await openNote(both, [peter])).toMatchObject({ ok: true, note: { text: TEXT }, verified: [{ key: peter, time: null }] });
    expect(await openNote(both, [enoch, peter])).toMatchObject({ ok: true, verified: [{ key: peter }, { key: enoch }] });
    const strangers = `${TEXT}\n${ENOCH_SIGNED.replace("rwz", "rxz").repeat(50)}${PETER_SIGNED}`;
    expect(await openNote(strangers, [peter, enoch])).toMatchObject({ ok: true, verified: [{ key: peter }] });
    expect(await openNote(`${TEXT}\n${PETER_SIGNED.repeat(100)}`, [peter])).toMatchObject({ ok: true, verified: [{ key: peter }] });
  });

  it.each([
    ["no key is given", both, [], "no-known-key"],
    ["a key has only the name of the signer", both, [verifierKey("PeterNeumann", NOTE, enoch.publicKey)], "no-known-key"],
    ["a key is the signer's by another name", both, [verifierKey("Peter", NOTE, peter.publicKey)], "no-known-key"],
    ["a key is the signer's of another type", both, [verifierKey("PeterNeumann", COSIGNATURE, peter.publicKey)], "no-known-key"],
    ["the text is another", both.replace("If", "if"), [peter], "signature-wrong"],
    ["a known signature is wrong beside a right one", both.replace("HzmZa", "HzmZb").replace("BzmZa", "BzmZb"), [peter, enoch], "signature-wrong"],
    ["a key signed twice, wrongly the second time", `${TEXT}\n${PETER_SIGNED}${PETER_SIGNED.replace("ZJku", "ZJkv")}`, [peter], "signature-wrong"],
    ["a signature is cut short", `${TEXT}\n${PETER_SIGNED.replace("x08go/ZJkuBS9UG/", "x08go/ZJ")}`, [peter], "signature-wrong"],
    ["it is malformed", TEXT, [peter], "no-signatures"],
  ])("is refused when %s", async (_, note, keys, refusal) => {
    expect(reasonOf(await openNote(note, keys))).toBe(refusal);
  });

  it("is refused with any bit of its text or signature flipped", async () => {
    const [signature] = parsed(`${TEXT}\n${PETER_SIGNED}`).signatures;
    const flips = fc.oneof(
      fc.record({ what: fc.constant("text"), at: fc.nat(TEXT.length - 2), bit: fc.integer({ min: 0, max: 4 }) }),
      fc.record({ what: fc.constant("signature"), at: fc.nat(63), bit: fc.nat(7) }),
    );
    await fc.assert(fc.asyncProperty(flips, async ({ what, at, bit }) => {
      const bytes = what === "text" ? Uint8Array.from(Buffer.from(TEXT)) : signature!.signature.slice();
      bytes[at]! ^= 1 << bit;
      const note = what === "text" ? { text: Buffer.from(bytes).toString(), signatures: [signature!] } : { text: TEXT, signatures: [{ ...signature!, signature: bytes }] };
      expect((await openNote(formatNote(note), [peter])).ok).toBe(false);
    }));
  });
});

describe("a cosignature", () => {
  const text = "example.com/log\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const signers = async (): Promise<[Signer, Signer]> => [await logSigner("example.com/log", PETER_SEED), await witnessSigner("example.com/w", new Uint8Array(32).fill(1))];

  it("says when, and is verified with its time", async () => {
    const [log, witness] = await signers();
    const note = { text, signatures: [await sign(text, log), await cosign(text, 1_679_315_147n, witness)] };
    const opened = await openNote(formatNote(note), [log.key, witness.key]);
    expect(opened).toMatchObject({ ok: true, verified: [{ key: log.key, time: null }, { key: witness.key, time: 1_679_315_147n }] });
    const cosignature = note.signatures[1]!;
    const later = { ...cosignature, signature: encodeCosignature(1_679_315_148n, cosignature.signature.slice(8)) };
    expect(reasonOf(await openNote(formatNote({ text, signatures: [later] }), [witness.key]))).toBe("signature-wrong");
  });

  it.each([
    ["no time", new Uint8Array(7)],
    ["no signature", new Uint8Array(8)],
  ])("of %s is wrong", async (_, signature) => {
    const [, { key }] = await signers();
    expect(reasonOf(await openNote(formatNote({ text, signatures: [{ name: key.name, id: key.id, signature }] }), [key]))).toBe("signature-wrong");
  });

  it("has no time past 2^63", () => {
    expect(decodeCosignature(Uint8Array.of(0x80, ...new Uint8Array(71)))).toBeNull();
    expect(decodeCosignature(Uint8Array.of(0x7f, ...new Uint8Array(71)))?.time).toBe(0x7fn << 56n);
  });

  it("is a witness's and a log's signature a log's, at times that can be said", async () => {
    const [log, witness] = await signers();
    await expect(sign(text, witness)).rejects.toThrow(RangeError);
    await expect(cosign(text, 1n, log)).rejects.toThrow(RangeError);
    await expect(cosign(text, 2n ** 63n, witness)).rejects.toThrow(RangeError);
    expect(decodeCosignature((await cosign(text, 2n ** 63n - 1n, witness)).signature)?.time).toBe(2n ** 63n - 1n);
  });
});
