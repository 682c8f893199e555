import { Secret } from "otpauth";
import { describe, expect, it } from "vitest";
import { openSecret, sealSecret } from "../../../src/domains/authentication/factors/sealed.ts";
import { newTotpSecret, stepOf, totpUri } from "../../../src/domains/authentication/factors/totp.ts";
import { recoveryHash } from "../../../src/domains/authentication/factors/recovery.ts";
import { openHash } from "../../../src/domains/authentication/passwords/sealed.ts";
import { SECOND } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";

const SECRET = Secret.fromLatin1("12345678901234567890").base32;

describe("a time-based code", () => {
  // RFC 6238, appendix B, SHA-1: ours are the last six of its eight digits.
  it.each([
    [59, "94287082"], [1_111_111_109, "07081804"], [1_111_111_111, "14050471"], [1_234_567_890, "89005924"], [2_000_000_000, "69279037"], [20_000_000_000, "65353130"],
  ])("is the one of RFC 6238 at %d s", (seconds, digits) => {
    expect(stepOf(SECRET, digits.slice(2), seconds * SECOND)).toBe(Math.floor(seconds / 30));
  });

  it("is good a step before and after its own, and no further", () => {
    const at = (steps: number) => stepOf(SECRET, "287082", (59 + 30 * steps) * SECOND);
    expect([-2, -1, 0, 1, 2].map(at)).toEqual([null, 1, 1, 1, null]);
  });

  it.each(["", "28708", "2870820", "94287082", "abcdef", "२८७०८२", "28708\u0000", "-28708"])("is nothing else: %j", (code) => expect(stepOf(SECRET, code, 59 * SECOND)).toBeNull());
});

it("a secret has 160 bits, and its address says what it is", () => {
  const secret = newTotpSecret(random);
  expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
  expect(secret).not.toBe(newTotpSecret(random));
  const uri = new URL(totpUri(secret, "+254 7** *** 678"));
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(["otpauth:", "totp", "/NSER:+254 7** *** 678"]);
  expect(Object.fromEntries(uri.searchParams)).toEqual({ issuer: "NSER", secret, algorithm: "SHA1", digits: "6", period: "30" });
});

it("a secret opens for its own account alone, under whatever key", () => {
  const key = random(32);
  const sealed = sealSecret(key, SECRET, "amina", random);
  expect(openSecret(key, sealed, "amina")).toBe(SECRET);
  expect(() => openSecret(key, sealed, "barasa")).toThrow("tag");
  expect(() => openHash(key, sealed, "amina")).toThrow("tag");
});

it("a recovery code is read as people write it", () => {
  const hash = recoveryHash("0123-4567-89AB-CDEF");
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const typed of ["o123 4567 89ab cdef", " O I23-4567-89ABCDEF ", "0l23456789abcdef"]) expect(recoveryHash(typed)).toBe(hash);
  for (const other of ["", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEU", "0123-4567-89AB-CDEFG", "x".repeat(4_096)]) expect(recoveryHash(other)).toBeNull();
});
