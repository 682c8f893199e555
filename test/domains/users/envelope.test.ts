import { describe, expect, it } from "vitest";
import { Envelope, parseBoxKeys, sealIdentity } from "../../../src/domains/users/index.ts";
import { openIdentity } from "../../../src/domains/users/identity.ts";
import { fromUtf8, toBase64Url, utf8 } from "../../../src/kernel/bytes.ts";
import { random } from "../../../src/objects/shell.ts";

const key = (fill: number) => toBase64Url(new Uint8Array(32).fill(fill));
const envelope = (config: Record<string, string>) => new Envelope(parseBoxKeys(JSON.stringify(config)), random);

describe("a box", () => {
  it("opens at its place with the same keys, and never looks the same twice", () => {
    const one = envelope({ 1: key(1) });
    const box = one.seal(utf8("secret"), "here");
    expect(fromUtf8(one.open(box, "here"))).toBe("secret");
    expect(Buffer.from(box).toString("latin1")).not.toContain("secret");
    expect(one.seal(utf8("secret"), "here")).not.toEqual(box);
    expect(one.open(one.seal(new Uint8Array(), "here"), "here")).toEqual(new Uint8Array());
  });

  it("does not open elsewhere, under another key, or with any byte altered or missing", () => {
    const one = envelope({ 1: key(1) });
    const box = one.seal(utf8("secret"), "here");
    expect(() => one.open(box, "there")).toThrow("invalid tag");
    expect(() => envelope({ 1: key(2) }).open(box, "here")).toThrow("invalid tag");
    for (let at = 0; at < box.length; at++) {
      const altered = box.with(at, box[at]! ^ 1);
      expect(() => one.open(altered, "here"), `byte ${at}`).toThrow(/./);
    }
    for (const length of [0, 1, 3, 40, box.length - 1]) expect(() => one.open(box.subarray(0, length), "here")).toThrow(/./);
  });

  it("is sealed under the newest key, and opens under older ones as long as they are there", () => {
    const old = envelope({ 9: key(1) });
    const rotated = envelope({ 10: key(2), 9: key(1) });
    const boxes = [old, rotated].map((each) => each.seal(utf8("x"), "p"));
    for (const box of boxes) expect(fromUtf8(rotated.open(box, "p"))).toBe("x");
    const retired = envelope({ 10: key(2) });
    expect(fromUtf8(retired.open(boxes[1]!, "p"))).toBe("x");
    expect(() => retired.open(boxes[0]!, "p")).toThrow('no box key "9"');
  });

  it("holds an identity for one command only", () => {
    const one = envelope({ 1: key(1) });
    const identity = { phone: "+254712345678", document: null, locale: "sw" as const };
    const box = sealIdentity(one, "c1", identity);
    expect(openIdentity(one, "c1", box)).toEqual(identity);
    expect(() => openIdentity(one, "c2", box)).toThrow("invalid tag");
  });
});

describe("BOX_KEYS", () => {
  it("is refused with every fault named and no key quoted", () => {
    expect(() => parseBoxKeys("{")).toThrow("not a JSON object");
    expect(() => parseBoxKeys("[]")).toThrow("not a JSON object");
    expect(() => parseBoxKeys("{}")).toThrow("holds no key");
    const faulty = JSON.stringify({ a: key(1), 2: "c2hvcnQ", 3: toBase64Url(new Uint8Array(33)) });
    expect(() => parseBoxKeys(faulty)).toThrow(/"a".*"2".*"3"/);
    expect(() => parseBoxKeys(faulty)).not.toThrow(/c2hvcnQ/);
  });
});
