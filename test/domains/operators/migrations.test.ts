import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { DEFAULT_TERMS } from "../../../src/check/terms.ts";

const FOLDER = join(import.meta.dirname, "../../../migrations");

interface Journal {
  entries: { tag: string }[];
}

/** A database as the release before left it, with these rows, after all its migrations. */
function migrated(name: string, migration: string, rows: string[]): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  const { entries } = JSON.parse(readFileSync(join(FOLDER, name, "meta/_journal.json"), "utf8")) as Journal;
  for (const { tag } of entries) {
    if (tag.endsWith(migration)) for (const row of rows) database.exec(row);
    database.exec(readFileSync(join(FOLDER, name, `${tag}.sql`), "utf8"));
  }
  return database;
}

const KEY = { id: "k", hash: "00", operator: "op", state: "active" };
const NOW_KEY = { ...KEY, ...DEFAULT_TERMS };

/** What was kept from before keys had terms is given the usual ones, in each place where an isolate would read it. */
describe("keys kept from before they had terms", () => {
  it("have the usual ones in Register, and in its log", () => {
    const database = migrated("register", "give-keys-terms", [
      "insert into operatorKeys (id, hash, operator, state, sealedReply, issuedAt) values ('k', '00', 'op', 'active', x'00', 1)",
      `insert into changes (seq, t, type, body) values (1, 1, 'key', '${JSON.stringify({ key: KEY })}')`,
      `insert into changes (seq, t, type, body) values (2, 1, 'operator', '{"operator":{"id":"op"}}')`,
    ]);
    const row = database.prepare("select scopes, expiresAt, networks, perSecond, perDay from operatorKeys").get()!;
    expect({ ...row, scopes: JSON.parse(row.scopes as string), networks: JSON.parse(row.networks as string) }).toEqual(DEFAULT_TERMS);
    const bodies = database.prepare("select body from changes order by seq").all().map(({ body }) => JSON.parse(body as string));
    expect(bodies).toEqual([{ key: NOW_KEY }, { operator: { id: "op" } }]);
  });

  it("have the usual ones in a Replica's directory, and in its log", () => {
    const database = migrated("replica", "give-keys-terms", [
      `insert into directory (kind, name, body) values ('keys', '00', '${JSON.stringify(KEY)}'), ('operators', 'op', '{"id":"op"}')`,
      `insert into log (seq, t, type, body) values (1, 1, 'key', '${JSON.stringify(KEY)}'), (2, 1, 'operator', '{"id":"op"}')`,
    ]);
    for (const table of ["directory", "log"]) {
      const bodies = database.prepare(`select body from ${table} order by rowid`).all().map(({ body }) => JSON.parse(body as string));
      expect(bodies).toEqual([NOW_KEY, { id: "op" }]);
    }
  });
});
