import { describe, expect, it } from "vitest";
import { askedWait, breakerOf, excerptOf, outcomeOf, waitAfter } from "../../../../src/domains/operators/feed/endpoints/rules.ts";
import { signedHeaders } from "../../../../src/domains/operators/feed/endpoints/sign.ts";
import { HOUR, SECOND } from "../../../../src/kernel/clock.ts";

describe("waiting after a failure", () => {
  it("doubles from two seconds to 256, and is a quarter of an hour from the ninth on", () =>
    expect(Array.from({ length: 11 }, (_, n) => waitAfter(n + 1, 0, 0.5) / SECOND)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 900, 900, 900]));

  it("is a fifth more or less by chance, and as long as was asked for, up to an hour", () => {
    expect([waitAfter(1, 0, 0), waitAfter(1, 0, 1)]).toEqual([1_600, 2_400]);
    expect([waitAfter(1, 30 * SECOND, 0.5), waitAfter(8, SECOND, 0.5), waitAfter(1, 10 * HOUR, 0.5)]).toEqual([30 * SECOND, 256 * SECOND, HOUR]);
  });

  it.each([["120", 120_000], ["0", 0], [" 7 ", 7_000], ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000], ["Wed, 31 Dec 2025 00:00:00 GMT", 0], ["-5", 0], ["soon", 0], ["1e9", 0], ["", 0], [null, 0]])(
    "Retry-After: %s", (header, ms) => expect(askedWait(header, Date.UTC(2026, 0, 1))).toBe(ms));
});

describe("an answer", () => {
  it.each([[200, "received"], [204, "received"], [299, "received"], [301, "redirected"], [304, "redirected"], [307, "redirected"], [400, "refused"], [401, "refused"], [410, "gone"], [429, "throttled"], [500, "refused"], [100, "refused"]] as const)(
    "of %i is %s", (status, outcome) => expect(outcomeOf(status)).toBe(outcome));

  it("is kept as a line of printable ASCII, cut short", () => {
    expect(excerptOf("  a\u0000\u001b[31mb\r\nc \u202e🎰<script>d")).toBe("a [31mb c <script>d");
    expect(excerptOf("x".repeat(999))).toHaveLength(200);
  });

  it("leaves the breaker closed, open, or trying again", () =>
    expect([[0, null], [3, 20], [3, 10], [3, null]].map(([failures, nextAt]) => breakerOf({ failures: failures!, nextAt: nextAt! }, 10))).toEqual(["closed", "open", "half-open", "half-open"]));
});

describe("a signature", () => {
  // The example that the Standard Webhooks specification and its libraries test with.
  const [secret, id, at, body] = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000, '{"test": 2432232314}'] as const;

  it("is the specification's", () =>
    expect(signedHeaders([secret], id, at, body)).toEqual({
      "content-type": "application/json", "webhook-id": id, "webhook-timestamp": "1614265330", "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }));

  it("is one by each secret, between spaces", () => expect(signedHeaders([secret, secret], id, at, body)["webhook-signature"]!.split(" ")).toHaveLength(2));
});
