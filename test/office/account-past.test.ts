import { describe, expect, it } from "vitest";
import * as verbs from "../../src/domains/authentication/sessions/index.ts";
import type { Listed } from "../../src/domains/authentication/sessions/rpc.ts";
import { insertSignIn } from "../../src/domains/authentication/sign-in/store.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { holders, NAIROBI } from "../support/holders.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const START = Date.UTC(2026, 10, 4, 11, 30);
const office = () => ({ ...test.office, nearest: test.office.primary });
const { world, parts, account, signIn } = holders(office, START);

async function somebodyIn() {
  world.now = START;
  const { userId } = await account();
  return { userId, ...(await signIn(userId)) };
}

const tries = async (userId: string, count: number, at = (n: number) => START + n) => {
  for (let n = 0; n < count; n++) {
    await insertSignIn(test.office.primary, { id: uuidv7(at(n), random), userId, at: at(n), method: "password", outcome: "wrong", reasons: ["new-device"], deviceId: null, ...NAIROBI });
  }
};

const deeds = (userId: string, count: number) => test.office.primary.insert(auditEntries).values(Array.from({ length: count }, (_, n) => ({
  id: uuidv7(START, random), at: START + Math.floor(n / 2), action: `act.${n}`, resource: "user/someone-else", actorKind: "user" as const, actorId: userId,
  payload: JSON.stringify({ about: "someone-else" }), ...NAIROBI,
})));

/** Every page of a list, from the newest. */
async function allOf<Row>(ask: (after: string | null) => Promise<({ ok: true } & Listed<Row>) | { ok: false }>): Promise<Row[][]> {
  const pages: Row[][] = [];
  for (let after: string | null = null; ; ) {
    const page = await ask(after);
    if (!page.ok) throw new Error("was refused");
    pages.push(page.rows);
    after = page.next;
    if (after === null) return pages;
  }
}

describe("who tried to sign in", () => {
  it("is told newest first, page by page, each once, and one's own alone", async () => {
    const { userId, visitor } = await somebodyIn();
    const other = await somebodyIn();
    await tries(userId, 60, (n) => START + Math.floor(n / 3));
    await tries(other.userId, 3, (n) => START + n);
    const pages = await allOf((after) => verbs.history(parts(), { visitor, after }));
    expect(pages.map(({ length }) => length)).toEqual([25, 25, 10]);
    const at = pages.flat().map((row) => row.at);
    expect(at).toEqual(at.toSorted((a, b) => b - a));
    expect(at).toEqual(Array.from({ length: 60 }, (_, n) => START + 19 - Math.floor(n / 3)));
    expect(pages[0]![0]).toEqual({ at: START + 19, method: "password", outcome: "wrong", reasons: ["new-device"], agent: "Chrome on Android", country: "KE", county: "047" });
  });

  it.each(["", "x", "1", ".", "-1.a", "1.a'; drop table users --", "9".repeat(200), `${START}.💥`, 7, {}, undefined])("begins anew where a page nobody gave is asked for: %j", async (after) => {
    const { userId, visitor } = await somebodyIn();
    await tries(userId, 2);
    expect(await verbs.history(parts(), { visitor, after })).toMatchObject({ ok: true, rows: [{ at: START + 1 }, { at: START }], next: null });
    expect(await verbs.activity(parts(), { visitor, after })).toEqual({ ok: true, rows: [], next: null });
  });

  it("reaches nothing of another's by a place in their list", async () => {
    const { visitor } = await somebodyIn();
    const other = await somebodyIn();
    await tries(other.userId, 30);
    const first = await verbs.history(parts(), { visitor: other.visitor, after: null });
    expect(first).toMatchObject({ ok: true, next: expect.any(String) });
    expect(await verbs.history(parts(), { visitor, after: first.ok ? first.next : null })).toEqual({ ok: true, rows: [], next: null });
  });
});

describe("what one did", () => {
  it("is told from the audit log newest first, page by page: by whom else it was, and to whom, is not", async () => {
    const { userId, visitor } = await somebodyIn();
    await deeds(userId, 60);
    await deeds((await somebodyIn()).userId, 3);
    const pages = await allOf((after) => verbs.activity(parts(), { visitor, after }));
    expect(pages.map(({ length }) => length)).toEqual([25, 25, 10]);
    expect(pages.flat().map(({ action }) => action)).toEqual(Array.from({ length: 60 }, (_, n) => `act.${59 - n}`));
    expect(pages[0]![0]).toEqual({ at: START + 29, action: "act.59", agent: "Chrome on Android", country: "KE", county: "047" });
    expect(JSON.stringify(pages)).not.toContain("someone-else");
  });

  it("holds what they did to their own sessions and devices", async () => {
    const { userId, visitor } = await somebodyIn();
    const other = await signIn(userId);
    world.now += MINUTE;
    await verbs.block(parts(), { visitor, id: other.deviceId });
    world.now += MINUTE;
    await verbs.endOthers(parts(), visitor);
    expect(await verbs.activity(parts(), { visitor, after: null })).toMatchObject({ ok: true, rows: [{ action: "session.others-ended", at: world.now }, { action: "device.blocked" }] });
  });
});
