import { type DrizzleSqliteDODatabase, drizzle } from "drizzle-orm/durable-sqlite";
import { migrate } from "drizzle-orm/durable-sqlite/migrator";

/** A Durable Object's own database. Its transactions are synchronous: an async callback would not roll back. */
export type ObjectDatabase = DrizzleSqliteDODatabase;

/** What a store may do, within a transaction or without one. */
export type Transaction = Pick<ObjectDatabase, "insert" | "delete" | "select" | "selectDistinct" | "update">;

interface Migrations {
  journal: { entries: { idx: number; when: number; tag: string; breakpoints: boolean }[] };
  migrations: Record<string, string>;
}

/** A query that is asked at every turn, built once a database: drizzle takes longer to build one than SQLite to answer it. */
export function prepared<Query>(build: (database: ObjectDatabase) => Query): (database: ObjectDatabase) => Query {
  const queries = new WeakMap<ObjectDatabase, Query>();
  return (database) => {
    let query = queries.get(database);
    if (!query) queries.set(database, (query = build(database)));
    return query;
  };
}

/**
 * Opens the object's database at the newest schema. The migrator does all its work before it first yields, so the tables
 * are there when this returns; the object is blocked on its promise only so that a failure stops it.
 */
export function openDatabase(state: DurableObjectState, migrations: Migrations): ObjectDatabase {
  const database = drizzle(state.storage);
  const migrated = migrate(database, migrations);
  void state.blockConcurrencyWhile(() => migrated);
  return database;
}
