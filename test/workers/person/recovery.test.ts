import { describe, expect, it } from "vitest";
import { systemActor } from "../../../src/kernel/actor.ts";
import { SECOND } from "../../../src/kernel/clock.ts";
import { fault } from "../register/support.ts";
import { START } from "./doubles.ts";
import { NO_DETAILS } from "../../../src/domains/users/vault/model.ts";
import { aVault, ID, BORN, NAME, PHONE, SAID, VISIT } from "./support.ts";

const LATER = START + 10 * SECOND;

describe("a vault's recovery", () => {
  it("costs a registration two writes: that the vault exists, and one segment of what gathered", async () => {
    const vault = aVault();
    await vault.fill();
    expect(vault.bucket.keys()).toEqual(["genesis"]);
    await vault.alarmAt(LATER);
    expect(vault.bucket.keys()).toEqual(["genesis", "segments/000000000001"]);
    await vault.alarmAt(LATER + 60 * SECOND);
    expect(vault.bucket.keys()).toHaveLength(2);
  });

  it("brings a destroyed vault back at its first use, whole, and it goes on", async () => {
    const vault = aVault();
    await vault.fill();
    await vault.alarmAt(LATER);
    const before = await vault.api().export();
    await vault.destroy();
    expect(await vault.api().export()).toEqual(before);
    await vault.api().setNow(LATER);
    await vault.api().accept(vault.identity(null));
    await vault.alarmAt(LATER + 10 * SECOND);
    expect(vault.bucket.keys()).toHaveLength(3);
    await vault.destroy();
    expect(await vault.api().restore()).toBe("restored");
    expect(await vault.api().restore()).toBe("restored");
    expect((await vault.api().export()).accepted).toHaveLength(3);
    await vault.evict();
    expect(await vault.api().restore()).toBe("open");
  });

  it("is not begun anew while the bucket cannot say whether there was one, and takes nothing meanwhile", async () => {
    const vault = aVault();
    vault.bucket.setAway("before");
    expect(await fault(() => vault.api().accept(vault.identity()))).toContain("away");
    expect(await vault.rows("SELECT * FROM vault")).toEqual([]);
    vault.bucket.setAway("after");
    expect(await fault(() => vault.api().accept(vault.identity()))).toContain("away");
    vault.bucket.setAway(null);
    await vault.api().accept(vault.identity());
    expect((await vault.api().export()).identifiers).toHaveLength(2);
  });

  it("keeps what it could not ship, and works on while the bucket is away", async () => {
    const vault = aVault();
    await vault.api().accept(vault.identity());
    vault.bucket.setAway("before");
    await vault.alarmAt(LATER);
    expect((await vault.api().export()).identifiers).toHaveLength(2);
    vault.bucket.setAway(null);
    await vault.alarmAt(LATER + 10 * SECOND);
    expect(vault.bucket.keys()).toHaveLength(2);
  });

  it("finds a storage that went back when it ships, and has both what it lost and what it was given since", async () => {
    const vault = aVault();
    await vault.api().accept(vault.identity(null));
    await vault.alarmAt(LATER);
    const kept = await vault.rows("SELECT number, hash FROM chain");
    await vault.api().found([{ answerId: "lost", operator: "acme01", purpose: "bet", hour: START }]);
    await vault.alarmAt(LATER + 20 * SECOND);
    await vault.rows("DELETE FROM checks");
    await vault.rows("DELETE FROM journal");
    await vault.rows(`UPDATE chain SET number = ${kept[0]!.number}, hash = '${kept[0]!.hash}'`);
    await vault.evict();
    await vault.api().setNow(LATER + 30 * SECOND);
    await vault.api().found([{ answerId: "since", operator: "acme01", purpose: "login", hour: START }]);
    await vault.alarmAt(LATER + 60 * SECOND);
    expect((await vault.api().export()).checks.map(({ answerId }) => answerId).toSorted()).toEqual(["lost", "since"]);
    await vault.destroy();
    expect((await vault.api().export()).identifiers).toHaveLength(1);
  });

  it("opens what a storage that went back was given under numbers that others had by then", async () => {
    const vault = aVault();
    await vault.api().accept(vault.identity(null));
    await vault.alarmAt(LATER);
    const kept = await vault.rows("SELECT number, hash FROM chain");
    await vault.api().accept(vault.identity());
    await vault.api().changeDetails(VISIT, { version: 0, details: { ...NO_DETAILS, name: "lost" }, locale: "sw" });
    await vault.alarmAt(LATER + 20 * SECOND);
    for (const query of ["DELETE FROM identifiers WHERE position > 1", "DELETE FROM records", "DELETE FROM audit", "DELETE FROM journal"]) await vault.rows(query);
    await vault.rows(`UPDATE chain SET number = ${kept[0]!.number}, hash = '${kept[0]!.hash}'`);
    await vault.rows("DELETE FROM sqlite_sequence WHERE name IN ('identifiers', 'audit')");
    await vault.evict();
    await vault.api().setNow(LATER + 30 * SECOND);
    await vault.api().accept(vault.identity({ kind: "passport", typed: "A 1", canonical: "A1" }));
    await vault.api().changeDetails(VISIT, { version: 0, details: { ...NO_DETAILS, name: NAME }, locale: "sw" });
    await vault.api().endVisit(VISIT);
    await vault.alarmAt(LATER + 60 * SECOND);
    await vault.api().endVisit({ ...VISIT, id: "another" });
    const { identifiers, records, consents, audit } = await vault.api().export();
    expect(identifiers.map(({ asMatched }) => asMatched)).toEqual([PHONE, ID.canonical, "A1"]);
    expect(records.map(({ version, said }) => [version, said])).toEqual([[1, null], [2, { ...NO_DETAILS, name: NAME }]]);
    expect(consents).toHaveLength(3);
    expect(audit.map(({ number, action, at }) => [number, action, Date.parse(String(at))])).toEqual([
      [1, "details.changed", LATER], [2, "details.changed", LATER + 30 * SECOND], [3, "visit.ended", LATER + 30 * SECOND], [4, "visit.ended", LATER + 60 * SECOND],
    ]);
  });

  it("takes in a vault that is older than its recovery", async () => {
    const vault = aVault();
    await vault.fill();
    for (const table of ["chain", "journal", "outgoing", "due"]) await vault.rows(`DELETE FROM ${table}`);
    vault.bucket.remove("genesis");
    await vault.evict();
    await vault.api().tell({ id: "f", topic: "data-request.told", payload: {}, at: START });
    await vault.alarmAt(LATER);
    await vault.destroy();
    const { identifiers, messages } = await vault.api().export();
    expect([identifiers.length, messages.length]).toEqual([2, 2]);
  });
});

describe("what a vault holds", () => {
  /** What the object needs to work, and says nothing of the person. */
  const MACHINERY = ["__drizzle_migrations", "chain", "copying", "due", "journal", "outgoing", "restoration", "stranded", "untold"];

  it("is exported from every table there is", async () => {
    const vault = aVault();
    await vault.fill();
    const everything = await vault.api().export();
    const there = await vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'");
    expect([...Object.keys(everything), ...MACHINERY].toSorted()).toEqual(there.map(({ name }) => String(name)).toSorted());
    for (const [section, entries] of Object.entries(everything)) expect([section, entries.length > 0]).toEqual([section, true]);
    expect(everything.identifiers).toEqual([
      expect.objectContaining({ kind: "msisdn", asMatched: PHONE }), expect.objectContaining({ asWritten: ID.typed, asMatched: ID.canonical }),
    ]);
    expect(everything.records).toEqual([expect.objectContaining({ record: "details", said: { ...NO_DETAILS, name: NAME, dateOfBirth: BORN } })]);
    expect(everything.audit.map(({ action, fields }) => [action, fields])).toEqual([["statement.kept", []], ["details.changed", ["name", "dateOfBirth"]], ["visit.ended", []]]);
    expect(everything.statements).toEqual([expect.objectContaining({ said: SAID })]);
  });

  it("is not exported in half when something sealed cannot be opened", async () => {
    const vault = aVault();
    await vault.fill();
    await vault.rows("UPDATE identifiers SET sealed = x'00' WHERE kind = 'msisdn'");
    expect(await fault(() => vault.api().export())).not.toBe("");
  });
});

describe("an erased vault", () => {
  it("while an exclusion is in force keeps the identity and what is on its way, and nothing else", async () => {
    const vault = aVault();
    await vault.fill();
    await vault.alarmAt(LATER);
    await vault.api().tell({ id: "g", topic: "t", payload: {}, at: START });
    await vault.api().eraseExtras(systemActor("data-requests"));
    const { identifiers, identifierEvidence, identityReads, records, checks, messages, statements, notices, audit } = await vault.api().export();
    expect([identifiers.length, identifierEvidence.length, identityReads.length]).toEqual([2, 2, 1]);
    expect([records, checks, messages, statements, notices]).toEqual([[], [], [], [], []]);
    expect(audit.map(({ action }) => action)).toEqual(["statement.kept", "details.changed", "visit.ended", "extras.erased"]);
    await vault.alarmAt(LATER + 20 * SECOND);
    await vault.destroy();
    expect((await vault.api().export()).statements).toEqual([]);
  });

  it("is gone with its copies, and takes nothing any more, whatever comes", async () => {
    const vault = aVault();
    await vault.fill();
    await vault.alarmAt(LATER);
    await vault.api().erase();
    await vault.api().erase();
    expect([vault.bucket.keys(), vault.isMarked()]).toEqual([[], true]);
    await vault.api().accept(vault.identity());
    await vault.api().found([{ answerId: "b", operator: "acme01", purpose: "bet", hour: START }]);
    expect(await vault.api().identity({ id: "r2", at: START, role: "grak_officer", reason: "complaint", what: "identity" })).toBeNull();
    expect(await vault.api().rewrap()).toBeNull();
    expect(await vault.api().overview(VISIT)).toEqual({ ok: false, refusal: "nothing-kept" });
    await vault.api().endVisit(VISIT);
    await vault.evict();
    await vault.api().accept(vault.identity());
    expect(Object.values(await vault.api().export()).flat()).toEqual([]);
    expect(await vault.api().restore()).toBe("erased");
    expect(vault.bucket.keys()).toEqual([]);
  });

  it("is marked before anything goes: with the bucket away nothing happened, and it can be done again", async () => {
    const vault = aVault();
    await vault.fill();
    await vault.alarmAt(LATER);
    vault.bucket.setAway("before");
    expect(await fault(() => vault.api().erase())).toContain("away");
    expect((await vault.api().export()).identifiers).toHaveLength(2);
    vault.bucket.setAway("after");
    expect(await fault(() => vault.api().erase())).toContain("away");
    vault.bucket.setAway(null);
    await vault.destroy();
    expect(await vault.api().restore()).toBe("erased");
    await vault.api().erase();
    expect(vault.bucket.keys()).toEqual([]);
  });
});
