import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "drizzle-orm/libsql/migrator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrateOffice } from "../../src/cli/office.ts";
import { type Database, openServers } from "../../src/cli/sqld.ts";
import { type Office, openOffice } from "../../src/office/database.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/office");

/** The changes of the tables up to one of them, as a release had them that ended there. */
function changesUpTo(number: string, home: string): string {
  cpSync(MIGRATIONS, home, { recursive: true });
  const journal = join(home, "meta/_journal.json");
  const all = JSON.parse(readFileSync(journal, "utf8")) as { entries: { tag: string }[] };
  writeFileSync(journal, JSON.stringify({ ...all, entries: all.entries.filter(({ tag }) => tag.slice(0, 4) <= number) }));
  return home;
}

const BEFORE = [
  "insert into projections (one, version, logId, position, generation, wholeGeneration, asOf, movedAt) values (1, 7, 'log', 12, 3, 3, 5, 5)",
  ...["active", "ended"].map((state) => `insert into exclusions (id, reference, personId, state, policy, policyVersion, endMode, channel, startedAt, endsAt, reviewAt, endedAt, `
    + `identifiers, generation) values ('${state}', 'NSER-${state}', 'p', '${state}', '1y', 1, 'confirmed', 'web', 1, 2, null, null, '[]', 3)`),
  "insert into exclusionChanges (id, reference, position, sequence, at, action, channel, payload, generation) "
    + "values ('c', 'NSER-active', 1, 1, 1, 'exclusion.registered', 'web', '{}', 3)",
  "insert into auditEntries (position, id, at, action, resource, actorKind, actorId, payload) values (9, 'e', 1, 'user.changed', 'user/u', 'user', 'u', '{}')",
];

describe("an office of the release before, with exclusions and what happened to them", () => {
  const home = mkdtempSync(join(tmpdir(), "nser-changes-"));
  let servers: Database;
  let office: Office;
  beforeAll(async () => {
    servers = await openServers();
    const settings = { url: servers.primary.url, token: servers.writeToken };
    office = openOffice({ ...settings, replicaUrl: servers.replica.url });
    await migrate(office.primary, { migrationsFolder: changesUpTo("0004", home) });
    for (const statement of BEFORE) await office.primary.$client.execute(statement);
    await migrateOffice(settings);
  }, 30_000);
  afterAll(async () => {
    await servers?.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const rows = async (query: string) => (await office.primary.$client.execute(query)).rows.map((row) => ({ ...row }));

  it("keeps every row, each its holder's own, and reads Register anew", async () => {
    expect(await rows("select id, reference, state, origin, caseReference, county, renewals, endsAt from exclusions order by id")).toEqual(
      ["active", "ended"].map((state) => ({ id: state, reference: `NSER-${state}`, state, origin: "self", caseReference: null, county: null, renewals: 0, endsAt: 2 })));
    expect(await rows("select id, reference from exclusionChanges")).toEqual([{ id: "c", reference: "NSER-active" }]);
    expect(await rows("select logId, position, version from projections")).toEqual([{ logId: null, position: 0, version: 8 }]);
  });

  it("keeps what was done, to be told to the log as the office's own", async () => {
    expect(await rows("select position, id, actorId, source, outcome, leaf, length(salt) as salt from auditEntries")).toEqual(
      [{ position: 9, id: "e", actorId: "u", source: "office", outcome: "done", leaf: null, salt: 32 }]);
  });

  it("still holds what happened to an exclusion that there is, and no other", async () => {
    expect(await rows("pragma foreign_key_check")).toEqual([]);
    const [changes] = await rows("select sql from sqlite_schema where name = 'exclusionChanges'");
    expect(changes!.sql).toMatch(/REFERENCES [`"]exclusions[`"]/i);
    await expect(rows("insert into exclusionChanges (id, reference, position, at, action, channel, payload, generation) "
      + "values ('d', 'NSER-nobody', 2, 1, 'a', 'web', '{}', 3)")).rejects.toThrow(/FOREIGN KEY/);
  });
});
