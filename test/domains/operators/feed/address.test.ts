import { describe, expect, it } from "vitest";
import { readAddress } from "../../../../src/domains/operators/feed/endpoints/address.ts";

const TERMS = { own: "nser.example.go.ke", loopback: false };
const detail = (text: string, terms = TERMS) => {
  const read = readAddress(text, terms);
  return read.ok ? null : read.detail;
};

/** Every one is refused; each line is a family of tricks. */
const REFUSED: Record<string, readonly string[]> = {
  "not https": ["http://example.co.ke/", "ftp://example.co.ke/", "file:///etc/passwd", "javascript:alert(1)", "data:text/plain,x", "gopher://example.co.ke/", "ws://example.co.ke/", "//example.co.ke/", "example.co.ke", "/hook", ""],
  "another port": ["https://example.co.ke:80/", "https://example.co.ke:22/", "https://example.co.ke:8080/", "https://example.co.ke:444/", "https://example.co.ke:65536/", "https://example.co.ke:0/", "https://example.co.ke:-1/"],
  "an IPv4 address": ["https://127.0.0.1/", "https://10.0.0.1/", "https://192.168.1.1/", "https://172.16.0.1/", "https://169.254.169.254/latest/meta-data/", "https://0.0.0.0/", "https://8.8.8.8/", "https://100.64.0.1/", "https://255.255.255.255/"],
  "the same as a number, in octal, in hexadecimal, in short": [
    "https://2130706433/", "https://0177.0.0.1/", "https://0x7f.0.0.1/", "https://0x7f000001/", "https://127.1/", "https://127.0.1/", "https://0/", "https://017700000001/", "https://3232235777/", "https://127.0.0.1./",
  ],
  "an IPv6 address": ["https://[::1]/", "https://[::]/", "https://[fe80::1]/", "https://[fd00::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[2606:4700::1111]/", "https://[::1%25eth0]/"],
  "digits and dots of other alphabets": ["https://１２７.０.０.１/", "https://127。0。0。1/", "https://①②⑦.⓪.⓪.①/", "https://ⓛocalhost/", "https://ｌｏｃａｌｈｏｓｔ/", "https://localho\u017ft/", "https://local\u00adhost/"],
  "credentials": ["https://user@example.co.ke/", "https://user:secret@example.co.ke/", "https://@example.co.ke/", "https://example.co.ke@127.0.0.1/", "https://127.0.0.1@example.co.ke/", "https://:@example.co.ke/"],
  "what parsers disagree about": [
    "https://example.co.ke\\@127.0.0.1/", "https:\\\\127.0.0.1\\", "https://exam ple.co.ke/", "https://example.co.ke\t.internal/", "https://example.co.ke\n/", "https://example.co.ke/#hook", "https://example.co.ke#@127.0.0.1/", "https://example.co.ke/\u0000", "https://%31%32%37.0.0.1/", "https://\ud800.co.ke/",
  ],
  "a trailing dot": ["https://example.co.ke./", "https://localhost./", "https://metadata.google.internal./"],
  "a single label": ["https://shop/", "https://intranet/", "https://com/", "https://a/"],
  "a reserved name": [
    "https://localhost/", "https://x.localhost/", "https://printer.local/", "https://metadata.google.internal/", "https://svc.cluster.local/", "https://shop.test/", "https://shop.invalid/", "https://shop.example/", "https://abc.onion/",
    "https://router.lan/", "https://nas.home/", "https://fritz.home.arpa/", "https://1.0.0.127.in-addr.arpa/", "https://mail.corp/", "https://db.private/", "https://x.alt/", "https://LOCALHOST/", "https://x.Internal/",
  ],
  "no name of the DNS": ["https://-a.co.ke/", "https://a-.co.ke/", "https://a..co.ke/", "https://a_b.co.ke/", `https://${"a".repeat(64)}.co.ke/`, "https://example.123/", "https://example.co.k/", "https://.co.ke/", `https://${"a.".repeat(127)}co.ke/`],
  "our own": ["https://nser.example.go.ke/v1/checks", "https://www.nser.example.go.ke/", "https://NSER.example.go.ke:8443/"],
  "too long": [`https://example.co.ke/${"a".repeat(2_048)}`],
};

describe("an address", () => {
  for (const [what, some] of Object.entries(REFUSED)) {
    it.each(some)(`is refused for ${what}: %s`, (text) => {
      expect(detail(text)).toMatch(/^must /);
      if (what !== "our own" && what !== "too long") expect(detail(text, { ...TERMS, own: "elsewhere.go.ke" })).toMatch(/^must /);
    });
  }

  it.each([
    ["https://example.co.ke/nser", "https://example.co.ke/nser"],
    ["https://Example.CO.KE:443/nser?shop=1", "https://example.co.ke/nser?shop=1"],
    ["https://hooks.example.co.ke:8443/a/../b", "https://hooks.example.co.ke:8443/b"],
    ["https://mchezo.xn--p1ai/", "https://mchezo.xn--p1ai/"],
    ["https://bücher.example.com/", "https://xn--bcher-kva.example.com/"],
    ["https://notnser.example.go.ke/", "https://notnser.example.go.ke/"],
  ])("is taken in its one spelling: %s", (text, url) => expect(readAddress(text, TERMS)).toEqual({ ok: true, url }));

  it("may be this machine's own where the switch of a laptop is on, and nothing else private", () => {
    const laptop = { ...TERMS, loopback: true };
    for (const text of ["http://127.0.0.1:9000/0", "http://localhost:1/", "https://[::1]:9/", "http://2130706433:80/"]) expect(readAddress(text, laptop).ok).toBe(true);
    for (const text of ["http://10.0.0.1/", "http://169.254.169.254/", "http://example.co.ke/", "https://printer.local/", "http://u@localhost/", "http://127.0.0.2/"]) expect(detail(text, laptop)).toMatch(/^must /);
  });
});
