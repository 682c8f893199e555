import type { Result } from "../../../../kernel/result.ts";

/** How an address is judged: `own` is the register's host, and `loopback` a laptop's switch, never set where anybody else can register an address. */
export interface AddressTerms {
  own: string;
  loopback: boolean;
}

const MAX_LENGTH = 2_048;
const PORTS = ["", "8443"];
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const TOP_LEVEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** Names nobody outside a network has (RFC 2606, 6761, 6762, 7686, 8375, 9476, and what networks use without asking), by their last labels. */
const RESERVED = new Set([
  "localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan", "domain", "host", "test", "example", "invalid", "onion", "alt", "arpa", "i2p", "bit", "consul",
]);

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What can be wrong with an address, and what is said of it: the pages say it in their own languages. */
const FAULTS = {
  "too-long": `must have at most ${MAX_LENGTH} characters`,
  "characters": "must not have spaces, backslashes or control characters",
  "unreadable": "must be an absolute address such as https://example.co.ke/webhooks",
  "not-https": "must begin with https://",
  "credentials": "must not have credentials",
  "fragment": "must not have a fragment",
  "port": "must use port 443 or 8443",
  "number": "must name a host, not a number",
  "trailing-dot": "must not end the host with a dot",
  "no-name": "must name a host of the public DNS",
  "private": "must not name a host that only a private network knows",
  "own": "must not be the register's own",
} as const;
export type AddressFault = keyof typeof FAULTS;

const refuse = (fault: AddressFault) => ({ ok: false, fault, detail: FAULTS[fault] }) as const;

/**
 * The address webhooks go to, in its one spelling; else what is wrong with it. Only a name of the public DNS over https is one: a number is refused in
 * whatever notation, after the URL standard has read it, so that what is judged is what is connected to. What a name resolves to is not looked at here: the
 * platform's own network lets nothing but public addresses be reached, and no redirect is followed.
 */
export function readAddress(text: string, { own, loopback }: AddressTerms): Result<{ url: string }, { fault: AddressFault; detail: string }> {
  if (text.length > MAX_LENGTH) return refuse("too-long");
  if (/[\s\\]/.test(text) || !text.isWellFormed() || /\p{Cc}/u.test(text)) return refuse("characters");
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return refuse("unreadable");
  const fault = partsFault(url, text) ?? (loopback && LOOPBACK.has(url.hostname) ? null : hostFault(url, own));
  return fault ? refuse(fault) : { ok: true, url: url.href };
}

function partsFault({ username, password, hash, protocol }: URL, text: string): AddressFault | null {
  if (protocol !== "https:" && protocol !== "http:") return "not-https";
  if (username || password || /^[a-z]+:\/\/[^/?#]*@/i.test(text)) return "credentials";
  return hash || text.includes("#") ? "fragment" : null;
}

function hostFault({ protocol, port, hostname }: URL, own: string): AddressFault | null {
  if (protocol !== "https:") return "not-https";
  if (!PORTS.includes(port)) return "port";
  if (hostname.startsWith("[") || /^[\d.]+$/.test(hostname)) return "number";
  if (hostname.endsWith(".")) return "trailing-dot";
  const labels = hostname.split(".");
  if (labels.length < 2 || hostname.length > 253 || !labels.every((label) => LABEL.test(label)) || !TOP_LEVEL.test(labels.at(-1)!)) return "no-name";
  if (RESERVED.has(labels.at(-1)!)) return "private";
  return hostname === own || hostname.endsWith(`.${own}`) ? "own" : null;
}
