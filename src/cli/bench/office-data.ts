/** An office as large as it may become, made within the database itself: sending the rows would take hours and measure nothing else. */
import { type Client, createClient } from "@libsql/client/http";
import { POLICY_CODES } from "../../domains/exclusions/policies.ts";
import { FIGURES, WAITS } from "../../domains/exclusions/statistics/model.ts";
import { DAY } from "../../kernel/clock.ts";
import type { Length } from "./report.ts";

export interface Sizes {
  users: number;
  accessTokens: number;
  commands: number;
  auditEntries: number;
  exclusions: number;
  exclusionChanges: number;
  operators: number;
}

export const SIZES: Record<Length, Sizes> = {
  short: { users: 2_000, accessTokens: 500, commands: 500, auditEntries: 20_000, exclusions: 2_000, exclusionChanges: 10_000, operators: 30 },
  full: { users: 1_000_000, accessTokens: 100_000, commands: 500_000, auditEntries: 5_000_000, exclusions: 100_000, exclusionChanges: 500_000, operators: 300 },
};

/** Entries are spread over a year, evenly. */
export const BEGINNING = Date.UTC(2026, 0, 1);
export const END = BEGINNING + 365 * DAY;
/** Every so many users one is staff, and every so many entries one is about an operator. */
export const STAFF = 1_000;
export const OPERATORS = 100;
export const JOBS = 3;
const KEYS_OF_OPERATOR = 100;
const CHANGES_OF_OPERATOR = 1_000;

/** The nth user's id: in the order of time, as UUIDv7 is. */
export const userId = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const userIdOf = (n: string): string => `printf('00000000-0000-7000-8000-%012x', ${n})`;
export const referenceOf = (n: number): string => `NSER-${n}`;
const anyOf = (many: number): string => `abs(random() % ${many})`;
const hash = "lower(hex(randomblob(32)))";
const base = { createdAt: `${BEGINNING} + i`, createdBy: "'system:bench'" };

interface Filling {
  table:
    | keyof Sizes | "roleAssignments" | "projections" | "operatorKeys" | "operatorChanges"
    | "statisticsProgress" | "exclusionStatistics" | "exclusionsInForce" | "exclusionWaits" | "replicaStaleness";
  rows: number;
  /** Each column of row i, in SQL. */
  columns: Record<string, string>;
}

/** What every table is filled with, those first that others refer to. */
export const fillings = (sizes: Sizes): Filling[] => [...ownFillings(sizes), ...copyFillings(sizes), ...FIGURE_FILLINGS];

const ownFillings = ({ users, accessTokens, commands, auditEntries }: Sizes): Filling[] => [
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

const spread = (rows: number): string => `CAST(${BEGINNING} + i * ${(END - BEGINNING) / rows} AS INTEGER)`;
const change = (rows: number) => ({
  id: userIdOf("i"), position: "i + 1", sequence: "i + 1", at: spread(rows), payload: "'{\"policy\":\"1y\"}'", generation: "1",
});

/** The copy of Register. Exclusions of a day or a week are over, but for the last hundredth. */
const copyFillings = ({ exclusions, exclusionChanges, operators }: Sizes): Filling[] => [
  {
    table: "projections", rows: 1,
    columns: {
      one: "1", version: "1", logId: "'log'", position: String(exclusionChanges), generation: "1", wholeGeneration: "1",
      asOf: String(END), movedAt: String(END),
    },
  },
  {
    table: "exclusions", rows: exclusions,
    columns: {
      id: userIdOf("i"), reference: "'NSER-' || i", personId: userIdOf("i"), origin: "'self'", renewals: "0",
      state: `CASE WHEN i % ${POLICY_CODES.length} < 2 AND i < ${exclusions * 0.99} THEN 'ended' ELSE 'active' END`,
      policy: `CASE i % ${POLICY_CODES.length} ${POLICY_CODES.map((code, n) => `WHEN ${n} THEN '${code}'`).join(" ")} END`,
      policyVersion: "1", endMode: "'automatic'", channel: "'web'", startedAt: spread(exclusions), endsAt: String(END + DAY), generation: "1",
      identifiers: `'[{"kind":"msisdn","evidence":"code","standing":"firm","provisionalUntil":null,"addedAt":${BEGINNING}}]'`,
    },
  },
  {
    table: "exclusionChanges", rows: exclusionChanges,
    columns: { ...change(exclusionChanges), reference: `'NSER-' || (i % ${exclusions})`, action: "'exclusion.extended'", channel: "'web'" },
  },
  {
    table: "operators", rows: operators,
    columns: { id: "'op' || i", name: "'Operator ' || i", state: "'active'", requiredKinds: `'["msisdn"]'`, enrolledAt: String(BEGINNING), generation: "1" },
  },
  {
    table: "operatorKeys", rows: operators * KEYS_OF_OPERATOR,
    columns: {
      id: userIdOf("i"), operator: `'op' || (i % ${operators})`, state: "'active'", scopes: `'["checks"]'`, networks: "'[]'", perSecond: "50", perDay: "100000",
      issuedAt: spread(operators * KEYS_OF_OPERATOR), generation: "1",
    },
  },
  {
    table: "operatorChanges", rows: operators * CHANGES_OF_OPERATOR,
    columns: {
      ...change(operators * CHANGES_OF_OPERATOR),
      operator: `'op' || (i % ${operators})`, resource: `'op' || (i % ${operators})`, action: "'operator.key-issued'", channel: "'api'",
    },
  },
];

const DAYS = 365;
const COUNTIES = 47;
/** The values a day has a count of, of each figure: everything, counties, policies. */
const VALUES = 1 + COUNTIES + POLICY_CODES.length;
const REPLICAS = 5;
const nthOf = (values: readonly string[], at: string): string => `CASE ${at} ${values.map((value, n) => `WHEN ${n} THEN '${value}'`).join(" ")} END`;
const dayOf = (rowsADay: number): string => `date(${BEGINNING / 1_000} + i / ${rowsADay} * 86400, 'unixepoch')`;

/** What was counted of a year, each day of everything there is, and measured in it. */
const FIGURE_FILLINGS: readonly Filling[] = [
  { table: "statisticsProgress", rows: 1, columns: { one: "1", version: "1", generation: "1", position: "1000000000", asOf: String(END) } },
  {
    table: "exclusionStatistics", rows: DAYS * FIGURES.length * VALUES,
    columns: {
      day: dayOf(FIGURES.length * VALUES), figure: nthOf(FIGURES, `i / ${VALUES} % ${FIGURES.length}`), count: "1 + i % 20",
      dimension: `CASE WHEN i % ${VALUES} = 0 THEN 'all' WHEN i % ${VALUES} <= ${COUNTIES} THEN 'county' ELSE 'policy' END`,
      value: `CASE WHEN i % ${VALUES} = 0 THEN '' WHEN i % ${VALUES} <= ${COUNTIES} THEN printf('%03d', i % ${VALUES}) ELSE ${nthOf(POLICY_CODES, `i % ${VALUES} - ${COUNTIES + 1}`)} END`,
    },
  },
  {
    table: "exclusionsInForce", rows: DAYS * POLICY_CODES.length * 2,
    columns: { day: dayOf(POLICY_CODES.length * 2), policy: nthOf(POLICY_CODES, `i % ${POLICY_CODES.length}`), origin: `CASE i / ${POLICY_CODES.length} % 2 WHEN 0 THEN 'self' ELSE 'family' END`, change: "1 + i % 20" },
  },
  { table: "exclusionWaits", rows: DAYS * WAITS.length * 100, columns: { day: dayOf(WAITS.length * 100), wait: nthOf(WAITS, `i / 100 % ${WAITS.length}`), hours: "i % 100", count: "1 + i % 7" } },
  {
    table: "replicaStaleness", rows: DAYS * 24 * REPLICAS,
    columns: { hour: `${BEGINNING} + i / ${REPLICAS} * 3600000`, replica: `'weur/' || (1 + i % ${REPLICAS})`, minutes: `'{"0":300,"1":301}'`, samples: "60", medianMs: "300", p95Ms: "800", worstMs: "1000 + i % 60" },
  },
];

/** As many rows as one statement writes, about a second's work. */
const CHUNK = 100_000;

/** Foreign keys refer to what is unique by these. */
const REFERRED_TO = ["exclusions_by_reference", "auditEntries_by_id"];

/** Fills the tables of an office that is at its newest schema. Indexes are made afterwards, for each row would move them all. */
export async function fillOffice(url: string, filled: readonly Filling[], progress: (line: string) => void): Promise<void> {
  const client = createClient({ url });
  const { rows: indexes } = await client.execute({
    sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND name NOT IN (?, ?)", args: REFERRED_TO,
  });
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
