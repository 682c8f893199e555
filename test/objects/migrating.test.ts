import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import { expect, it } from "vitest";
import { beginLog, wakeExclusions } from "../../src/domains/exclusions/index.ts";
import { exclusions } from "../../src/domains/exclusions/tables.ts";
import { DAY } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { strandedRows } from "../../src/objects/recovery/stranded.ts";
import { random } from "../../src/objects/shell.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/register");
const NOW = Date.UTC(2100, 0, 1);

/** A Register of the release before: two exclusions that run, one without an end, and one that is over. */
function registerOfBefore(): { storage: ObjectStorage; migrate: () => void } {
  const storage = new ObjectStorage();
  const files = globSync("*.sql", { cwd: MIGRATIONS }).toSorted();
  const run = (some: string[]) => some.forEach((file) =>
    readFileSync(join(MIGRATIONS, file), "utf8").split("--> statement-breakpoint").forEach((statement) => storage.rows(statement)));
  run(files.filter((file) => file < "0007"));
  const insert = (id: string, state: string, policy: string, endMode: string, endsAt: number | null, reviewAt: number | null) => storage.rows(
    "insert into exclusions (id, reference, personId, state, policy, policyVersion, endMode, channel, startedAt, endsAt, reviewAt, endedAt) values (?, ?, ?, ?, ?, 1, ?, 'web', ?, ?, ?, ?)",
    id, `NSER-${id}`, id, state, policy, endMode, NOW - DAY, endsAt, reviewAt, state === "ended" ? NOW : null);
  insert("short", "active", "24h", "automatic", NOW + DAY, null);
  insert("long", "active", "1y", "confirmed", NOW + 364 * DAY, null);
  insert("permanent", "active", "permanent", "confirmed", null, NOW + 1095 * DAY);
  insert("over", "ended", "24h", "automatic", NOW, null);
  storage.rows("insert into due (task, at) values ('ends', ?)", NOW + DAY);
  return { storage, migrate: () => run(files.filter((file) => file >= "0007")) };
}

it("an exclusion that ran before Register's tables changed is looked at once, and wakes at its end", () => {
  const { storage, migrate } = registerOfBefore();
  migrate();
  const database = drizzle(storage as unknown as DurableObjectStorage) as ObjectDatabase;
  beginLog(database, random);
  const wakesAt = () => Object.fromEntries(storage.rows("select id, wakesAt from exclusions"));
  expect(storage.rows("select task, at from due")).toEqual([["wake", 1]]);
  expect(wakeExclusions(database, NOW, random)).toBe(NOW + DAY);
  expect(wakesAt()).toEqual({ short: NOW + DAY, long: NOW + 334 * DAY, permanent: NOW + 1095 * DAY, over: null });
  expect(wakeExclusions(database, NOW + DAY, random)).toBe(NOW + 334 * DAY);
  expect(storage.rows("select state from exclusions where id = 'short'")).toEqual([["ended"]]);
  expect(storage.rows("select state from exclusions where id = 'long'")).toEqual([["active"]]);
});

it("an exclusion that was put aside before the tables changed comes back as its holder's own", () => {
  const { storage, migrate } = registerOfBefore();
  const before = ["id", "reference", "personId", "state", "policy", "policyVersion", "endMode", "channel", "startedAt"];
  storage.rows("insert into stranded (tab, columns, rows) values ('exclusions', ?, ?)", JSON.stringify(before), JSON.stringify([[1, "a", "NSER-a", "a", "active", "1y", 1, "confirmed", "web", NOW]]));
  migrate();
  const rows = strandedRows(drizzle(storage as unknown as DurableObjectStorage) as ObjectDatabase, exclusions);
  expect(rows).toMatchObject([{ id: "a", startedAt: NOW, origin: "self", renewals: 0, wakesAt: 1, county: null, endsAt: null }]);
});
