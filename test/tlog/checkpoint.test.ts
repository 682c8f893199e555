import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64 } from "../../src/kernel/bytes.ts";
import { formatCheckpoint, parseCheckpoint } from "../../src/tlog/checkpoint.ts";

/** The example of C2SP tlog-checkpoint. */
const ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
const TEXT = `example.com/behind-the-sofa\n20852163\n${ROOT}\n`;

describe("a checkpoint", () => {
  it("is read as published, and as golang.org/x/mod/sumdb/tlog writes it", () => {
    const checkpoint = { origin: "example.com/behind-the-sofa", size: 20_852_163n, root: fromBase64(ROOT), extensions: [] };
    expect(parseCheckpoint(TEXT)).toEqual({ ok: true, checkpoint });
    expect(formatCheckpoint(checkpoint)).toBe(TEXT);
    const sumdb = "go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n";
    expect(parseCheckpoint(sumdb)).toMatchObject({ ok: true, checkpoint: { origin: "go.sum database tree", size: 123_456_789_012n } });
  });

  it("is read as it was written, of any size", () => {
    const line = fc.string({ unit: "grapheme", minLength: 1 });
    const size = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.constantFrom(0n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n));
    const root = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(fc.property(fc.record({ origin: line, size, root, extensions: fc.array(line) }), (checkpoint) => {
      expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual({ ok: true, checkpoint });
    }));
  });

  it.each([
    ["nothing", "", "cut-short"],
    ["a last line without its end", TEXT.slice(0, -1), "cut-short"],
    ["no origin", TEXT.slice(TEXT.indexOf("\n")), "origin-missing"],
    ["only an origin", "example.com/log\n", "size-malformed"],
    ["no root", "example.com/log\n5\n", "root-malformed"],
    ["an empty extension", `${TEXT}\n`, "extension-empty"],
    ["an empty extension before another", `${TEXT}\nmore\n`, "extension-empty"],
    ...["", " 5", "5 ", "05", "00", "+5", "-5", "-0", "5.0", "5e3", "0x5", "٥", "1,000", `${2n ** 63n}`, `${2n ** 64n}`, "9".repeat(40)].map((size) => [
      `the size ${JSON.stringify(size)}`, TEXT.replace("20852163", size), "size-malformed",
    ]),
    ...["", ROOT.slice(4), `${ROOT}AAAA`, ROOT.slice(0, -1), ROOT.replace("2I=", "2J="), ROOT.replace("/", "_"), ` ${ROOT}`, `${ROOT}=`].map((root) => [
      `the root ${JSON.stringify(root)}`, TEXT.replace(ROOT, root), "root-malformed",
    ]),
  ])("of %s is refused", (_, text, refusal) => {
    expect(parseCheckpoint(text!)).toEqual({ ok: false, refusal });
  });
});
