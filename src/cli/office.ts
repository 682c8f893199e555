/** The office's database as those see it who look after it: brings its tables to the newest schema. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "drizzle-orm/libsql/migrator";
import { openOffice, type OfficeSettings } from "../office/database.ts";

const MIGRATIONS = fileURLToPath(new URL("../../migrations/office", import.meta.url));

/** All in one batch or nothing; what is new already is left as it is. Throws too when the server would not hold what the tables declare. */
export async function migrateOffice(settings: OfficeSettings): Promise<void> {
  const { primary } = openOffice(settings);
  await migrate(primary, { migrationsFolder: MIGRATIONS });
  await requireForeignKeys(primary.$client);
}

interface Database {
  execute(sql: string): Promise<{ rows: readonly unknown[] }>;
}

/** SQLite enforces foreign keys by connection, and a call over HTTP has a connection of its own: libSQL's servers begin each with them on. */
export async function requireForeignKeys(database: Database): Promise<void> {
  const [row] = (await database.execute("PRAGMA foreign_keys")).rows as { foreign_keys: number }[];
  if (row?.foreign_keys !== 1) throw new Error("the office's database does not enforce foreign keys");
}

/** Every change of the tables there is, oldest first. */
export function tableChanges(): string[] {
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, "meta/_journal.json"), "utf8")) as { entries: { tag: string }[] };
  return journal.entries.map(({ tag }) => tag);
}
