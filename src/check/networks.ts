import { toHex } from "../kernel/bytes.ts";

/** A block of addresses: all that begin with these bits. */
export interface Network {
  /** The block's first address: 4 bytes, or 16. */
  first: Uint8Array;
  bits: number;
}

/** An IPv4 address as IPv6 writes it, `::ffff:192.0.2.1` (RFC 4291 §2.5.5.2), is the IPv4 address. */
const MAPPED = /^::ffff:(?=\d+\.)/i;
const CIDR = /^([^/]+)\/(0|[1-9]\d{0,2})$/;
const OCTET = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

function readIpv4(text: string): Uint8Array | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => OCTET.test(part) && Number(part) <= 255)) return null;
  return Uint8Array.from(parts, Number);
}

function readIpv6(text: string): Uint8Array | null {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2 || !halves.flat().every((group) => GROUP.test(group))) return null;
  const [head = [], tail = []] = halves;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

/** An address's bytes, 4 or 16; null for any other text. */
function readAddress(text: string): Uint8Array | null {
  const plain = text.replace(MAPPED, "");
  return plain.includes(":") ? readIpv6(plain) : readIpv4(plain);
}

/** Whether two addresses of one length agree in their first bits. */
function agree(one: Uint8Array, other: Uint8Array, bits: number): boolean {
  for (let at = 0; at < bits; at += 8) {
    const unequal = one[at >> 3]! ^ other[at >> 3]!;
    if (unequal >> Math.max(0, 8 - (bits - at)) !== 0) return false;
  }
  return true;
}

/**
 * Reads a block as `192.0.2.0/24` or `2001:db8::/32` (RFC 4632, RFC 4291 §2.3). Null for anything else, also for a block
 * with bits set beyond its length: whoever wrote that meant another one.
 */
export function readNetwork(text: string): Network | null {
  const [, address, length] = CIDR.exec(text) ?? [];
  const first = address === undefined ? null : readAddress(address);
  const bits = Number(length);
  if (!first || bits > first.length * 8) return null;
  const beyond = first.some((byte, at) => (byte & (0xff >> Math.min(8, Math.max(0, bits - at * 8)))) !== 0);
  return beyond ? null : { first, bits };
}

/** Whether an address is in one of the blocks. One that cannot be read, or is not known, is in none. */
export function isWithin(networks: readonly Network[], text: string | null): boolean {
  const address = text === null ? null : readAddress(text);
  if (!address) return false;
  return networks.some(({ first, bits }) => first.length === address.length && agree(first, address, bits));
}

/**
 * Whom an address is counted as: IPv4 by itself, IPv6 by its /64, which is one subscriber's. In hexadecimal; null for any
 * other text.
 */
export function subscriberOf(text: string): string | null {
  const address = readAddress(text);
  return address && toHex(address.subarray(0, 8));
}

/** The block an address is in, as coarse as it says whose network it is and not whose device: IPv4 /24, IPv6 /48. Null for any other text. */
export function blockOf(text: string): string | null {
  const address = readAddress(text);
  if (!address) return null;
  if (address.length === 4) return `${address.subarray(0, 3).join(".")}.0/24`;
  const groups = [0, 2, 4].map((at) => ((address[at]! << 8) | address[at + 1]!).toString(16));
  return `${groups.join(":")}::/48`;
}

/** A block of a row or a configuration. Throws RangeError on anything else: a key must not be good from anywhere by mistake. */
export function networkOf(text: string): Network {
  const network = readNetwork(text);
  if (!network) throw new RangeError("a network cannot be read");
  return network;
}
