import { EncryptJWT } from "jose";
import { describe, expect, it } from "vitest";
import { Grants } from "../../../src/domains/authentication/index.ts";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";

const KEY = new Uint8Array(32).fill(3);
const GRANT = { phone: new Uint8Array(16).fill(9), maskedPhone: "+254 7•• ••• 678", personId: "a person" };

describe("a grant", () => {
  it("gives back what it was issued for, for fifteen minutes", async () => {
    let now = 1_800_000_000_500;
    const grants = new Grants(KEY, () => now, random);
    const text = await grants.issue(GRANT);
    const visit = { id: expect.stringMatching(/^[\w-]{22}$/), provenAt: 1_800_000_000_000, endsAt: 1_800_000_900_000 };
    expect(await grants.read(text)).toEqual({ ...GRANT, visit, byCode: true });
    now += 15 * MINUTE - 1_000;
    expect(await grants.read(text)).toEqual({ ...GRANT, visit, byCode: true });
    now += 1_000;
    expect(await grants.read(text)).toBeNull();
  });

  it("of somebody who is signed in is as old as their last factor, no proof by a code, and lives as long", async () => {
    const now = 1_800_000_600_000;
    const grants = new Grants(KEY, () => now, random);
    const visit = { id: expect.any(String), provenAt: 1_800_000_000_000, endsAt: now + 15 * MINUTE };
    expect(await grants.read(await grants.issue(GRANT, 1_800_000_000_000))).toEqual({ ...GRANT, visit, byCode: false });
  });

  it("shows nothing to whoever carries it", async () => {
    const text = await new Grants(KEY, Date.now, random).issue(GRANT);
    const open = text.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1")).join();
    expect(open).not.toContain("678");
    expect(open).not.toContain("CQkJ");
  });

  it("is refused when altered, foreign, for another audience, in the clear, or no grant at all", async () => {
    const grants = new Grants(KEY, Date.now, random);
    const text = await grants.issue(GRANT);
    const altered = text.slice(0, -2) + (text.endsWith("AA") ? "BB" : "AA");
    const foreign = await new Grants(new Uint8Array(32).fill(4), Date.now, random).issue(GRANT);
    const otherAudience = await new EncryptJWT({ p: "AA", phone: "x" })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" }).setAudience("staff").setExpirationTime("5m").encrypt(KEY);
    const unsecured = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"aud":"citizen"}').toString("base64url")}.`;
    for (const bad of [altered, foreign, otherAudience, unsecured, "", "a.b.c", "a.b.c.d.e", "x".repeat(4_000)]) {
      expect(await grants.read(bad)).toBeNull();
    }
  });
});
