import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import * as verbs from "../../src/domains/authentication/sessions/index.ts";
import { proveAgain } from "../../src/domains/authentication/sessions/store.ts";
import { accessList, type CitizenVaultParts, overview } from "../../src/domains/users/vault/citizen.ts";
import type { VaultApi } from "../../src/domains/users/vault/rpc.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { DAY, MINUTE } from "../../src/kernel/clock.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { openOffice } from "../../src/office/database.ts";
import { fakeTokenizer } from "../support/api.ts";
import { holders } from "../support/holders.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const START = Date.UTC(2026, 10, 4, 11, 30);
const { world, parts, grants, account, signIn } = holders(() => test.office, START);

const ELSEWHERE = { ok: false, refusal: "phone-elsewhere" };
const UNPROVEN = { ok: false, refusal: "phone-unproven" };

/** Vaults as citizens' verbs reach them. */
const vaults = (): CitizenVaultParts => ({
  register: { holderOf: async () => world.held?.personId ?? null, operatorNames: async () => ({}), tokenHoldings: async () => ({ askedSince: null, holdings: [] }), watchHoldings: async () => {} },
  vault: (personId) => new Proxy({} as VaultApi, { get: () => async () => ({ ok: true, overview: { personId }, checks: [], reads: [] }) }),
  grants, clock: () => world.now,
});

async function citizen(changes: Parameters<typeof account>[0] = {}, phoneProvenAt: number | null = START) {
  const someone = await account({ phone: "+254712345678", ...changes }, undefined, phoneProvenAt);
  return { ...someone, ...(await signIn(someone.userId)) };
}

async function granted(visitor: unknown): Promise<string> {
  const answer = await verbs.grant(parts(), visitor);
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.grant;
}

beforeEach(async () => {
  Object.assign(world, { now: START, held: { personId: "amina", since: START - DAY } });
  await test.office.primary.update(users).set({ phoneKey: null });
});

describe("who is signed in", () => {
  it("is given a grant for the phone they proved: whose it is now, as old as their last factor", async () => {
    const { visitor, sessionId } = await citizen();
    world.now = START + 3 * MINUTE;
    const [{ p }] = (await fakeTokenizer.evaluate([{ kind: "msisdn", value: "+254712345678" }])) as unknown as [{ p: Uint8Array }];
    expect(await grants.read(await granted(visitor))).toMatchObject({ phone: p, maskedPhone: "+254 7•• ••• 678", personId: "amina", visit: { provenAt: START } });
    await proveAgain(test.office.primary, sessionId, world.now);
    expect(await grants.read(await granted(visitor))).toMatchObject({ visit: { provenAt: world.now } });
  });

  it("sees their vault with it, and who asked about them only while the factor is fresh", async () => {
    const { visitor, sessionId } = await citizen();
    expect(await accessList(vaults(), await granted(visitor))).toMatchObject({ ok: true });
    world.now = START + 5 * MINUTE;
    expect(await overview(vaults(), await granted(visitor))).toMatchObject({ ok: true, overview: { personId: "amina" } });
    expect(await accessList(vaults(), await granted(visitor))).toEqual({ ok: false, refusal: "code-too-old", field: null });
    await proveAgain(test.office.primary, sessionId, world.now);
    expect(await accessList(vaults(), await granted(visitor))).toMatchObject({ ok: true });
  });

  it("is given one that says the phone is nobody's, where it is", async () => {
    const { visitor } = await citizen();
    world.held = null;
    expect(await overview(vaults(), await granted(visitor))).toEqual({ ok: false, refusal: "nothing-kept", field: null });
  });

  it("is given none once the session is over", async () => {
    const { visitor } = await citizen();
    await verbs.endAll(parts(), visitor);
    expect(await verbs.grant(parts(), visitor)).toEqual({ ok: false, refusal: "signed-out" });
  });

  it("is given none while the office does not answer", async () => {
    const { visitor } = await citizen();
    const away = openOffice({ url: "http://127.0.0.1:9", token: "" });
    await expect(verbs.grant({ ...parts(), office: away }, visitor)).rejects.toThrow("Failed query");
  });
});

describe("a phone opens nothing", () => {
  it("that its holder never proved, that the account has none of, or that is not the one it signs in with any more", async () => {
    const [unproven, none, moved] = [await citizen({}, null), await citizen({ phone: null }), await citizen({ phone: "+254733000111" })];
    await test.office.primary.update(users).set({ phoneKey: null }).where(eq(users.id, moved.userId));
    for (const { visitor } of [unproven, none, moved]) expect(await verbs.grant(parts(), visitor)).toEqual(UNPROVEN);
  });

  it("that somebody proved to the register after the account did: it may have a new owner", async () => {
    const { visitor } = await citizen();
    world.held = { personId: "barasa", since: START + 1 };
    expect(await verbs.grant(parts(), visitor)).toEqual(ELSEWHERE);
    world.held = { personId: "amina", since: START };
    expect((await verbs.grant(parts(), visitor)).ok).toBe(true);
  });

  it("that became another's while the grant was on its way", async () => {
    const { visitor } = await citizen();
    const grant = await granted(visitor);
    world.held = { personId: "barasa", since: START + 1 };
    expect(await overview(vaults(), grant)).toEqual({ ok: false, refusal: "grant-invalid", field: null });
  });
});

describe("a phone that is proven anew, by a code its holder was sent", () => {
  const [phone, other] = [{ kind: "msisdn", value: "+254712345678" }, { kind: "msisdn", value: "+254733000111" }] as const;
  const byCode = async (which: typeof phone | typeof other) => {
    const [{ p }] = (await fakeTokenizer.evaluate([which])) as unknown as [{ p: Uint8Array }];
    return grants.issue({ phone: p, maskedPhone: "", personId: "barasa" });
  };
  const provenAt = async (userId: string) => (await test.office.primary.select().from(users).where(eq(users.id, userId)).get())!.phoneProvenAt;

  it("opens the vault of whoever has it since", async () => {
    const { userId, visitor } = await citizen();
    world.now = START + 2 * MINUTE + 700;
    world.held = { personId: "barasa", since: world.now - 100 };
    expect(await verbs.grant(parts(), visitor)).toEqual(ELSEWHERE);
    expect(await verbs.phoneProven(parts(), { visitor, grant: await byCode(phone) })).toEqual({ ok: true });
    expect(await provenAt(userId)).toBe(START + 2 * MINUTE + 999);
    expect(await grants.read(await granted(visitor))).toMatchObject({ personId: "barasa", byCode: false });
    const proofs = await test.office.primary.select().from(auditEntries).where(and(eq(auditEntries.actorId, userId), eq(auditEntries.action, "user.phone-proven")));
    expect(proofs).toMatchObject([{ resource: `user/${userId}`, payload: "{}" }]);
  });

  it("is one's own by no code to another phone, no grant a session gave, an old one, or what is none", async () => {
    const { userId, visitor } = await citizen();
    const [own, code] = [await granted(visitor), await byCode(phone)];
    world.now = START + 2 * MINUTE;
    for (const grant of [await byCode(other), own, `${code.slice(0, -4)}AAAA`, "", null, 7]) {
      expect(await verbs.phoneProven(parts(), { visitor, grant })).toEqual({ ok: false, refusal: "unknown" });
    }
    await test.office.primary.update(users).set({ phoneProvenAt: START + MINUTE }).where(eq(users.id, userId));
    expect(await verbs.phoneProven(parts(), { visitor, grant: code })).toEqual({ ok: true });
    expect(await provenAt(userId)).toBe(START + MINUTE);
    expect(await verbs.phoneProven(parts(), { visitor: { ...visitor, session: null }, grant: await byCode(phone) })).toEqual({ ok: false, refusal: "signed-out" });
  });

  it("twice at once is noted once", async () => {
    const { userId, visitor } = await citizen();
    world.now = START + 2 * MINUTE;
    const grant = await byCode(phone);
    const answers = await Promise.all([1, 2, 3].map(() => verbs.phoneProven(parts(), { visitor, grant })));
    expect(answers.some(({ ok }) => ok)).toBe(true);
    expect(await test.office.primary.select().from(users).where(eq(users.id, userId)).get()).toMatchObject({ phoneProvenAt: world.now + 999, version: 2 });
  });
});
