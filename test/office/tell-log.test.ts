import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { commitmentOf } from "../../src/audit/entry.ts";
import type { AuditLogApi } from "../../src/audit/rpc.ts";
import { type Actor, systemActor } from "../../src/kernel/actor.ts";
import { MINUTE, SECOND } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { recordOf } from "../../src/office/entry.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { TellLog } from "../../src/office/tell-log.ts";
import { testOffice, unheard } from "../support/office.ts";
import { logOf } from "../workers/audit/log.ts";

const test = testOffice();
const START = 1_800_000_000_000;

const act = (n: number, actor: Actor = systemActor("test"), payload = {}) =>
  commit(test.office, { actor, rows: [], audit: { action: "test.done", resource: `test/${n}`, payload }, answer: {} }, { now: START + n, random });
const entries = () => test.office.primary.select().from(auditEntries).orderBy(asc(auditEntries.position)).all();
const leaves = async () => (await entries()).map(({ leaf }) => leaf);

/** The office's drain, with a log and a clock of its own. */
function telling(office: Office = test.office, log: Pick<AuditLogApi, "append"> = logOf(crypto.randomUUID())) {
  const heard: number[] = [];
  const at = { now: START };
  return { at, heard, log: log as ReturnType<typeof logOf>, tell: new TellLog({ office, log, random, clock: () => at.now, report: (_, waitingMs) => void heard.push(waitingMs) }) };
}

beforeEach(() => test.office.primary.delete(auditEntries));

describe("the office's outbox", () => {
  it("is told in order what was done and when, and of the rest a commitment that covers who, by which request, why and how it came out", async () => {
    const origin = { network: "192.0.2.0/24", agent: "browser", country: "KE", county: "047", requestId: "r-1" };
    await act(1, { kind: "user", id: "wanjiku", origin, reason: "users:lock" });
    await act(2, { kind: "user", id: "wanjiku", origin, reason: "users:lock" }, { reason: "complaint" });
    const { tell, log } = telling();
    await tell.run();
    const [first, second] = await entries();
    expect([first, second]).toMatchObject([{ ...origin, reason: "users:lock", outcome: "done", leaf: 0 }, { requestId: "r-1", reason: "complaint", leaf: 1 }]);
    expect(recordOf(first!)).toEqual({
      actor: { kind: "user", id: "wanjiku", origin, reason: "users:lock" }, channel: null, commandId: null, outcome: "done", payload: {}, resource: "test/1",
    });
    expect(log.told).toEqual([first!, second!].map((row) => ({ source: "office", id: row.id, at: row.at, action: row.action, commitment: commitmentOf(row.salt!, recordOf(row)) })));
  });

  it("of a thousand entries goes in calls of 256; those of an older release are given salts, once", async () => {
    for (let n = 0; n < 1_000; n += 100) {
      const old = Array.from({ length: 100 }, (_, at) => ({ id: `0199aaaa-0000-7000-8000-${String(n + at).padStart(12, "0")}`, at: START, action: "test.done", resource: "r", actorKind: "system" as const, actorId: "t", payload: "{}" }));
      await test.office.primary.insert(auditEntries).values(old);
    }
    const { tell, log } = telling();
    log.setMood("unheard");
    await tell.run();
    const salted = (await entries()).slice(0, 256).map(({ salt }) => salt);
    log.setMood("taking");
    await tell.run();
    const told = await entries();
    expect(log.calls).toEqual([256, 256, 256, 256, 232]);
    expect(log.told.map(({ id }) => id)).toEqual(told.map(({ id }) => id));
    expect(told.map(({ leaf }) => leaf)).toEqual(told.map((_, at) => at));
    expect(told.slice(0, 256).map(({ salt }) => salt)).toEqual(salted);
  });

  it.each(["away", "unheard", "busy", "halted"] as const)("keeps what a log that is %s did not take; commits then leave it alone for ten seconds, the minute does not", async (mood) => {
    const { tell, log, at, heard } = telling();
    await act(1);
    log.setMood(mood);
    await tell.leave();
    await tell.leave();
    expect([log.calls.length, await leaves()]).toEqual([1, [null]]);
    await tell.run();
    expect(log.calls.length).toBe(2);
    at.now += 20 * SECOND;
    log.setMood("taking");
    await tell.leave();
    expect([await leaves(), log.told.length, heard]).toEqual([[0], 1, []]);
  });

  it("cries out once something waits for longer than ten minutes", async () => {
    const { tell, log, at, heard } = telling();
    await act(0);
    log.setMood("halted");
    at.now += 10 * MINUTE;
    await tell.run();
    expect(heard).toEqual([]);
    at.now += MINUTE;
    await tell.run();
    expect(heard).toEqual([11 * MINUTE]);
  });

  it("is told again when the office did not hear where its entries are, or noted it unheard", async () => {
    const log = logOf(crypto.randomUUID());
    await act(1);
    await telling({ ...test.office, primary: Object.assign(Object.create(test.office.primary), { $client: { batch: () => Promise.reject(new Error("away")) } }) }, log).tell.run();
    expect([log.told.length, await leaves()]).toEqual([1, [null]]);
    await telling(unheard(test.office), log).tell.run();
    expect([log.told.length, await leaves()]).toEqual([1, [0]]);
    await telling(test.office, log).tell.run();
    expect(log.calls).toEqual([1, 1]);
  });

  it("may be told by two at once, of rows without salts too, and each entry has one leaf that its salt opens", async () => {
    const log = logOf(crypto.randomUUID());
    for (let n = 0; n < 5; n++) await act(n);
    await test.office.primary.update(auditEntries).set({ salt: null });
    await Promise.all([telling(test.office, log).tell.run(), telling(test.office, log).tell.run()]);
    const told = await entries();
    expect([log.told.length, told.map(({ leaf }) => leaf)]).toEqual([5, [0, 1, 2, 3, 4]]);
    expect(log.told.map(({ commitment }) => commitment)).toEqual(told.map((row) => commitmentOf(row.salt!, recordOf(row))));
  });

  it("says nothing of Register's entries, which Register tells of itself", async () => {
    await act(1);
    await test.office.primary.update(auditEntries).set({ source: "register" });
    const { tell, log } = telling();
    await tell.run();
    expect([log.calls, await leaves()]).toEqual([[], [null]]);
  });

  it("is told of what is written while it is being told", async () => {
    const { tell, log } = telling();
    await act(1);
    log.setMood("held");
    const first = tell.run();
    await expect.poll(() => log.calls.length).toBe(1);
    await act(2);
    await tell.leave();
    log.setMood("taking");
    await first;
    expect(await leaves()).toEqual([0, 1]);
  });

  it("hears of each change that happened, and of none that was refused", async () => {
    let heard = 0;
    const office = { ...test.office, committed: () => void heard++ };
    const change = { actor: systemActor("test"), rows: [], audit: { action: "test.done", resource: "r", payload: {} }, answer: {} };
    await commit(office, change, { now: START, random });
    const nobody = test.office.primary.update(auditEntries).set({ leaf: 1 }).where(eq(auditEntries.id, "nobody"));
    expect(await commit(office, { ...change, rows: [{ exactlyOne: nobody }] }, { now: START, random })).toEqual({ ok: false, refusal: "conflict" });
    expect(heard).toBe(1);
  });
});
