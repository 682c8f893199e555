import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWithin, readNetwork } from "../../src/check/networks.ts";

/** An address as its number, the way the book has it and not the code: the naive model. */
interface Address {
  text: string;
  value: bigint;
  width: 32 | 128;
}

const ipv4 = (value: bigint): Address => {
  const octets = [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n);
  return { text: octets.join("."), value, width: 32 };
};
const groupsOf = (value: bigint): string[] =>
  Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - at * 16)) & 0xffffn).toString(16));
/** With the longest run of zero groups left out, as RFC 5952 has it, or in full. */
const ipv6 = (value: bigint, short: boolean): Address => {
  const full = groupsOf(value).join(":");
  const run = [...full.matchAll(/(?<=^|:)0(?::0)+(?=:|$)/g)].toSorted((a, b) => b[0].length - a[0].length)[0];
  if (!short || !run) return { text: full, value, width: 128 };
  const before = full.slice(0, run.index).replace(/:$/, "");
  const after = full.slice(run.index + run[0].length).replace(/^:/, "");
  return { text: `${before}::${after}`, value, width: 128 };
};

const address = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map(ipv4),
  fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.boolean())
    .map(([one, mask, short]) => ipv6(one & mask & (mask << 7n) & (2n ** 128n - 1n), short)),
);

/** The block of an address's first bits. */
function blockOf({ value, width }: Address, bits: number): string {
  const first = (value >> BigInt(width - bits)) << BigInt(width - bits);
  return `${(width === 32 ? ipv4(first) : ipv6(first, false)).text}/${bits}`;
}

const within = (block: string, text: string | null): boolean => isWithin([readNetwork(block)!], text);

describe("a block of addresses", () => {
  it("holds what agrees with it in its first bits, however long it is, and nothing else", () => {
    fc.assert(fc.property(address, fc.nat(128), fc.nat(127), (one, length, flipped) => {
      const bits = length % (one.width + 1);
      const block = blockOf(one, bits);
      expect(within(block, one.text), `${one.text} in ${block}`).toBe(true);
      const at = flipped % one.width;
      const value = one.value ^ (1n << BigInt(one.width - 1 - at));
      const other = one.width === 32 ? ipv4(value) : ipv6(value, true);
      expect(within(block, other.text), `${other.text} in ${block}`).toBe(at >= bits);
    }), { numRuns: 2_000 });
  });

  it("holds nothing of the other family, but an IPv4 address as IPv6 writes it", () => {
    expect(within("0.0.0.0/0", "::1")).toBe(false);
    expect(within("::/0", "192.0.2.1")).toBe(false);
    expect([within("192.0.2.0/24", "::ffff:192.0.2.7"), within("192.0.2.0/24", "::FFFF:192.0.3.7")]).toEqual([true, false]);
  });

  it("holds no address that is not known or cannot be one", () => {
    for (const text of [null, "", "192.0.2", "192.0.2.1.1", "192.0.2.256", "192.0.2.01", "1e1.0.0.0", " 192.0.2.1", "192.0.2.1:80", "fe80::1%eth0", "::1::", ":::", "1:2:3", "12345::", "g::"]) {
      expect([within("0.0.0.0/0", text), within("::/0", text)], String(text)).toEqual([false, false]);
    }
  });

  it.each([
    "192.0.2.1", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/08", "192.0.2.0/", "/24", "192.0.2.0/24/24", "192.0.2.1/24", "0.0.0.1/0", "10.0.0.0/8 ",
    "2001:db8::/129", "2001:db8::1/64", "2001:db8::1::/64", "1:2:3:4:5:6:7/64", "1:2:3:4:5:6:7:8::/128", "*", "",
  ])("is not %j", (text) => expect(readNetwork(text)).toBeNull());

  it.each(["0.0.0.0/0", "10.0.0.0/8", "192.0.2.1/32", "::/0", "2001:DB8::/32", "::1/128", "1:2:3:4:5:6:7:8/128", "1:2:3:4:5:6:7::/112"])(
    "may be %j", (text) => expect(readNetwork(text)).not.toBeNull());
});
