/**
 * Every query of the office: the store and its function, how it is asked, and the indexes its plan must use, in
 * alphabetical order; last, where it cannot be otherwise, why a plan may sort or go through what it asks of. A function of
 * a store that is not here fails the tests, and so does an index nothing here uses.
 */
import { holdersOf, insertBootstrap, insertToken, bootstrappedAt } from "../../src/domains/authentication/access/store.ts";
import { type EntryFilter, listEntries } from "../../src/domains/compliance/store.ts";
import { insertAssignment, insertUser } from "../../src/domains/users/accounts/store.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { createdBy } from "../../src/office/columns.ts";
import { type Change, commit, once } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import type { Cursor } from "../../src/office/page.ts";

type Query = readonly [store: string, name: string, ask: (office: Office) => unknown, uses: readonly string[], despite?: string];

const actor = systemActor("test");
const now = 1_000;
const id = () => uuidv7(now, random);
const user = { ...createdBy(actor, now, random), state: "active" } as const;
const newUser = (emailKey: string | null = null) => ({ ...user, id: id(), emailKey });
const assignment = { id: id(), userId: user.id, role: "grak_admin", operator: "", createdAt: now, createdBy: "system:test" } as const;
const token = { id: id(), userId: user.id, hash: "h", label: "l", createdAt: now, createdBy: "system:test", expiresAt: now };
const change: Change<object> = {
  actor, rows: [], audit: { action: "user.looked-at", resource: "user/1", payload: {} }, events: [{ topic: "looked-at", subject: "1", payload: {} }], answer: {},
};

const entries = (filter: EntryFilter, after: Cursor | null = null) => (office: Office) => listEntries(office, filter, { limit: 50, after });
const DEEP = [5_000, 70];
const resource = "user/1";

export const QUERIES: readonly Query[] = [
  ["office/commit", "commit", (office) => commit(office, { ...change, rows: [{ exactlyOne: insertUser(office.primary, newUser()) }] }, { now, random }), []],
  ["office/commit", "once", (office) => once(office, { id: id(), fingerprint: "f" }, { now, random }, async () => change), ["commands.primaryKey"]],
  ["users/accounts", "insertUser", ({ primary }) => insertUser(primary, newUser()), []],
  ["users/accounts", "insertAssignment", ({ primary }) => insertAssignment(primary, assignment), []],
  ["authentication/access", "holdersOf", (office) => holdersOf(office, "h", now), ["accessTokens_by_hash", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/access", "insertToken", ({ primary }) => insertToken(primary, token), []],
  ["authentication/access", "insertBootstrap", ({ primary }) => insertBootstrap(primary, user.id, now), []],
  ["authentication/access", "bootstrappedAt", (office) => bootstrappedAt(office), []],
  ["compliance", "listEntries", entries({}), ["auditEntries_by_time"]],
  ["compliance", "listEntries", entries({}, DEEP), ["auditEntries_by_time"]],
  ["compliance", "listEntries", entries({ from: 1, to: now }, DEEP), ["auditEntries_by_time"]],
  ["compliance", "listEntries", entries({ resource }), ["auditEntries_of_resource"]],
  ["compliance", "listEntries", entries({ resource, from: 1, to: now }, DEEP), ["auditEntries_of_resource"]],
  ["compliance", "listEntries", entries({ resource, actor }), ["auditEntries_of_resource"]],
  ["compliance", "listEntries", entries({ resource, actor, from: 1, to: now }, DEEP), ["auditEntries_of_resource"]],
  ["compliance", "listEntries", entries({ actor }), ["auditEntries_of_actor"]],
  ["compliance", "listEntries", entries({ actor, from: 1, to: now }, DEEP), ["auditEntries_of_actor"]],
];

/** Unique indexes that no query reads but that refuse what a rule forbids: what may not be written twice. */
export const GUARDS: readonly (readonly [index: string, twice: (office: Office) => PromiseLike<unknown>])[] = [
  ["users_by_email", ({ primary }) => insertUser(primary, newUser("twice"))],
];

/** Tables that never hold more than a few rows, and why: walking through them costs nothing. */
export const SMALL: Record<string, string> = {
  bootstraps: "one row, once there is an administrator",
  guard: "empty but within a batch",
};
