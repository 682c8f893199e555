import { beforeAll, describe, expect, it } from "vitest";
import { requireForeignKeys } from "../../src/cli/office.ts";
import { openOffice } from "../../src/office/database.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();

/** Columns that name a row of another table and do not hold it there, and why. */
const LOOSE: Record<string, string> = {
  "totps.sessionId": "what was set up is kept for longer than the session it was set up in",
  "auditEntries.commandId": "an entry is kept for longer than the command that caused it",
};

/** Texts named like a choice that are not held to one, and why. */
const OPEN: Record<string, string> = Object.fromEntries(
  ["exclusionChanges.channel", "operatorChanges.channel", "exclusions.channel", "auditEntries.channel"].map((column) => [column, "a copy of what Register says, which may come to know more doors than this copy"]),
);

const ask = async (sql: string, ...args: string[]) => (await test.office.primary.$client.execute({ sql, args })).rows;

interface Column {
  table: string;
  name: string;
  type: string;
  keyed: boolean;
}

interface Schema {
  tables: { name: string; sql: string }[];
  columns: Column[];
  /** `table.column` of each foreign key. */
  foreign: Set<string>;
}

async function schema(): Promise<Schema> {
  const found = await ask("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'libsql_*'");
  const tables = found.map(({ name, sql }) => ({ name: String(name), sql: String(sql) }));
  const columns: Column[] = [];
  const foreign = new Set<string>();
  for (const { name: table } of tables) {
    for (const row of await ask("SELECT name, type, pk FROM pragma_table_info(?)", table)) {
      columns.push({ table, name: String(row.name), type: String(row.type).toLowerCase(), keyed: Number(row.pk) > 0 });
    }
    for (const row of await ask('SELECT "from" AS name FROM pragma_foreign_key_list(?)', table)) foreign.add(`${table}.${String(row.name)}`);
  }
  return { tables, columns, foreign };
}

const named = ({ table, name }: Column): string => `${table}.${name}`;

/** One row of the table, in the singular: users → user, identities → identity. */
const singular = (table: string): string => table.replace(/ies$/, "y").replace(/s$/, "").toLowerCase();

/** Tables without a primary key. */
const unkeyed = ({ tables, columns }: Schema): string[] =>
  tables.map(({ name }) => name).filter((table) => !columns.some((column) => column.table === table && column.keyed));

/** Columns that end in Id, name a table of the office, and are no foreign key. */
const unheld = ({ tables, columns, foreign }: Schema): string[] => {
  const things = tables.map(({ name }) => singular(name));
  const names = (column: string): boolean => column.endsWith("Id") && things.some((thing) => column.toLowerCase().endsWith(`${thing}id`));
  return columns.filter((column) => names(column.name) && !foreign.has(named(column))).map(named);
};

const CHOICE = /(^|[a-z])(state|status|kind|type|role|mode|channel|priority|level|language|currency|purpose|standing)$/i;

/** Texts named like a choice that no CHECK holds to its values. */
const unchecked = ({ tables, columns }: Schema): string[] => {
  const checks = (column: Column): boolean => new RegExp(`check\\s*\\([^)]*["\`]${column.name}["\`] in \\(`, "i").test(tables.find(({ name }) => name === column.table)!.sql);
  return columns.filter((column) => column.type === "text" && CHOICE.test(column.name) && !checks(column)).map(named);
};

describe("the office's tables", () => {
  let office: Schema;
  beforeAll(async () => void (office = await schema()));

  it("are seen", () => expect(office.tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["users", "auditEntries", "guard"])));

  it("have a primary key each", () => expect(unkeyed(office)).toEqual([]));
  it("hold by a foreign key what they name", () => expect(unheld(office)).toEqual(Object.keys(LOOSE)));
  it("hold choices to their values", () => expect(unchecked(office)).toEqual(Object.keys(OPEN)));
});

describe("a table is refused", () => {
  beforeAll(async () => {
    await test.office.primary.$client.batch(
      ["CREATE TABLE loose (userId text NOT NULL, byUserId text, parentUserId text REFERENCES users(id), state text, bodyKind text CHECK(\"bodyKind\" in ('a')))"], "write",
    );
  });

  it("without a key, a reference that is not held, or a choice that is not checked", async () => {
    const spoiled = await schema();
    expect(unkeyed(spoiled)).toEqual(["loose"]);
    expect(unheld(spoiled)).toEqual([...Object.keys(LOOSE), "loose.userId", "loose.byUserId"]);
    expect(unchecked(spoiled)).toEqual([...Object.keys(OPEN), "loose.state"]);
  });
});

describe("libSQL's server", () => {
  it("enforces foreign keys on each call, whoever opened the connection", async () => {
    const orphan = "INSERT INTO accessTokens (id, userId, hash, label, createdAt, createdBy, expiresAt) VALUES ('1', 'nobody', 'h', 'l', 1, 'x', 1)";
    for (const { url } of [test.servers.primary, test.servers.replica]) {
      const { $client } = openOffice({ url, token: test.servers.writeToken }).primary;
      expect((await $client.execute("PRAGMA foreign_keys")).rows).toEqual([{ foreign_keys: 1 }]);
      await expect($client.execute(orphan)).rejects.toThrow("FOREIGN KEY constraint failed");
      await expect($client.batch([orphan], "write")).rejects.toThrow("FOREIGN KEY constraint failed");
    }
  });

  it("cannot be talked out of it: what one call turns off is on again in the next", async () => {
    const { $client } = test.office.primary;
    await $client.execute("PRAGMA foreign_keys = OFF");
    expect((await $client.execute("PRAGMA foreign_keys")).rows).toEqual([{ foreign_keys: 1 }]);
  });

  it("is not taken when it does not enforce them", async () => {
    const other = { execute: async () => ({ rows: [{ foreign_keys: 0 }] }) };
    await expect(requireForeignKeys(other)).rejects.toThrow("does not enforce foreign keys");
  });

  it("refuses a value no choice has", async () => {
    await expect(test.office.primary.$client.execute("INSERT INTO auditEntries (id, at, action, resource, actorKind, actorId, payload) VALUES ('1', 1, 'a', 'r', 'robot', '1', '{}')"))
      .rejects.toThrow("CHECK constraint failed: auditEntries_actorKind");
  });
});
