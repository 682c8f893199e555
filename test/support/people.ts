/** Accounts in a real office for tests, each with a token, and the API as they meet it. */
import { accessBy, anyOf } from "../../src/domains/authentication/access/access.ts";
import { insertToken } from "../../src/domains/authentication/access/store.ts";
import { drawToken } from "../../src/domains/authentication/access/token.ts";
import type { Assignment } from "../../src/domains/authentication/capabilities.ts";
import { delegatedAccess } from "../../src/domains/authentication/oauth/access.ts";
import { Accounts, type Profile } from "../../src/domains/users/index.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { ENVELOPE, PAIR_KEY, testApi, TOKENS } from "./api.ts";

export interface Somebody {
  userId: string;
  tokenId: string;
  token: string;
  /** The headers of a request of theirs, under an Idempotency-Key of its own. */
  headers: () => { "authorization": string; "idempotency-key": string };
}

const actor = systemActor("test");

export const accountsOf = ({ primary }: Office): Accounts => new Accounts({ database: primary, envelope: ENVELOPE, lookupKey: PAIR_KEY, random });

export const bearing = (token: string) => () => ({ "authorization": `Bearer ${token}`, "idempotency-key": crypto.randomUUID() });

/** An account with these roles and a token that holds for an hour. */
export async function somebody(office: Office, assignments: readonly Assignment[], profile: Partial<Profile> = {}): Promise<Somebody> {
  const now = Date.now();
  const accounts = accountsOf(office);
  const user = accounts.newUser({ name: "Somebody", email: `${crypto.randomUUID()}@example.test`, ...profile }, actor, now);
  const drawn = drawToken({ envelope: ENVELOPE, random }, { id: user.id, fingerprint: "" }, { userId: user.id, label: "test", expiresAt: now + HOUR }, actor, now);
  await commit(office, {
    actor,
    rows: [user.insert, ...assignments.map((held) => accounts.newAssignment(user.id, held, actor, now).insert), insertToken(office.primary, drawn.row)],
    audit: { action: "user.added", resource: `user/${user.id}`, payload: {} },
    answer: {},
  }, { now, random });
  return { userId: user.id, tokenId: drawn.row.id, token: drawn.text, headers: bearing(drawn.text) };
}

/** The API over a real office: whoever is in it is who its routes know. */
export const officeApi = (office: Office, overrides: Parameters<typeof testApi>[0] = {}) =>
  testApi({
    ...overrides, access: anyOf(accessBy(office, random), delegatedAccess(office, TOKENS)),
    parts: { office, accounts: accountsOf(office), oauth: { office, tokens: TOKENS, clock: Date.now, random }, ...overrides.parts },
  });

/** For roles held for an operator, and for others. */
export const holding = (role: Assignment["role"], operator: string | null = null): Assignment[] => [{ role, operator }];
