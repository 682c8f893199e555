import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import * as verbs from "../../src/domains/authentication/sessions/index.ts";
import { proveAgain } from "../../src/domains/authentication/sessions/store.ts";
import { devices, sessions } from "../../src/domains/authentication/sessions/tables.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { ABROAD, holders } from "../support/holders.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const START = Date.UTC(2026, 10, 4, 11, 30);
const { world, parts, account, signIn } = holders(() => test.office, START);

type Visitor = Awaited<ReturnType<typeof signIn>>["visitor"];

const UNKNOWN = { ok: false, refusal: "unknown" };

const stands = async (visitor: unknown): Promise<boolean> => (await verbs.list(parts(), visitor)).ok;
const audited = (userId: string, action: string) =>
  test.office.primary.select().from(auditEntries).where(and(eq(auditEntries.actorId, userId), eq(auditEntries.action, action))).all();
const devicesOf = async (visitor: Visitor) => {
  const answer = await verbs.devices(parts(), visitor);
  return answer.ok ? answer.devices : [];
};

async function pair() {
  world.now = START;
  const { userId } = await account();
  const one = await signIn(userId);
  world.now += MINUTE;
  return { userId, one, two: await signIn(userId, { origin: ABROAD }) };
}

describe("a device", () => {
  it("is listed: which is this, how often it was used, and what was said of it", async () => {
    const { userId, one, two } = await pair();
    await signIn(userId, { device: one.visitor.device });
    expect(new Map((await devicesOf(two.visitor)).map(({ id, isThis, signIns, isTrusted, isBlocked }) => [id, { isThis, signIns, isTrusted, isBlocked }]))).toEqual(new Map([
      [one.deviceId, { isThis: false, signIns: 2, isTrusted: false, isBlocked: false }],
      [two.deviceId, { isThis: true, signIns: 1, isTrusted: false, isBlocked: false }],
    ]));
  });

  it("is trusted and distrusted with a fresh proof alone", async () => {
    const { userId, one } = await pair();
    const request = { visitor: one.visitor, id: one.deviceId };
    world.now = START + 5 * MINUTE;
    for (const verb of [verbs.trust, verbs.distrust, verbs.unblock, verbs.forget]) expect(await verb(parts(), request)).toEqual({ ok: false, refusal: "proof-due" });
    await proveAgain(test.office.primary, one.sessionId, world.now);
    expect(await verbs.trust(parts(), request)).toEqual({ ok: true });
    expect((await devicesOf(one.visitor)).find(({ isThis }) => isThis)).toMatchObject({ isTrusted: true });
    expect(await verbs.trust(parts(), request)).toEqual({ ok: true });
    expect(await audited(userId, "device.trusted")).toHaveLength(1);
    expect(await verbs.distrust(parts(), request)).toEqual({ ok: true });
    expect((await devicesOf(one.visitor)).find(({ isThis }) => isThis)).toMatchObject({ isTrusted: false });
  });

  it("is blocked without one, its sessions end in the same moment, and it is let in again with one", async () => {
    const { userId, one, two } = await pair();
    await verbs.trust(parts(), { visitor: one.visitor, id: two.deviceId });
    world.now = START + 6 * MINUTE;
    const request = { visitor: one.visitor, id: two.deviceId };
    expect(await verbs.block(parts(), request)).toEqual({ ok: true });
    expect(await stands(two.visitor)).toBe(false);
    expect((await devicesOf(one.visitor)).find(({ id }) => id === two.deviceId)).toMatchObject({ isBlocked: true, isTrusted: false });
    expect(await audited(userId, "device.blocked")).toMatchObject([{ payload: JSON.stringify({ deviceId: two.deviceId }) }]);
    const row = await test.office.primary.select().from(sessions).where(eq(sessions.id, two.sessionId)).get();
    expect(row).toMatchObject({ ending: "device-blocked", endedAt: world.now });
    await proveAgain(test.office.primary, one.sessionId, world.now);
    expect(await verbs.trust(parts(), request)).toEqual({ ok: false, refusal: "device-blocked" });
    expect(await verbs.unblock(parts(), request)).toEqual({ ok: true });
    expect((await devicesOf(one.visitor)).find(({ id }) => id === two.deviceId)).toMatchObject({ isBlocked: false });
    expect(await stands(two.visitor)).toBe(false);
  });

  it("that one sits at is neither blocked nor forgotten", async () => {
    const { one } = await pair();
    const request = { visitor: one.visitor, id: one.deviceId };
    for (const verb of [verbs.block, verbs.forget]) expect(await verb(parts(), request)).toEqual({ ok: false, refusal: "this-device" });
    expect(await stands(one.visitor)).toBe(true);
  });

  it("opens no session that was begun while it was being blocked", async () => {
    const { userId, one, two } = await pair();
    await verbs.block(parts(), { visitor: one.visitor, id: two.deviceId });
    const late = await signIn(userId, { device: two.visitor.device });
    expect(late.deviceId).toBe(two.deviceId);
    expect(await stands(late.visitor)).toBe(false);
  });

  it("is forgotten: its sessions end, it is listed no more, and its cookie begins a new one", async () => {
    const { userId, one, two } = await pair();
    expect(await verbs.forget(parts(), { visitor: one.visitor, id: two.deviceId })).toEqual({ ok: true });
    expect(await stands(two.visitor)).toBe(false);
    expect((await devicesOf(one.visitor)).map(({ id }) => id)).toEqual([one.deviceId]);
    expect(await verbs.forget(parts(), { visitor: one.visitor, id: two.deviceId })).toEqual(UNKNOWN);
    expect((await signIn(userId, { device: two.visitor.device })).deviceId).not.toBe(two.deviceId);
  });

  it("changed by two at once is changed as one of them said", async () => {
    const { one, two } = await pair();
    const request = { visitor: one.visitor, id: two.deviceId };
    const [trusted, blocked] = await Promise.all([verbs.trust(parts(), request), verbs.block(parts(), request)]);
    const row = (await test.office.primary.select().from(devices).where(eq(devices.id, two.deviceId)).get())!;
    expect(row.trustedAt !== null && row.blockedAt !== null).toBe(false);
    expect([trusted, blocked].filter(({ ok }) => ok)).not.toEqual([]);
  });
});
