import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import * as verbs from "../../src/domains/authentication/sessions/index.ts";
import { endSession } from "../../src/domains/authentication/sessions/store.ts";
import { roleAssignments, users } from "../../src/domains/users/accounts/tables.ts";
import { HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { ABROAD, holders, NAIROBI } from "../support/holders.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const START = Date.UTC(2026, 10, 4, 11, 30);
const { world, parts, account, signIn } = holders(() => test.office, START);

type Visitor = Awaited<ReturnType<typeof signIn>>["visitor"];

const SIGNED_OUT = { ok: false, refusal: "signed-out" };
const UNKNOWN = { ok: false, refusal: "unknown" };
const NOBODYS = "01890a5d-ac96-774b-bcce-b302099a8057";

/** Of every verb. */
const everywhere = (answer: object) => Array.from({ length: 15 }, () => answer);

/** What every verb answers; the ids are of what is whose. */
const every = (visitor: unknown, sessionId = NOBODYS, deviceId = NOBODYS) => Promise.all([
  verbs.account(parts(), visitor), verbs.list(parts(), visitor), verbs.end(parts(), { visitor, id: sessionId }), verbs.endOthers(parts(), visitor),
  verbs.endAll(parts(), visitor), verbs.devices(parts(), visitor), verbs.trust(parts(), { visitor, id: deviceId }), verbs.distrust(parts(), { visitor, id: deviceId }),
  verbs.block(parts(), { visitor, id: deviceId }), verbs.unblock(parts(), { visitor, id: deviceId }), verbs.forget(parts(), { visitor, id: deviceId }),
  verbs.history(parts(), { visitor, after: null }), verbs.activity(parts(), { visitor, after: null }), verbs.grant(parts(), visitor),
  verbs.phoneProven(parts(), { visitor, grant: "" }),
]);

const stands = async (visitor: unknown): Promise<boolean> => (await verbs.list(parts(), visitor)).ok;
const audited = (userId: string, action: string) =>
  test.office.primary.select().from(auditEntries).where(and(eq(auditEntries.actorId, userId), eq(auditEntries.action, action))).all();
const listed = async (visitor: Visitor) => {
  const answer = await verbs.list(parts(), visitor);
  return answer.ok ? answer.sessions : [];
};

async function pair() {
  world.now = START;
  const { userId } = await account();
  const one = await signIn(userId);
  world.now += MINUTE;
  return { userId, one, two: await signIn(userId, { origin: ABROAD }) };
}

describe("a session", () => {
  it("that stands is listed newest first: which is this, since when, with what and from where", async () => {
    const { one, two } = await pair();
    expect(await listed(one.visitor)).toEqual([
      { id: two.sessionId, isThis: false, stage: "full", createdAt: START + MINUTE, seenAt: START + MINUTE, agent: "Firefox on Windows", country: "UG", county: null },
      { id: one.sessionId, isThis: true, stage: "full", createdAt: START, seenAt: START + MINUTE, agent: "Chrome on Android", country: "KE", county: "047" },
    ]);
  });

  it("is ended one by one, and used no more from then on", async () => {
    const { userId, one, two } = await pair();
    expect(await verbs.end(parts(), { visitor: one.visitor, id: two.sessionId })).toEqual({ ok: true });
    expect(await every(two.visitor)).toEqual(everywhere(SIGNED_OUT));
    expect((await listed(one.visitor)).map(({ id }) => id)).toEqual([one.sessionId]);
    expect(await audited(userId, "session.ended")).toMatchObject([{ resource: `user/${userId}`, network: NAIROBI.network, payload: JSON.stringify({ sessionId: two.sessionId }) }]);
  });

  it("ended again, and twice at once, is ended once", async () => {
    const { userId, one, two } = await pair();
    const end = () => verbs.end(parts(), { visitor: one.visitor, id: two.sessionId });
    expect(await Promise.all([end(), end(), end()])).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(await end()).toEqual({ ok: true });
    expect(await audited(userId, "session.ended")).toHaveLength(1);
  });

  it("is ended with all others, and this one stays", async () => {
    const { userId, one, two } = await pair();
    const third = await signIn(userId);
    expect(await verbs.endOthers(parts(), one.visitor)).toEqual({ ok: true });
    expect(await Promise.all([one, two, third].map(({ visitor }) => stands(visitor)))).toEqual([true, false, false]);
    expect(await audited(userId, "session.others-ended")).toHaveLength(1);
  });

  it("is ended everywhere, here too, and nobody else's is", async () => {
    const { userId, one, two } = await pair();
    const stranger = await signIn((await account()).userId);
    expect(await verbs.endAll(parts(), two.visitor)).toEqual({ ok: true });
    expect(await Promise.all([one, two, stranger].map(({ visitor }) => stands(visitor)))).toEqual([false, false, true]);
    expect(await audited(userId, "session.all-ended")).toHaveLength(1);
  });

  it("that is between two factors sees and ends nothing, and is seen", async () => {
    const { userId, one } = await pair();
    for (const [stage, refusal] of [["second-factor", "second-factor-due"], ["enrolment", "enrolment-due"]] as const) {
      const halfway = await signIn(userId, { stage });
      expect(await every(halfway.visitor, one.sessionId, one.deviceId)).toEqual(everywhere({ ok: false, refusal }));
      expect(await listed(one.visitor)).toContainEqual(expect.objectContaining({ id: halfway.sessionId, stage }));
    }
    expect(await stands(one.visitor)).toBe(true);
  });

  it("is over after 30 minutes unused, after 12 hours however much it is used, and with the clock set back", async () => {
    const { one, two } = await pair();
    world.now = START - 1;
    expect(await every(one.visitor)).toEqual(everywhere(SIGNED_OUT));
    for (world.now = START; world.now < START + 12 * HOUR; world.now += 29 * MINUTE) expect(await stands(one.visitor)).toBe(true);
    world.now = START + 12 * HOUR - 1;
    expect(await listed(one.visitor)).toHaveLength(1);
    expect(await stands(two.visitor)).toBe(false);
    world.now = START + 12 * HOUR;
    expect(await stands(one.visitor)).toBe(false);
  });

  it("unused for exactly 30 minutes is over", async () => {
    const { one } = await pair();
    world.now = START + 30 * MINUTE - 1;
    expect(await stands(one.visitor)).toBe(true);
    world.now += 30 * MINUTE;
    expect(await stands(one.visitor)).toBe(false);
  });

  it.each(["suspended", "deleted"])("of an account that is %s is none", async (state) => {
    const { userId, one } = await pair();
    const change = state === "deleted" ? { deletedAt: START, deletedBy: "test", deletionReason: "left" } : { state: "suspended" as const };
    await test.office.primary.update(users).set(change).where(eq(users.id, userId));
    expect(await every(one.visitor)).toEqual(everywhere(SIGNED_OUT));
  });

  it("whose secret is written in another case, with padding, in part, or as something else, is none", async () => {
    const { one } = await pair();
    const { visitor } = one;
    const secret = visitor.session!;
    const other = secret === secret.toUpperCase() ? secret.toLowerCase() : secret.toUpperCase();
    for (const session of [other, `${secret}=`, ` ${secret}`, `${secret}\n`, secret.slice(0, -1), `${secret}A`, "", null, 7, {}]) {
      expect(await every({ ...visitor, session }), String(session)).toEqual(everywhere(SIGNED_OUT));
    }
    for (const nobody of [null, undefined, 7, "x", [], {}]) expect(await every(nobody)).toEqual(everywhere(SIGNED_OUT));
    expect(await stands(visitor)).toBe(true);
  });
});

describe("another's", () => {
  it("session or device answers as an unknown one, and stays", async () => {
    const mine = await signIn((await account()).userId);
    const { one: theirs } = await pair();
    const me = { ...mine.visitor };
    for (const id of [theirs.sessionId, NOBODYS, "", "x", "'; drop table sessions --", theirs.sessionId.toUpperCase(), 7, null]) {
      expect(await verbs.end(parts(), { visitor: me, id })).toEqual(UNKNOWN);
    }
    for (const verb of [verbs.trust, verbs.distrust, verbs.block, verbs.unblock, verbs.forget]) {
      for (const id of [theirs.deviceId, NOBODYS, theirs.sessionId, ""]) expect(await verb(parts(), { visitor: me, id })).toEqual(UNKNOWN);
    }
    expect(await stands(theirs.visitor)).toBe(true);
  });
});

describe("an account", () => {
  it("is told to its holder: the name in clear, the rest masked, the roles, and what protects it", async () => {
    const { userId } = await account({ phone: "+254733123456", email: "wanjiru@example.co.ke" });
    const { visitor } = await signIn(userId);
    expect(await verbs.account(parts(), visitor)).toEqual({
      ok: true,
      account: {
        name: "Wanjirũ Ng'ang'a", phone: "+254 7•• ••• 456", email: "w•••@•••.ke", roles: [{ role: "citizen", operator: null }],
        phoneProvenAt: world.now, passwordChangedAt: null, factors: { totp: false, passkeys: 0, recoveryCodes: 0 },
      },
    });
  });

  it("with no role, and of an operator nobody has a copy of, is told all the same", async () => {
    const { userId } = await account({ email: null }, [{ role: "operator_user", operator: "opacme" }]);
    const { visitor } = await signIn(userId);
    expect(await verbs.account(parts(), visitor)).toMatchObject({ ok: true, account: { email: null, roles: [{ role: "operator_user", operator: "opacme" }] } });
    await test.office.primary.delete(roleAssignments).where(eq(roleAssignments.userId, userId));
    expect(await verbs.account(parts(), visitor)).toMatchObject({ ok: true, account: { roles: [] } });
  });
});

it("a session ended while its holder looks is over at the next look", async () => {
  const { one } = await pair();
  await endSession(test.office.primary, one.sessionId, "locked", START + MINUTE);
  expect(await every(one.visitor, one.sessionId, one.deviceId)).toEqual(everywhere(SIGNED_OUT));
});
