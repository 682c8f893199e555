/** The office's database as those see it who look after it: brings its tables to the newest schema. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "drizzle-orm/libsql/migrator";
import { openOffice, type OfficeSettings } from "../office/database.ts";

const MIGRATIONS = fileURLToPath(new URL("../../migrations/office", import.meta.url));

/** All in one batch or nothing; what is new already is left as it is. */
export async function migrateOffice(settings: OfficeSettings): Promise<void> {
  await migrate(openOffice(settings).primary, { migrationsFolder: MIGRATIONS });
}

/** Every change of the tables there is, oldest first. */
export function tableChanges(): string[] {
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, "meta/_journal.json"), "utf8")) as { entries: { tag: string }[] };
  return journal.entries.map(({ tag }) => tag);
}
