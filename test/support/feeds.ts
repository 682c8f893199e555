import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import * as verbs from "../../src/domains/operators/feed/endpoints/index.ts";
import type { EndpointsApi } from "../../src/domains/operators/feed/rpc.ts";
import { take } from "../../src/domains/operators/feed/take.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { random } from "../../src/objects/shell.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";
import { ENVELOPE } from "./api.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/feed");
const STATEMENTS = globSync(`${MIGRATIONS}/*.sql`).toSorted().flatMap((file) => readFileSync(file, "utf8").split("--> statement-breakpoint"));

/** A feed's storage without its object. */
export function feedDatabase(): ObjectDatabase {
  const storage = new ObjectStorage();
  for (const statement of STATEMENTS) storage.rows(statement);
  return drizzle(storage as unknown as DurableObjectStorage) as ObjectDatabase;
}

/** An operator's endpoints without the object's shell, whose messages go to `receive`. */
export function endpointsApi(operator: string, clock: Clock, receive: (url: string, init: RequestInit) => Promise<Response>): EndpointsApi & { database: ObjectDatabase } {
  const database = feedDatabase();
  take(database, operator, { logId: "log-1", seq: 0, t: clock(), from: 1, rows: [] }, random);
  const terms = { own: "nser.example.go.ke", loopback: false };
  const parts = { database, operator, random, envelope: ENVELOPE, sending: { fetch: receive, clock, deadline: () => new AbortController().signal, terms } };
  return {
    database,
    endpoints: async () => verbs.shownEndpoints(database, clock()),
    registerEndpoint: (command) => verbs.registerEndpoint(parts, command, clock()),
    changeEndpoint: (command) => verbs.changeEndpoint(parts, command, clock()),
    removeEndpoint: async (command) => verbs.removeEndpoint(parts, command, clock()),
    rotateSecret: async (command) => verbs.rotateSecret(parts, command, clock()),
    testEndpoint: (command) => verbs.testEndpoint(parts, command, clock()),
    replay: async (command) => verbs.replay(parts, command, clock()),
    deliveries: async (...page) => verbs.shownDeliveries(database, ...page),
  };
}
