import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/feed");
const STATEMENTS = globSync(`${MIGRATIONS}/*.sql`).toSorted().flatMap((file) => readFileSync(file, "utf8").split("--> statement-breakpoint"));

/** A feed's storage without its object. */
export function feedDatabase(): ObjectDatabase {
  const storage = new ObjectStorage();
  for (const statement of STATEMENTS) storage.rows(statement);
  return drizzle(storage as unknown as DurableObjectStorage) as ObjectDatabase;
}
