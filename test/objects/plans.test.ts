import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import { describe, expect, it } from "vitest";
import { COVERING } from "../../src/cli/data/covering.ts";
import { DATABASES } from "../../src/cli/generate.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";
import { type Asked, type Plan, planOf } from "../support/plans.ts";
import { QUERIES, SMALL } from "./queries.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations");

/** An object's storage at its newest schema, which notes what it is asked. */
function storageOf(database: string) {
  const storage = new ObjectStorage();
  for (const file of globSync(`${MIGRATIONS}/${database}/*.sql`).toSorted()) {
    for (const statement of readFileSync(file, "utf8").split("--> statement-breakpoint")) storage.rows(statement);
  }
  const noted: Asked[] = [];
  const exec = (sql: string, ...params: unknown[]) => {
    noted.push({ sql, params });
    return storage.sql.exec(sql, ...params);
  };
  const noting = { sql: { exec }, transactionSync: storage.transactionSync } as unknown as DurableObjectStorage;
  return { storage, noted, database: drizzle(noting) as ObjectDatabase };
}

const OBJECTS = Object.keys(DATABASES).filter((database) => database !== "office");
const storages = Object.fromEntries(OBJECTS.map((database) => [database, storageOf(database)]));
storages.register!.storage.rows("INSERT INTO head (id, logId, seq, t, fence, announced) VALUES (1, 'log', 0, 0, 0, 0)");

function plansOf(database: string, ask: (database: ObjectDatabase) => unknown): Plan[] {
  const { storage, noted, database: asked } = storages[database]!;
  noted.length = 0;
  ask(asked);
  return noted.map((one) => planOf(one, storage.rows(`EXPLAIN QUERY PLAN ${one.sql}`, ...(one.params as never[])).map((row) => String(row[3])), SMALL));
}

const nameOf = ([database, ask]: (typeof QUERIES)[number]): string => `${database}: ${/(\w+)\)?\(database/.exec(String(ask))![1]}`;

const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].toSorted();

describe("the plan of an object's query", () => {
  const covering: Record<string, string[][]> = {};

  it.each(QUERIES.map((query) => [nameOf(query), ...query] as const))("%s", (_, database, ask, uses, despite) => {
    const plans = plansOf(database, ask);
    expect(plans.flatMap(({ faults }) => faults).length > 0, String(plans.map(({ faults }) => faults))).toBe(despite !== undefined);
    expect(union(plans.map((plan) => plan.uses))).toEqual(uses);
    (covering[database] ??= []).push(...plans.map((plan) => plan.covering.filter((name) => !name.endsWith(".primaryKey"))));
  });

  it.each(OBJECTS)("is covered in %s where it is said to be", (database) =>
    expect(union(covering[database] ?? [])).toEqual(COVERING[database] ?? []));
});

describe("the objects' indexes", () => {
  it.each(OBJECTS)("of %s are each used", (database) => {
    const used = union(QUERIES.filter(([of]) => of === database).map(([, , uses]) => uses));
    const names = storages[database]!.storage.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_autoindex_%'").map(([name]) => String(name));
    expect(names.filter((name) => !used.includes(name))).toEqual([]);
  });
});
