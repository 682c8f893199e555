import { beforeEach, describe, expect, it } from "vitest";
import { placeCopies } from "../../src/domains/compliance/places/place.ts";
import { doneWith } from "../../src/domains/compliance/places/rules.ts";
import { seeFlag } from "../../src/domains/compliance/see.ts";
import { BY_TIME, listEntries } from "../../src/domains/compliance/store.ts";
import { USUAL } from "../../src/domains/compliance/suspicion/model.ts";
import { watchEntries } from "../../src/domains/compliance/suspicion/watch.ts";
import { auditCursors, auditFlags } from "../../src/domains/compliance/tables.ts";
import { project } from "../../src/domains/exclusions/office/project.ts";
import { rebuild } from "../../src/domains/exclusions/office/rebuild.ts";
import { insertRequest } from "../../src/domains/users/rights/store.ts";
import { type Actor, systemActor } from "../../src/kernel/actor.ts";
import { HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { createdBy } from "../../src/office/columns.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { noteRefusal } from "../../src/office/refusals.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { testOffice, unheard } from "../support/office.ts";
import { RegisterHere } from "../support/register.ts";

const test = testOffice();

/** A Wednesday, ten in the morning in Nairobi. */
const TEN = Date.parse("2026-11-04T07:00:00Z");
const officer: Actor = { kind: "user", id: "officer", origin: null };
const auditor: Actor = { kind: "user", id: "auditor", origin: null };

beforeEach(async () => {
  for (const table of [auditFlags, auditCursors, auditEntries]) await test.office.primary.delete(table);
});

const told = (action: string, resource: string, now: number, actor = officer) =>
  commit(test.office, { actor, rows: [], audit: { action, resource, payload: {} }, answer: {} }, { now, random });
const watch = (office: Office = test.office) => watchEntries({ office, thresholds: USUAL, clock: Date.now, random });
const flags = async () => (await test.office.primary.select().from(auditFlags)).map(({ rule, entryId }) => ({ rule, entryId }));
const entries = () => test.office.primary.select().from(auditEntries).orderBy(auditEntries.position);
const found = async (flag: "any" | "open" | "read-without-case") => (await listEntries(test.office, { flag }, { order: BY_TIME.at, limit: 50, after: null })).rows;

describe("what is suspicious", () => {
  /** Two are: nothing is open about p1, and of p2 there was a request. */
  async function reads(): Promise<void> {
    const base = { ...createdBy(officer, TEN, random), version: 1, kind: "access", state: "received", subject: null, receivedAt: TEN - HOUR, dueAt: TEN, decidedBy: null, completeAt: null, lookAgainAt: null } as const;
    await insertRequest(test.office.primary, { ...base, reference: uuidv7(TEN, random), personId: "p2", decidedAt: null, reasons: [] });
    await told("identity.read", "person/p1", TEN);
    await told("identity.read", "person/p2", TEN + 1);
    await told("user.changed", "user/1", TEN + 2);
    await noteRefusal(test.office, { actor: officer, action: "case.seconded", resource: "case/1", payload: { refusal: "own-proposal" } }, TEN + 3, random);
  }

  it("is marked, explained by what it rests on, and found by its mark", async () => {
    await reads();
    await watch();
    const [first, , , fourth] = await entries();
    expect(await flags()).toEqual(expect.arrayContaining([{ rule: "read-without-case", entryId: first!.id }, { rule: "self-approval", entryId: fourth!.id }]));
    expect((await found("any")).map(({ id }) => id)).toEqual([first!.id, fourth!.id]);
    const [marked] = await found("read-without-case");
    expect(marked!.flags).toMatchObject([{ rule: "read-without-case", evidence: [first!.id], seenAt: null, createdBy: "system:suspicion" }]);
  });

  it("is marked once, by however many that watch at once, and by whoever did not hear that it was", async () => {
    await reads();
    await Promise.allSettled([watch(), watch(), watch(unheard(test.office)), watch()]);
    await watch();
    await watch();
    expect(await flags()).toHaveLength(2);
    const [last] = (await entries()).toReversed();
    expect(await test.office.primary.select().from(auditCursors)).toEqual([{ job: "suspicion", position: last!.position }]);
  });

  it("is found across the pages it is looked at in: what was done earlier in the hour counts", async () => {
    for (let n = 0; n < 29; n++) await told("identity.read", `user/${n}`, TEN + n * MINUTE);
    await watch();
    expect(await flags()).toEqual([]);
    await told("identity.read", "user/29", TEN + 30 * MINUTE);
    await watch();
    const [one] = await test.office.primary.select().from(auditFlags);
    expect([one!.rule, one!.evidence.length]).toEqual(["identities-in-bulk", 30]);
  });

  it("is not marked while it cannot be written, and is by the next who can", async () => {
    await reads();
    const down = { ...test.office, primary: Object.assign(Object.create(test.office.primary), { $client: { batch: async () => Promise.reject(new Error("not reached")) } }) } as Office;
    await expect(watch(down)).rejects.toThrow("not reached");
    expect(await flags()).toEqual([]);
    await watch();
    expect(await flags()).toHaveLength(2);
  });

  it("is looked at by somebody else, once, with what they found: a write like others", async () => {
    await reads();
    await watch();
    const [flag] = await test.office.primary.select().from(auditFlags);
    const parts = { office: test.office, clock: () => TEN + HOUR, random };
    const saying = { note: "asked, and it was in order", version: 1 };
    expect(await seeFlag(parts, officer, flag!.id, saying)).toEqual({ ok: false, refusal: "own" });
    expect(await seeFlag(parts, auditor, uuidv7(1, random), saying)).toEqual({ ok: false, refusal: "unknown" });
    expect(await seeFlag(parts, auditor, flag!.id, { ...saying, version: 2 })).toEqual({ ok: false, refusal: "conflict" });
    const both = await Promise.all([seeFlag(parts, auditor, flag!.id, saying), seeFlag(parts, { ...auditor, id: "another" }, flag!.id, saying)]);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect((await found("open")).length).toBe(1);
    expect((await found("any")).flatMap(({ flags }) => flags).filter(({ note }) => note === saying.note)).toHaveLength(1);
    expect((await entries()).at(-1)).toMatchObject({ action: "audit-flag.seen", resource: `audit-flag/${flag!.id}`, outcome: "done" });
  });
});

describe("copies of what Register did", () => {
  let register: RegisterHere;
  beforeEach(() => void (register = new RegisterHere()));
  const follow = () => project({ office: test.office, register, clock: Date.now });
  const copies = async () => (await entries()).filter(({ source }) => source === "register");
  const place = (places: Map<string, number>, now = Date.now(), asked: string[][] = []) =>
    placeCopies({ office: test.office, clock: () => now, log: { find: async (ids) => (asked.push([...ids]), ids.map((id) => places.get(id) ?? null)) } }).then(() => asked);

  it("are of every kind, say who without leading to anybody, and come once, also when the copy is rebuilt", async () => {
    register.register(1, "24h", 1);
    const operator = register.enrol("Mfano Ltd");
    register.issueKey(operator);
    register.wait(2 * 24 * HOUR);
    await follow();
    const before = await copies();
    const truth = register.rows("select id, action, resource, channel, at, commandId, outcome, payload from audit order by position");
    expect(before.map(({ id, action, resource, channel, at, commandId, outcome, payload }) => ({ id, action, resource, channel, at, commandId, outcome, payload }))).toEqual(truth);
    expect(new Set(before.map(({ actorKind, actorId, channel }) => `${channel} ${actorKind}:${actorId}`))).toEqual(new Set(["web citizen:web", "clock system:register", "api system:register"]));
    expect(before.every(({ salt, leaf }) => salt === null && leaf === null)).toBe(true);
    await rebuild({ office: test.office, clock: Date.now, random }, systemActor("test"), { id: uuidv7(1, random), fingerprint: "f" });
    await follow();
    expect((await copies()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it("are asked for until the log has them, and no longer", async () => {
    register.register(1, "24h", 1);
    register.register(2, "1y", 2);
    await follow();
    const ids = (await copies()).map(({ id }) => id);
    expect(await place(new Map(), register.now)).toEqual([ids]);
    expect(await place(new Map([[ids[0]!, 40]]), register.now)).toEqual([ids]);
    expect(await place(new Map(ids.map((id, at) => [id, 40 + at])), register.now)).toEqual([ids.slice(1)]);
    expect((await copies()).map(({ leaf }) => leaf)).toEqual(ids.map((_, at) => 40 + at));
    expect(await place(new Map(), register.now)).toEqual([]);
  });

  it("are not asked for again when what Register did later is there and an hour has passed", () => {
    const row = (position: number, leaf: number | null, at = 0) => ({ position, leaf, at });
    expect(doneWith([row(1, null), row(2, 7)], HOUR - 1)).toBeNull();
    expect(doneWith([row(1, null), row(2, 7)], HOUR)).toBe(2);
    expect(doneWith([row(1, null), row(2, 7), row(3, null)], HOUR)).toBe(2);
    expect(doneWith([row(1, 6), row(2, null, HOUR), row(3, 7)], HOUR)).toBe(1);
    expect(doneWith([row(1, 6), row(2, 7)], 0)).toBe(2);
    expect(doneWith([row(1, null)], 9 * HOUR)).toBeNull();
  });
});
