/** Every table of every database, as its declaration and the comments beside it tell of it. */
import { readFileSync } from "node:fs";
import { is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { DATABASES } from "../generate.ts";
import { COVERING } from "./covering.ts";

const ROOT = new URL("../../../", import.meta.url);

export interface Column {
  name: string;
  type: string;
  nullable: boolean;
  primary: boolean;
  /** The table it refers to by a foreign key. */
  refersTo: string | null;
}

export interface Index {
  name: string;
  columns: string[];
  unique: boolean;
  partial: boolean;
  covering: boolean;
}

export interface Entity {
  name: string;
  /** Its declaration: the file, and the constant. */
  file: string;
  constant: string;
  /** The folder that owns it: a domain, or a part beside them. */
  owner: string;
  /** What the comment at its declaration says. */
  about: string;
  /** The databases it lives in. */
  databases: string[];
  columns: Column[];
  /** Without the primary key's. */
  indexes: Index[];
}

export const read = (file: string): string => readFileSync(new URL(file, ROOT), "utf8");

const ownerOf = (file: string): string => /^src\/(?:domains\/)?([^/]+)/.exec(file)![1]!;

/** The comment that stands before the constant, as one line. */
function commentOn(constant: string, source: string): string {
  const found = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const ${constant} = `).exec(source)?.[1];
  if (!found) throw new Error(`the table ${constant} says nothing of itself`);
  return found.replaceAll(/\n\s*\*/g, " ").replaceAll(/\s+/g, " ").trim();
}

function columnsOf(table: SQLiteTable): Column[] {
  const { columns, primaryKeys, foreignKeys } = getTableConfig(table);
  const keyed = new Set(primaryKeys.flatMap((key) => key.columns.map(({ name }) => name)));
  const references = new Map(foreignKeys.map((key) => [key.reference().columns[0]!.name, getTableConfig(key.reference().foreignTable).name]));
  return columns.map((column) => ({
    name: column.name,
    type: column.enumValues ? column.enumValues.join(" \\| ") : column.getSQLType(),
    nullable: !column.notNull,
    primary: column.primary || keyed.has(column.name),
    refersTo: references.get(column.name) ?? null,
  }));
}

function indexesOf(table: SQLiteTable, databases: readonly string[]): Index[] {
  const { name: tableName, columns, indexes } = getTableConfig(table);
  const constraints = columns.filter(({ isUnique }) => isUnique).map(({ name, uniqueName }) =>
    ({ name: uniqueName ?? `${tableName}_${name}_unique`, columns: [name], unique: true, partial: false, covering: false }));
  const declared = indexes.map(({ config: { name, columns: of, unique, where } }) => ({
    name, unique, partial: where !== undefined,
    columns: of.map((column) => ("name" in column ? String(column.name) : "an expression")),
    covering: databases.some((database) => COVERING[database]?.includes(name)),
  }));
  return [...constraints, ...declared];
}

/** In the order of their databases and declarations, each once however many databases have it. */
export async function entities(): Promise<Entity[]> {
  const files = [...new Set(Object.values(DATABASES).flat())];
  const found = await Promise.all(files.map(async (file): Promise<Entity[]> => {
    const databases = Object.keys(DATABASES).filter((database) => DATABASES[database]!.includes(file));
    const exported = Object.entries((await import(new URL(file, ROOT).href)) as Record<string, unknown>);
    const tables = exported.filter((entry): entry is [string, SQLiteTable] => is(entry[1], SQLiteTable));
    const source = read(file);
    const place = (constant: string): number => source.indexOf(`export const ${constant} = `);
    return tables.toSorted(([a], [b]) => place(a) - place(b)).map(([constant, table]) => ({
      name: getTableConfig(table).name, file, constant, owner: ownerOf(file), about: commentOn(constant, source), databases,
      columns: columnsOf(table), indexes: indexesOf(table, databases),
    }));
  }));
  return found.flat();
}
