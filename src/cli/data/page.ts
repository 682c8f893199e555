/** docs/data.md: what is kept, where, by whom, and how it is found again. */
import { fileURLToPath } from "node:url";
import { DATABASES } from "../generate.ts";
import { type Column, entities, type Entity, type Index } from "./entities.ts";
import { type Uses, usesOf } from "./uses.ts";

export const PAGE = fileURLToPath(new URL("../../../docs/data.md", import.meta.url));

/** What each database is, and how many there are. */
const DATABASE: Record<string, string> = {
  office: "libSQL “office”: one, with replicas",
  register: "Durable Object Register: one",
  replica: "Durable Object Replica: some in each region",
  "audit-log": "Durable Object AuditLog: one",
  challenge: "Durable Object Challenge: one a phone",
  person: "Durable Object Person: one a citizen",
  usage: "Durable Object Usage: one an operator",
  feed: "Durable Object Feed: one an operator",
  bell: "Durable Object Bell: one",
  witness: "Durable Object Witness, of somebody else's: one a log",
};

/** The seed's own figures (seed.txt, Model Statistics). */
const SEED = ["the seed", "65+", "200+", "50+", "100+", "30+", "some", "some"];

interface Counted {
  tables: number;
  indexes: Index[];
  foreign: Index[];
}

const countedOf = (some: readonly Entity[]): Counted => ({
  tables: some.length,
  indexes: some.flatMap(({ indexes }) => indexes),
  foreign: some.flatMap(({ indexes, columns }) => indexes.filter((index) => columns.some(({ name, refersTo }) => refersTo !== null && name === index.columns[0]))),
});

function countsRow(name: string, { tables, indexes, foreign }: Counted): string[] {
  const having = (is: (index: Index) => boolean): number => indexes.filter(is).length;
  const figures = [
    tables, indexes.length, having(({ columns }) => columns.length > 1), foreign.length, having(({ unique }) => unique), having(({ partial }) => partial), having(({ covering }) => covering),
  ];
  return [name, ...figures.map(String)];
}

function countsTable(all: readonly Entity[]): string {
  const rows = Object.keys(DATABASES).map((database) => countsRow(whereIs(database), countedOf(all.filter(({ databases }) => databases.includes(database)))));
  const sum = ["all, as often as they are declared", ...rows[0]!.slice(1).map((_, at) => String(rows.reduce((total, row) => total + Number(row[at + 1]), 0)))];
  const head = ["database", "tables", "indexes", "composite", "foreign-key", "unique", "partial", "covering"];
  return [head, head.map(() => "---"), ...rows, sum, SEED].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const WHY = `
Primary keys are not counted, although most look-ups need nothing else. Half of the seed's 200+ indexes are those its framework makes of every foreign key, asked for or not; here there
are as many as the questions need:

- An index stands only where a query's plan uses it, or where it refuses what a rule forbids twice. The lists of the queries, [the office's](../test/office/queries.ts) and [the objects'](../test/objects/queries.ts),
  say which uses which index; their tests ask SQLite for each plan (no table that grows is gone through, nothing is sorted), and fail for an index that no query needs.
- What belongs to one person, phone or operator has a database of its own. Its tables are short, and what most of the seed's composite indexes begin with, whose row it is, is the object's name.
- Who is excluded is not looked up in a table at all: the edge looks in [sorted shards](decisions/0010-three-homes-of-a-shard.md) in memory.
- A foreign key is indexed where rows are looked for by it. The rows it refers to are marked as deleted and stay, so that nothing else looks.
- An index is written with each row: an entry of the audit log, the office's largest table, is written once more for each of its indexes.

Foreign keys and choices are the office's database's to hold: a column that ends in Id and names a row of another table is a foreign key, a choice has a CHECK,
and [a test](../test/office/constraints.test.ts) reads the schema for any that is not, and names the exceptions. SQLite enforces foreign keys by connection; libSQL's server opens each connection with them on, which the
same test shows over HTTP, and migrating refuses a server that does not. Objects' tables declare none, because they are rebuilt by migrations and restored row by row.

“Foreign-key” counts indexes that begin with a column that is a foreign key; only the office declares those. “Covering” counts those that answer some query without a look at
their table. How long each question takes at a million users and five million audit entries: [performance](performance.md), or \`npm run bench -- office\`.`.trim();

const whereIs = (database: string): string => {
  const where = DATABASE[database];
  if (!where) throw new Error(`say in src/cli/data/page.ts where ${database} lives`);
  return where;
};

const columnText = ({ name, type, nullable, primary, refersTo }: Column): string =>
  `\`${name}\` ${type}${nullable ? ", may be null" : ""}${primary ? ", key" : ""}${refersTo ? ` → ${refersTo}` : ""}`;

function indexText({ name, columns, unique, partial, covering }: Index): string {
  const kinds = [unique && "unique", partial && "partial", covering && "covering"].filter(Boolean);
  return `\`${name}\` (${columns.join(", ")})${kinds.length > 0 ? ` ${kinds.join(", ")}` : ""}`;
}

const functions = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ") || "nothing by name";

function section(entity: Entity, { writtenBy, readBy }: Uses): string {
  const { name, about, file, databases, columns, indexes } = entity;
  return [
    `### ${name}`,
    about,
    [
      `- in ${databases.map(whereIs).join("; ")}; declared in [${file}](../${file})`,
      `- columns: ${columns.map(columnText).join(" · ")}`,
      ...(indexes.length > 0 ? [`- indexes: ${indexes.map(indexText).join(" · ")}`] : []),
      `- written by ${functions(writtenBy)}; read by ${functions(readBy)}`,
    ].join("\n"),
  ].join("\n\n");
}

/** The whole page. Throws for a table without a comment, and for a database nobody said the place of. */
export async function dataPage(): Promise<string> {
  const all = await entities();
  const uses = usesOf(all);
  const owners = [...new Set(all.map(({ owner }) => owner))].toSorted();
  const sections = owners.map((owner) => {
    const owned = all.flatMap((entity, at) => (entity.owner === owner ? [section(entity, uses[at]!)] : []));
    return [`## ${owner}`, ...owned].join("\n\n");
  });
  const intro = "Written by `npm run data` from the tables' declarations, the comments beside them and the stores; a test fails when it is not what would be written. " +
    "Instants are UTC milliseconds. No person's identity stands in clear in any of it.";
  return `${["# What is kept", intro, "## How much, and how it is found", countsTable(all), WHY, ...sections].join("\n\n")}\n`;
}
