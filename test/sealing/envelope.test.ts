import { describe, expect, it } from "vitest";
import { sealIdentity } from "../../src/domains/users/index.ts";
import { openIdentity } from "../../src/domains/users/identity.ts";
import { fromUtf8, toBase64Url, utf8 } from "../../src/kernel/bytes.ts";
import { random } from "../../src/objects/shell.ts";
import { Envelope, keyIdOf, parseBoxKeys } from "../../src/sealing/envelope.ts";
import { openValue, type Place, sealValue } from "../../src/sealing/sealed.ts";

const key = (fill: number) => toBase64Url(new Uint8Array(32).fill(fill));
const envelope = (config: Record<string, string>) => new Envelope(parseBoxKeys(JSON.stringify(config)), random);

const HERE: Place = { table: "users", column: "dataKey", row: "1" };
const ELSEWHERE: Place[] = [{ ...HERE, table: "vault" }, { ...HERE, column: "sealedProfile" }, { ...HERE, row: "2" }];

describe("a box", () => {
  it("opens at its place with the same keys, and never looks the same twice", () => {
    const one = envelope({ 1: key(1) });
    const box = one.seal(utf8("secret"), HERE);
    expect(fromUtf8(one.open(box, HERE))).toBe("secret");
    expect(Buffer.from(box).toString("latin1")).not.toContain("secret");
    expect(one.seal(utf8("secret"), HERE)).not.toEqual(box);
    expect(one.open(one.seal(new Uint8Array(), HERE), HERE)).toEqual(new Uint8Array());
  });

  it("does not open elsewhere, under another key, or with any byte altered or missing", () => {
    const one = envelope({ 1: key(1) });
    const box = one.seal(utf8("secret"), HERE);
    for (const place of ELSEWHERE) expect(() => one.open(box, place)).toThrow("invalid tag");
    expect(() => envelope({ 1: key(2) }).open(box, HERE)).toThrow("invalid tag");
    for (let at = 0; at < box.length; at++) {
      const altered = box.with(at, box[at]! ^ 1);
      expect(() => one.open(altered, HERE), `byte ${at}`).toThrow(/./);
    }
    for (const length of [0, 1, 3, 40, box.length - 1]) expect(() => one.open(box.subarray(0, length), HERE)).toThrow(/./);
  });

  it("is sealed under the newest key, and opens under older ones as long as they are there", () => {
    const old = envelope({ 9: key(1) });
    const rotated = envelope({ 10: key(2), 9: key(1) });
    const boxes = [old, rotated].map((each) => each.seal(utf8("x"), HERE));
    for (const box of boxes) expect(fromUtf8(rotated.open(box, HERE))).toBe("x");
    const retired = envelope({ 10: key(2) });
    expect(fromUtf8(retired.open(boxes[1]!, HERE))).toBe("x");
    expect(() => retired.open(boxes[0]!, HERE)).toThrow('no box key "9"');
  });

  it("holds an identity for one command only", () => {
    const one = envelope({ 1: key(1) });
    const identity = { phone: "+254712345678", document: null, name: null, dateOfBirth: null, locale: "sw" as const, accepted: [{ text: "terms" as const, version: 1 }] };
    const box = sealIdentity(one, "c1", identity);
    expect(openIdentity(one, "c1", box)).toEqual(identity);
    expect(() => openIdentity(one, "c2", box)).toThrow("invalid tag");
  });
});

describe("a data key", () => {
  const [old, rotated, retired] = [envelope({ 1: key(1) }), envelope({ 1: key(1), 2: key(2) }), envelope({ 2: key(2) })];
  const { dataKey, wrapped } = old.newDataKey(HERE);

  it("is the same under the current key, and what was sealed under it opens as before", () => {
    const sealed = sealValue(dataKey, "secret", { ...HERE, column: "sealedProfile" }, random);
    const rewrapped = rotated.rewrap(wrapped, HERE)!;
    expect([keyIdOf(wrapped), keyIdOf(rewrapped)]).toEqual(["1", "2"]);
    expect(openValue(retired.unwrap(rewrapped, HERE), sealed, { ...HERE, column: "sealedProfile" })).toBe("secret");
  });

  it("is re-wrapped once", () => {
    expect(rotated.rewrap(rotated.rewrap(wrapped, HERE)!, HERE)).toBeNull();
    expect(old.rewrap(wrapped, HERE)).toBeNull();
  });

  it("that is moved, altered, cut or under a key that is gone is neither unwrapped nor re-wrapped", () => {
    for (const place of ELSEWHERE) {
      expect(() => old.unwrap(wrapped, place)).toThrow("invalid tag");
      expect(() => rotated.rewrap(wrapped, place)).toThrow("invalid tag");
    }
    expect(() => retired.rewrap(wrapped, HERE)).toThrow('no box key "1"');
    for (let at = 0; at < wrapped.length; at++) expect(() => rotated.rewrap(wrapped.with(at, wrapped[at]! ^ 4), HERE), `byte ${at}`).toThrow(/./);
    for (const length of [0, 1, 2, 3, 20, wrapped.length - 1]) expect(() => rotated.rewrap(wrapped.subarray(0, length), HERE), `${length}`).toThrow(/./);
  });

  it("of a version that was bound in another way is refused, and still says its key", () => {
    const earlier = wrapped.with(0, 1);
    expect(() => old.unwrap(earlier, HERE)).toThrow("not a data key of this version");
    expect(() => old.rewrap(earlier, HERE)).toThrow("not a data key of this version");
    expect(keyIdOf(earlier)).toBe("1");
    for (const none of [new Uint8Array(), Uint8Array.of(2, 0), Uint8Array.of(2, 1, 0x78), Uint8Array.of(2, 9)]) expect(keyIdOf(none)).toBeNull();
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
