/** Accounts that are signed in, for tests of what their holders may do, over a real office. */
import { beginSession } from "../../src/domains/authentication/sessions/begin.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import type { Assignment } from "../../src/domains/authentication/capabilities.ts";
import type { GrantParts } from "../../src/domains/authentication/sessions/index.ts";
import type { Stage } from "../../src/domains/authentication/sessions/model.ts";
import { deviceByHash } from "../../src/domains/authentication/sessions/store.ts";
import { hashOf } from "../../src/domains/authentication/sessions/secret.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { Accounts, type Profile } from "../../src/domains/users/index.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import type { Envelope } from "../../src/sealing/envelope.ts";
import { ENVELOPE, fakeTokenizer, PAIR_KEY } from "./api.ts";

const actor = systemActor("test");

/** The telephone's browser and a computer's, coarse as they are kept. */
export const NAIROBI = { network: "198.51.100.0/24", agent: "Chrome on Android", country: "KE", county: "047" };
export const ABROAD = { network: "203.0.113.0/24", agent: "Firefox on Windows", country: "UG", county: null };

/** A part these verbs have no use for. */
const unused = <Part>(name: string): Part =>
  new Proxy({}, { get: () => { throw new Error(`${name} is not asked for anything`); } }) as Part;

/** The verbs' parts and people to use them, at a time the test says; `keys` are of a system that runs. */
export function holders(office: () => Office, start: number, keys: { envelope: Envelope; lookupKey: Uint8Array } = { envelope: ENVELOPE, lookupKey: PAIR_KEY }) {
  const world = { now: start, held: null as { personId: string; since: number } | null };
  const clock = () => world.now;
  const grants = new Grants(new Uint8Array(32).fill(6), clock, random);
  const accounts = () => new Accounts({ database: office().primary, ...keys, random });

  const parts = (): GrantParts => ({
    office: office(), accounts: accounts(), envelope: keys.envelope, tokenizer: fakeTokenizer, grants, clock, random,
    register: { holdingOf: async () => world.held },
    hasher: unused("the hasher"), challenge: unused("a challenge"), sms: unused("the SMS"),
    admits: async () => true, report: () => {}, afterwards: () => {},
  });

  const write = async (rows: Parameters<typeof commit>[1]["rows"]) => {
    const done = await commit(office(), { actor, rows, audit: { action: "test.made", resource: "test", payload: {} }, answer: {} }, { now: world.now, random });
    if (!done.ok) throw new Error(done.refusal);
  };

  /** An account; its phone is proven now unless `phoneProvenAt` says otherwise. */
  async function account(profile: Partial<Profile> = {}, roles: readonly Assignment[] = [{ role: "citizen", operator: null }], phoneProvenAt: number | null = world.now) {
    const stated = { name: "Wanjirũ Ng'ang'a", email: `${crypto.randomUUID()}@example.test`, phone: aPhone(), ...profile };
    const user = accounts().newUser(stated, actor, world.now, undefined, phoneProvenAt);
    await write([user.insert, ...roles.map((held) => accounts().newAssignment(user.id, held, actor, world.now).insert)]);
    return { userId: user.id, ...stated };
  }

  /** Signs in, on a device of its own unless the secret of one says otherwise. */
  async function signIn(userId: string, { stage = "full" as Stage, origin = NAIROBI as Visitor["origin"], device = null as string | null } = {}) {
    const row = device === null ? null : await deviceByHash(office(), userId, hashOf(device));
    const known = device !== null && row ? { secret: device, row } : null;
    const begun = beginSession(office().primary, random, { userId, device: known, stage, first: "password", second: null, origin, from: null }, world.now);
    await write(begun.rows);
    const visitor: Visitor = { session: begun.entered.session, device: begun.entered.device, address: "198.51.100.7", origin };
    return { visitor, sessionId: begun.sessionId, deviceId: begun.deviceId };
  }

  return { world, parts, grants, account, signIn };
}

let phones = 0;
const aPhone = () => `+2547${String(12_000_000 + phones++).padStart(8, "0")}`;
