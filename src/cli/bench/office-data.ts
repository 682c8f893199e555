/** An office as large as it may become, made within the database itself: sending the rows would take hours and measure nothing else. */
import { type Client, createClient } from "@libsql/client/http";
import { DAY } from "../../kernel/clock.ts";
import type { Length } from "./report.ts";

export interface Sizes {
  users: number;
  accessTokens: number;
  commands: number;
  auditEntries: number;
}

export const SIZES: Record<Length, Sizes> = {
  short: { users: 2_000, accessTokens: 500, commands: 500, auditEntries: 20_000 },
  full: { users: 1_000_000, accessTokens: 100_000, commands: 500_000, auditEntries: 5_000_000 },
};

/** Entries are spread over a year, evenly. */
export const BEGINNING = Date.UTC(2026, 0, 1);
export const END = BEGINNING + 365 * DAY;
/** Every so many users one is staff, and every so many entries one is about an operator. */
export const STAFF = 1_000;
export const OPERATORS = 100;
export const JOBS = 3;

/** The nth user's id: in the order of time, as UUIDv7 is. */
export const userId = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const userIdOf = (n: string): string => `printf('00000000-0000-7000-8000-%012x', ${n})`;
const anyOf = (many: number): string => `abs(random() % ${many})`;
const hash = "lower(hex(randomblob(32)))";
const base = { createdAt: `${BEGINNING} + i`, createdBy: "'system:bench'" };

interface Filling {
  table: keyof Sizes | "roleAssignments";
  rows: number;
  /** Each column of row i, in SQL. */
  columns: Record<string, string>;
}

/** What every table is filled with, those first that others refer to. */
export const fillings = ({ users, accessTokens, commands, auditEntries }: Sizes): Filling[] => [
  {
    table: "users", rows: users,
    columns: {
      id: userIdOf("i"), ...base, updatedAt: `${BEGINNING} + i`, updatedBy: "'system:bench'", version: "1",
      state: "CASE WHEN i % 100 = 99 THEN 'suspended' ELSE 'active' END", dataKey: "randomblob(64)", sealedProfile: "randomblob(96)", emailKey: hash,
    },
  },
  {
    table: "roleAssignments", rows: users,
    columns: {
      id: userIdOf("i"), userId: userIdOf("i"), ...base,
      role: `CASE WHEN i % ${STAFF} = 0 THEN 'grak_officer' WHEN i % 100 = 1 THEN 'operator_user' ELSE 'citizen' END`,
      operator: `CASE WHEN i % 100 = 1 THEN 'op' || (i / 100 % ${OPERATORS}) ELSE '' END`,
    },
  },
  {
    table: "accessTokens", rows: accessTokens,
    columns: { id: userIdOf("i"), userId: userIdOf(`i * ${Math.floor(users / accessTokens)}`), hash, label: "'bench'", ...base, expiresAt: String(END + DAY) },
  },
  { table: "commands", rows: commands, columns: { id: hash, fingerprint: "'f'", result: "'{}'", at: `${BEGINNING} + i` } },
  {
    table: "auditEntries", rows: auditEntries,
    columns: {
      id: userIdOf("i"), at: `${BEGINNING} + i * ${(END - BEGINNING) / auditEntries}`, action: "'user.changed'",
      resource: `CASE WHEN i % 10 = 0 THEN 'operator/op' || (i / 10 % ${OPERATORS}) ELSE 'user/' || ${userIdOf(anyOf(users))} END`,
      actorKind: "CASE WHEN i % 10 < 6 THEN 'system' ELSE 'user' END",
      actorId: `CASE WHEN i % 10 < 6 THEN 'job' || (i % ${JOBS}) WHEN i % 10 < 9 THEN ${userIdOf(`${anyOf(users / STAFF)} * ${STAFF}`)} ELSE ${userIdOf(anyOf(users))} END`,
      network: "'192.0.2.0/24'", agent: "'browser'", country: "'KE'", county: "'047'", commandId: hash,
      payload: `'{"fields":["state"],"version":' || i || '}'`,
    },
  },
];

/** As many rows as one statement writes, about a second's work. */
const CHUNK = 100_000;

/** Fills the tables of an office that is at its newest schema. Indexes are made afterwards, for each row would move them all. */
export async function fillOffice(url: string, filled: readonly Filling[], progress: (line: string) => void): Promise<void> {
  const client = createClient({ url });
  const { rows: indexes } = await client.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
  for (const { name } of indexes) await client.execute(`DROP INDEX "${String(name)}"`);
  for (const filling of filled) {
    await fill(client, filling);
    progress(`${filling.table}: ${filling.rows} rows`);
  }
  for (const { name, sql } of indexes) {
    await client.execute(String(sql));
    progress(`${String(name)}: made`);
  }
  client.close();
}

async function fill(client: Client, { table, rows, columns }: Filling): Promise<void> {
  const names = Object.keys(columns).map((name) => `"${name}"`).join(", ");
  // A number comes over HTTP as a float, and would divide as one.
  const numbers = "WITH RECURSIVE n(i) AS (SELECT CAST(? AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)";
  const insert = `INSERT INTO "${table}" (${names}) ${numbers} SELECT ${Object.values(columns).join(", ")} FROM n`;
  for (let from = 0; from < rows; from += CHUNK) await client.execute({ sql: insert, args: [from, Math.min(rows, from + CHUNK)] });
}
