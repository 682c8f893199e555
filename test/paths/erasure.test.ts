import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { Citizen, messagesTo } from "../../src/cli/doors.ts";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { restoreVaults } from "../../src/cli/vaults.ts";
import { startSystem, type System } from "../../src/cli/system.ts";
import { PersonExportSchema } from "../../src/domains/users/rights/schema.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { eachDatabase, found } from "../support/stores.ts";

const PHONE = "0712345678";
const ID = "23456781";
const SAID = "Wanjiku wa Ng'ang'a, not Wanjiru";
/** By what somebody would know them. */
const RECOGNISABLE = ["+254712345678", "254712345678", "712345678", ID, SAID, "Ng'ang'a"];

const secrets = drawSecrets();
const directory = mkdtempSync(join(tmpdir(), "nser-erasure-"));
let system: System;
let one: Citizen;
let personId: string;
/** The data key as the vault kept it, wrapped. */
let wrappedKey: Buffer;
/** The vault's folder in the bucket before the erasure, as an older backup of the bucket has it. */
const folder = new Map<string, ArrayBuffer>();

const start = async () => (system = await startSystem({ secrets, directory }));
const requestsPage = async (citizen: Citizen) => citizen.browser.open("/my/requests");

/** Everything stopped; what is on the disks is looked at, and it starts again. */
async function atRest(look: () => void): Promise<void> {
  await system.stop();
  look();
  await start();
}

async function exported(citizen: Citizen, kind: "access" | "portability" = "access") {
  await requestsPage(citizen);
  return PersonExportSchema.parse(JSON.parse((await citizen.browser.submit(`/my/requests/${kind}`, {})).html));
}

const recover = async (path: string, body: object) =>
  (await fetch(`${system.url}/v1/recovery/${path}`, {
    method: "POST", headers: { "authorization": `Bearer ${secrets.origin.RESTORE_TOKEN}`, "content-type": "application/json" }, body: JSON.stringify(body),
  })).json() as Promise<{ counts: Record<string, number>; failed: string[]; next: string | null }>;

const keysOf = async (): Promise<string[]> => (await (await system.vaultBucket()).list()).objects.map(({ key }) => key);
const segments = async (): Promise<number> => (await keysOf()).filter((key) => key.startsWith(`${personId}/segments/`)).length;

beforeAll(start, 60_000);
afterAll(async () => {
  await system?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe("a person, from exclusion to erasure", () => {
  it("gets everything the register holds of them as a file", async () => {
    const citizen = new Citizen(system.url);
    await citizen.exclude({ policy: "24h", phone: "0722000009" });
    one = new Citizen(system.url, { address: "192.0.2.7" });
    const reference = await one.exclude({ policy: "6m", phone: PHONE, document: { kind: "national_id", value: ID } });
    await expect.poll(() => messagesTo(system.url, "+254712345678"), { timeout: 10_000 }).toEqual(expect.arrayContaining([expect.stringContaining(reference)]));
    await requestsPage(one);
    await one.browser.submit("/my/requests/rectification", { subject: "other", statement: SAID });
    await one.browser.submit("/my/requests/objection", { subject: "messages", statement: SAID });
    const all = await exported(one);
    const taken = await exported(one, "portability");
    expect([taken.vault, taken.exclusions]).toEqual([all.vault, all.exclusions]);
    expect(taken.requests).toMatchObject([{ kind: "access", state: "answered" }, ...all.requests]);
    expect(all.vault.identifiers).toMatchObject([{ asMatched: "+254712345678" }, { asWritten: ID }]);
    expect(all.vault.statements).toMatchObject([{ said: SAID }, { said: SAID }]);
    expect(all.exclusions).toMatchObject([{ reference, state: "active", history: [{ event: "began" }] }]);
    expect(all.cases).toEqual([]);
    expect(all.requests.map(({ kind, subject, state }) => [kind, subject, state])).toEqual([["objection", "messages", "received"], ["rectification", "other", "received"]]);
    personId = String(all.vault.vault[0]!.personId);
  }, 60_000);

  it("while the exclusion is in force loses everything but what it needs, and reads why", async () => {
    await requestsPage(one);
    const page = textOf((await one.browser.submit("/my/requests/erasure", {})).html);
    expect(page).toContain("section 40");
    expect(page).not.toContain("Unreadable everywhere");
    await system.tick();
    const { vault, exclusions } = await exported(one);
    expect([vault.identifiers.length, vault.statements, exclusions.length]).toEqual([2, [], 1]);
    expect(vault.messages).toMatchObject([{ topic: "data-request.told", said: { kind: "erasure", reasons: ["exclusion-active"] } }]);
    expect(vault.audit).toMatchObject([
      { action: "statement.kept", by: "citizen" }, { action: "statement.kept", by: "citizen" },
      { action: "extras.erased", fields: expect.arrayContaining(["statements"]), by: "system" },
    ]);
    await expect.poll(segments, { timeout: 40_000, interval: 500 }).toBeGreaterThan(0);
  }, 90_000);

  it("when seven years have passed since its end is erased, and nothing of them can be read anywhere", async () => {
    const bucket = await system.vaultBucket();
    for (const key of (await keysOf()).filter((name) => name.startsWith(personId))) folder.set(key, await (await bucket.get(key))!.arrayBuffer());
    await atRest(() => {
      eachDatabase(directory, "exclusionIdentifiers", (register) => {
        register.exec(`UPDATE exclusions SET state = 'ended', endMode = 'automatic', endedAt = ${Date.now() - 8 * 366 * DAY} WHERE personId = '${personId}'`);
      });
      eachDatabase(directory, "identifiers", (vault) => {
        const row = vault.prepare("SELECT personId, dataKey FROM vault").get();
        if (row?.personId === personId) wrappedKey = Buffer.from(row.dataKey as Uint8Array);
      });
      // The looking finds: what is public is seen, and so is the key that opens the vault.
      expect(found(directory, ["DR-"]).length).toBeGreaterThan(0);
      expect(found(directory, [wrappedKey]).length).toBeGreaterThan(0);
    });
    one = new Citizen(system.url);
    await one.enter(PHONE);
    await requestsPage(one);
    const page = textOf((await one.browser.submit("/my/requests/erasure", {})).html);
    expect(page).toContain("Unreadable everywhere from");
    expect(folder.size).toBeGreaterThan(1);
    const left = async () => (await keysOf()).filter((key) => key.includes(personId));
    await expect.poll(left, { timeout: 10_000 }).toEqual([`erased/${personId}`]);
    // What was on its way when the copies went, goes too.
    await (await system.vaultBucket()).put(`${personId}/segments/999999999999`, "late");
    await expect.poll(left, { timeout: 20_000 }).toEqual([`erased/${personId}`]);
    await atRest(() => expect(found(directory, [...RECOGNISABLE, wrappedKey])).toEqual([]));
  }, 90_000);

  it("stays erased when an older copy of the bucket comes back, with the list and without it", async () => {
    const bucket = await system.vaultBucket();
    for (const [key, bytes] of folder) await bucket.put(key, bytes);
    expect(await recover("vaults", { persons: [personId] })).toMatchObject({ counts: { erased: 1, restored: 0 } });
    await bucket.delete(`erased/${personId}`);
    await atRest(() => {});
    expect(await recover("vaults", { persons: [personId] })).toMatchObject({ counts: { erased: 0, restored: 1 } });
    expect(await recover("erased", {})).toMatchObject({ counts: { erased: 1 }, failed: [] });
    expect((await keysOf()).filter((key) => key.includes(personId))).toEqual([`erased/${personId}`]);
    await atRest(() => expect(found(directory, [...RECOGNISABLE, wrappedKey])).toEqual([]));
  }, 90_000);

  it("excludes themself again as somebody new, with a vault of their own", async () => {
    const citizen = new Citizen(system.url, { address: "192.0.2.8" });
    await citizen.exclude({ policy: "24h", phone: PHONE });
    await expect.poll(async () => (await exported(citizen)).vault.identifiers.length, { timeout: 10_000 }).toBe(1);
    const { vault, exclusions } = await exported(citizen);
    expect(String(vault.vault[0]!.personId)).not.toBe(personId);
    expect(exclusions).toHaveLength(1);
    expect(await restoreVaults(system.url, secrets.origin.RESTORE_TOKEN!, "", () => {})).toMatchObject({ failed: [], counts: { restored: 0, erased: 1 } });
  }, 60_000);

  it("is seen by an officer only in what they asked, and nobody else decides", async () => {
    const authorization = `Bearer ${await system.administrator()}`;
    const ask = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${system.url}/v1/data-requests${path}`, { ...init, headers: { authorization, "content-type": "application/json", ...init.headers } });
      return { status: response.status, body: (await response.json()) as any };
    };
    const { items } = (await ask("?kind=rectification")).body;
    expect(items).toMatchObject([{ kind: "rectification", state: "received", version: 1 }]);
    const at = `/${items[0].reference}`;
    const decision = { method: "POST", body: JSON.stringify({ step: "refuse", reasons: ["evidence-missing"], version: 1 }) };
    expect((await ask(`${at}/decision`, { ...decision, headers: { authorization: "Bearer nobody" } })).status).toBe(401);
    expect((await ask(`${at}/decision`, { ...decision, body: JSON.stringify({ step: "refuse", version: 1 }) })).body.errors).toMatchObject([{ pointer: "/reasons" }]);
    expect((await ask(at)).body).toMatchObject({ subject: "other", statement: null });
    expect((await ask(`${at}/decision`, decision)).body).toMatchObject({ state: "refused", reasons: ["evidence-missing"] });
    expect([(await ask(`${at}/decision`, decision)).status, (await ask("/DR-0000000000")).status, (await ask("?cursor=x")).status]).toEqual([409, 404, 400]);
  }, 60_000);
});
