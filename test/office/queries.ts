/**
 * Every query of the office: the store and its function, how it is asked, and the indexes its plan must use, in
 * alphabetical order; last, where it cannot be otherwise, why a plan may sort or go through what it asks of. A function of
 * a store that is not here fails the tests, and so does an index nothing here uses.
 */
import { insertLapse } from "../../src/domains/operators/propagation/store.ts";
import { insertLicence } from "../../src/domains/operators/licensing/store.ts";
import { insertUser } from "../../src/domains/users/accounts/store.ts";
import type { Office } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { random } from "../../src/objects/shell.ts";
import { actor, newUser, type Query } from "./queries/asked.ts";
import { AUTHENTICATION } from "./queries/authentication.ts";
import { COMPLIANCE } from "./queries/compliance.ts";
import { EXCLUSIONS } from "./queries/exclusions.ts";
import { aLicence, LICENSING } from "./queries/licensing.ts";
import { OTHERS } from "./queries/others.ts";
import { USERS } from "./queries/users.ts";

export const QUERIES: readonly Query[] = [...AUTHENTICATION, ...USERS, ...EXCLUSIONS, ...LICENSING, ...COMPLIANCE, ...OTHERS];

/** Unique indexes that no query reads but that refuse what a rule forbids: what may not be written twice. */
export const GUARDS: readonly (readonly [index: string, twice: (office: Office) => PromiseLike<unknown>])[] = [
  ["auditEntries_by_id", ({ primary }) => primary.insert(auditEntries).values({ id: "twice", at: 1, action: "a", resource: "user/1", actorKind: "system", actorId: "t", payload: "{}" })],
  ["propagationLapses_open", ({ primary }) => insertLapse(primary, "twice", { kind: "received", count: 1, since: 1 }, actor, 1, random)],
  ["licences_by_number", ({ primary }) => insertLicence(primary, { ...aLicence, id: crypto.randomUUID(), state: "revoked", supersededAt: 1 })],
  ["users_by_email", ({ primary }) => insertUser(primary, newUser("twice"))],
];

/** Tables that never hold more than a few rows, and why: walking through them costs nothing. */
export const SMALL: Record<string, string> = {
  bootstraps: "one row, once there is an administrator",
  guard: "empty but within a batch",
  projections: "one row: how far the copy is",
  statisticsProgress: "one row: how far the figures are",
};
