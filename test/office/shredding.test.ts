import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrateOffice } from "../../src/cli/office.ts";
import { type Database, openServers } from "../../src/cli/sqld.ts";
import { placeOf } from "../../src/domains/users/accounts/accounts.ts";
import { shredUser } from "../../src/domains/users/accounts/store.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import { type Office, openOffice } from "../../src/office/database.ts";
import { openValue } from "../../src/sealing/sealed.ts";
import { ENVELOPE } from "../support/api.ts";

const directory = mkdtempSync(join(tmpdir(), "nser-shredding-"));
const actor = systemActor("test");
let servers: Database;
let office: Office;

beforeAll(async () => {
  servers = await openServers(directory);
  const settings = { url: servers.primary.url, token: servers.writeToken };
  await migrateOffice(settings);
  office = openOffice(settings);
}, 30_000);

afterAll(async () => {
  await servers?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function addUser(email: string): Promise<string> {
  const user = new Accounts({ database: office.primary, envelope: ENVELOPE, lookupKey: new Uint8Array(32), random }).newUser({ name: "Somebody", email }, actor, 1);
  await user.insert;
  return user.id;
}

const shred = (id: string, version = 1, failing: { toSQL(): { sql: string; params: unknown[] } }[] = []) =>
  commit(
    office,
    { actor, rows: [...shredUser(office.primary, { id, version }, actor, 2), ...failing], audit: { action: "user.shredded", resource: `user/${id}`, payload: {} }, answer: {} },
    { now: 2, random },
  );

/** The server's own file, with what its log has not brought into it yet. */
function file(): { rows: Record<string, any>[]; bytes: Buffer } {
  const path = join(directory, "primary/dbs/default/data");
  const database = new DatabaseSync(path);
  const rows = database.prepare("select * from users").all();
  database.exec("pragma wal_checkpoint(truncate)");
  database.close();
  return { rows, bytes: readFileSync(path) };
}

it("an account that was shredded stands in the server's file without key, profile or pseudonym, and the others as before", async () => {
  const [gone, kept, conflicting] = [await addUser("a@example.test"), await addUser("b@example.test"), await addUser("c@example.test")];
  const before = await office.primary.$client.execute({ sql: "select dataKey, sealedProfile from users where id = ?", args: [gone] });
  const [dataKey, sealedProfile] = [before.rows[0]!.dataKey, before.rows[0]!.sealedProfile].map((bytes) => Buffer.from(bytes as ArrayBuffer)) as [Buffer, Buffer];
  expect(await shred(gone)).toEqual({ ok: true, answer: {} });
  expect(await shred(gone)).toEqual({ ok: false, refusal: "conflict" });
  expect(await shred(conflicting, 7)).toEqual({ ok: false, refusal: "conflict" });
  await expect(shred(conflicting, 1, [{ toSQL: () => ({ sql: "insert into nowhere values (1)", params: [] }) }])).rejects.toThrow(/nowhere/);
  await servers.stop();

  const { rows, bytes } = file();
  const rowOf = (id: string) => rows.find((row) => row.id === id)!;
  expect(rowOf(gone)).toMatchObject({ dataKey: null, sealedProfile: null, emailKey: null, version: 2, updatedBy: "system:test" });
  expect([bytes.includes(dataKey), bytes.includes(sealedProfile)]).toEqual([false, false]);
  for (const id of [kept, conflicting]) {
    const row = rowOf(id);
    expect([bytes.includes(row.dataKey), bytes.includes(row.sealedProfile)]).toEqual([true, true]);
    expect(openValue(ENVELOPE.unwrap(row.dataKey, placeOf("dataKey", id)), row.sealedProfile, placeOf("sealedProfile", id))).toMatchObject({ name: "Somebody" });
  }
});
