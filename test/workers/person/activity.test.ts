import { describe, expect, it } from "vitest";
import { NO_DETAILS } from "../../../src/domains/users/vault/model.ts";
import { citizenActor, systemActor } from "../../../src/kernel/actor.ts";
import { SECOND } from "../../../src/kernel/clock.ts";
import { fault } from "../register/support.ts";
import { START } from "./doubles.ts";
import { aVault, ID, NAME, PHONE, SAID, VISIT } from "./support.ts";

const BY = citizenActor(VISIT.id);
const CONTACT = { name: "Otieno Ochieng", phone: "+254 733 000 111" };
const REFERENCE = "DR-0000000000";

async function aKeptVault() {
  const vault = aVault();
  await vault.api().accept(vault.identity());
  const details = (version: number, more: object, locale: "sw" | "ar" = "sw") =>
    vault.api().changeDetails(VISIT, { version, details: { ...NO_DETAILS, ...more }, locale });
  const contact = (version: number, value: typeof CONTACT | null) => vault.api().changeContact(VISIT, { version, contact: value });
  /** What was entered, oldest first. */
  const entries = async () =>
    (await vault.rows("SELECT action, payload FROM audit ORDER BY position")).map(({ action, payload }) => [action, JSON.parse(String(payload)).fields]);
  return { ...vault, details, contact, entries };
}

describe("a change of a vault", () => {
  it("leaves one entry: what was done, by which visit, which fields, in order, and none when it is none", async () => {
    const { api, details, contact, entries, rows } = await aKeptVault();
    const changes: [() => Promise<unknown>, string, string[]][] = [
      [() => details(0, { name: NAME, quietNights: true }), "details.changed", ["name", "quietNights"]],
      [() => details(1, { name: NAME, county: "047" }, "ar"), "details.changed", ["county", "quietNights", "language"]],
      [() => details(2, { name: NAME, county: "047" }, "sw"), "details.changed", ["language"]],
      [() => contact(0, CONTACT), "contact.changed", ["name", "phone"]],
      [() => contact(1, { ...CONTACT, name: "أمينة" }), "contact.changed", ["name"]],
      [() => contact(2, null), "contact.removed", ["name", "phone"]],
      [() => api().speak("ar", BY), "language.changed", ["language"]],
      [() => api().keepStatement({ reference: REFERENCE, text: SAID }, BY), "statement.kept", []],
      [() => api().eraseExtras(systemActor("data-requests")), "extras.erased", ["records", "statements"]],
      [() => api().endVisit(VISIT), "visit.ended", []],
    ];
    for (const [index, [change, action, fields]] of changes.entries()) {
      await api().setNow(START + index);
      for (const _ of ["once", "again"]) {
        await change();
        expect([action, (await entries()).slice(index)]).toEqual([action, [[action, fields]]]);
      }
    }
    const kept = await rows("SELECT position, id, at, resource, channel, actor FROM audit ORDER BY position");
    expect(kept.map(({ position, at }) => [position, at])).toEqual(changes.map((_, index) => [index + 1, START + index]));
    expect(kept.map(({ resource }) => resource).filter((resource) => resource !== "vault")).toEqual([`data-request/${REFERENCE}`]);
    expect(kept.map(({ channel, actor }) => [channel, JSON.parse(String(actor))])).toEqual(
      changes.map(([, action]) => (action === "extras.erased" ? ["office", systemActor("data-requests")] : ["web", BY])));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(changes.length);
  });

  it("that is refused, or finds nothing to change, leaves none", async () => {
    const { api, details, contact, entries } = await aKeptVault();
    await details(0, {});
    await contact(0, null);
    await details(7, { name: NAME });
    await contact(7, CONTACT);
    await api().speak("sw", BY);
    await api().markRead(VISIT, START);
    await api().overview(VISIT);
    await api().eraseExtras(systemActor("data-requests"));
    expect(await entries()).toEqual([]);
    await api().endVisit(VISIT);
    await details(0, { name: NAME });
    await contact(0, CONTACT);
    expect(await entries()).toEqual([["visit.ended", []]]);
  });

  it("that two make at once is entered for the one who made it", async () => {
    const { details, entries } = await aKeptVault();
    await Promise.all([details(0, { name: "Amina" }), details(0, { name: "Barasa", county: "047" })]);
    expect(await entries()).toEqual([["details.changed", ["name"]]]);
  });

  it("and its entry are there together or not at all", async () => {
    const { api, details, contact, rows } = await aKeptVault();
    await api().found([{ answerId: "a", operator: "acme01", purpose: "bet", hour: START }]);
    await rows("CREATE TRIGGER no_entry BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no entry'); END");
    const tries = [
      () => details(0, { name: NAME }), () => contact(0, CONTACT), () => api().speak("ar", BY), () => api().endVisit(VISIT),
      () => api().keepStatement({ reference: REFERENCE, text: SAID }, BY), () => api().eraseExtras(systemActor("data-requests")),
    ];
    for (const change of tries) expect(await fault(change)).toContain("no entry");
    for (const table of ["records", "endedVisits", "statements"]) expect([table, await rows(`SELECT * FROM ${table}`)]).toEqual([table, []]);
    expect(await rows("SELECT answerId FROM checks")).toHaveLength(1);
    expect(await rows("SELECT locale FROM vault")).toEqual([{ locale: "sw" }]);
    await rows("DROP TRIGGER no_entry");
    await details(0, { name: NAME });
    expect(await rows("SELECT position FROM audit")).toEqual([{ position: 1 }]);
  });

  it("is entered without a word of what it says", async () => {
    const { api, details, contact, rows } = await aKeptVault();
    await details(0, { name: NAME, preferredName: SAID, dateOfBirth: "1990-03-27" });
    await contact(0, CONTACT);
    await api().keepStatement({ reference: REFERENCE, text: SAID }, BY);
    const written = JSON.stringify(await rows("SELECT * FROM audit"));
    for (const said of [NAME, SAID, "1990", CONTACT.name, CONTACT.phone, PHONE, ID.canonical]) expect(written).not.toContain(said);
  });
});

describe("what was done with a vault", () => {
  it("is told to its person newest first, at most 100 entries, and to no visit that was ended", async () => {
    const { api, details } = await aKeptVault();
    for (let version = 0; version < 101; version++) await details(version, { name: `name ${version}` });
    await api().eraseExtras(systemActor("data-requests"));
    const told = (await api().activity(VISIT)) as { activity: { action: string; fields: string[]; by: string }[] };
    expect(told.activity).toHaveLength(100);
    const [last, before] = told.activity;
    expect(last).toMatchObject({ action: "extras.erased", by: "system" });
    expect(before).toMatchObject({ action: "details.changed", fields: ["name"], by: "citizen" });
    await api().endVisit(VISIT);
    expect(await api().activity(VISIT)).toEqual({ ok: false, refusal: "visit-ended" });
  });

  it("outlives the storage in its order, goes on after it, and is exported whole", async () => {
    const { api, details, contact, alarmAt, destroy } = await aKeptVault();
    await details(0, { name: NAME });
    await contact(0, CONTACT);
    await alarmAt(START + 10 * SECOND);
    await destroy();
    await api().setNow(START);
    await contact(1, null);
    const { audit } = await api().export();
    const by = { by: "citizen", byId: VISIT.id, origin: null };
    const entry = { id: expect.any(String), concerning: "vault", channel: "web", at: new Date(START).toISOString(), ...by };
    expect(audit).toEqual([
      { ...entry, number: 1, action: "details.changed", fields: ["name"] },
      { ...entry, number: 2, action: "contact.changed", fields: ["name", "phone"] },
      { ...entry, number: 3, action: "contact.removed", fields: ["name", "phone"] },
    ]);
  });

  it("goes with the vault", async () => {
    const { api, details } = await aKeptVault();
    await details(0, { name: NAME });
    await api().erase();
    expect(await api().activity(VISIT)).toEqual({ ok: false, refusal: "nothing-kept" });
    await api().endVisit(VISIT);
    expect((await api().export()).audit).toEqual([]);
  });
});
