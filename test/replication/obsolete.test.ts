import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import { expect, test } from "vitest";
import type { EpochRow } from "../../src/check/directory.ts";
import type { Change } from "../../src/check/feed.ts";
import { applyRows, dropObsolete, rootEpochs } from "../../src/replication/store.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";
import { pseudonym } from "../support/register.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/replica");

/** A Replica's storage at its newest schema, and rows as they come, each after the one before. */
function aCopy() {
  const storage = new ObjectStorage();
  for (const file of globSync("*.sql", { cwd: MIGRATIONS }).toSorted()) {
    for (const statement of readFileSync(join(MIGRATIONS, file), "utf8").split("--> statement-breakpoint")) storage.rows(statement);
  }
  const database = drizzle(storage as DurableObjectStorage);
  let seq = 0;
  const take = (row: { type: "excluded" | "released"; rootEpoch: number; p: Uint8Array } | { type: "epoch"; epoch: EpochRow }) =>
    applyRows(database, "log", [{ ...row, seq: ++seq, t: seq } as Change]);
  return { database, take, held: () => storage.rows("select rootEpoch from members order by rootEpoch").map(([root]) => root) };
}

const epoch = (n: number, rootEpoch: number, state: EpochRow["state"]): EpochRow => ({ operator: "bets", epoch: n, pairKeyId: "1", rootEpoch, state, until: null });

test("a set is published while any epoch of its root is read, and deleted after the last was retired", () => {
  const { database, take, held } = aCopy();
  for (const n of [1, 2]) take({ type: "excluded", rootEpoch: 0, p: pseudonym(n) });
  for (const n of [3, 4]) take({ type: "excluded", rootEpoch: 1, p: pseudonym(n) });
  expect(rootEpochs(database)).toEqual([0, 1]);
  take({ type: "epoch", epoch: epoch(0, 0, "grace") });
  take({ type: "epoch", epoch: epoch(1, 1, "current") });
  dropObsolete(database);
  expect([rootEpochs(database), held()]).toEqual([[0, 1], [0, 0, 1, 1]]);
  take({ type: "epoch", epoch: epoch(0, 0, "retired") });
  expect(rootEpochs(database)).toEqual([1]);
  expect(dropObsolete(database)).toBe(false);
  expect(held()).toEqual([1, 1]);
});
