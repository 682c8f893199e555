/** People with sessions in a real office, and the verbs on their second factors, at a time of the test's own. */
import { Secret, TOTP } from "otpauth";
import type { Assignment } from "../../src/domains/authentication/capabilities.ts";
import type { FactorParts } from "../../src/domains/authentication/factors/holder.ts";
import * as verbs from "../../src/domains/authentication/factors/index.ts";
import { heldBy } from "../../src/domains/authentication/factors/store.ts";
import { sealHash } from "../../src/domains/authentication/passwords/sealed.ts";
import { passwords } from "../../src/domains/authentication/passwords/tables.ts";
import { beginSession, type Beginning } from "../../src/domains/authentication/sessions/begin.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { MINUTE, SECOND } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { type Change, commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import type { Envelope } from "../../src/sealing/envelope.ts";
import { ENVELOPE, PAIR_KEY } from "./api.ts";
import { CountingHasher } from "./hasher.ts";
import { newPhone } from "./phones.ts";

const actor = systemActor("test");
const ORIGIN = { network: "41.90.1.0/24", agent: "Firefox on Android", country: "KE", county: null };

export const PASSWORD = "correct horse battery staple";
export const STEP = 30 * SECOND;

/** The code an app shows for a secret at that time. */
export const codeOf = (secret: string, at: number): string => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at });

export const visitorWith = ({ session, device }: { session: string; device: string }): Visitor => ({ session, device, address: "41.90.1.2", origin: ORIGIN });

/** Whoever a test is about. */
export interface Person {
  userId: string;
  visitor: Visitor;
}

export class FactorsWorld {
  readonly parts: FactorParts;
  /** At the beginning of a step. */
  now = 1_900_000_020_000;

  /** Of an office whose keys are others' than tests': `envelope`. */
  constructor(office: Office, envelope: Envelope = ENVELOPE) {
    const accounts = new Accounts({ database: office.primary, envelope, lookupKey: PAIR_KEY, random });
    this.parts = { office, accounts, hasher: new CountingHasher(), random, clock: () => this.now };
  }

  later(ms: number): number {
    return (this.now += ms);
  }

  /** An account with a password. */
  async account(assignments: readonly Assignment[] = []): Promise<string> {
    const { office, accounts, hasher } = this.parts;
    const { id, insert } = accounts.newUser({ name: "Amina", email: null, phone: newPhone() }, actor, this.now);
    await this.#write(insert, ...assignments.map((held) => accounts.newAssignment(id, held, actor, this.now).insert));
    const dataKey = accounts.dataKeyOf((await heldBy(office, id))!.user)!;
    const sealedHash = sealHash(dataKey, hasher.hash(PASSWORD), id, random);
    await this.#write(office.primary.insert(passwords).values({ userId: id, sealedHash, changedAt: this.now }));
    return id;
  }

  /** A session of an account, as signing in would have begun it. */
  async session(userId: string, stage: Beginning["stage"], more: Partial<Beginning> = {}): Promise<Visitor> {
    const begun = beginSession(this.parts.office.primary, random, { userId, stage, device: null, first: "password", second: null, origin: ORIGIN, from: null, ...more }, this.now);
    await this.#write(...begun.rows);
    return visitorWith(begun.entered);
  }

  async person(stage: Beginning["stage"] = "full", assignments: readonly Assignment[] = []): Promise<Person> {
    const userId = await this.account(assignments);
    return { userId, visitor: await this.session(userId, stage) };
  }

  /** Sets an app up: its secret, the recovery codes, and the session that is there then; a step later, so that the next code is good. */
  async enrol(visitor: Visitor) {
    const begun = await verbs.startTotp(this.parts, visitor);
    if (!begun.ok) throw new Error(begun.refusal);
    const { secret } = begun.setup;
    const done = await verbs.confirmTotp(this.parts, { visitor, code: codeOf(secret, this.now) });
    if (!done.ok) throw new Error(done.refusal);
    this.later(STEP);
    return { secret, codes: done.codes, visitor: visitorWith(done.entered) };
  }

  /** Somebody with an app who is to show a second factor, and nothing fresh to prove with. */
  async withApp(assignments: readonly Assignment[] = []) {
    const userId = await this.account(assignments);
    const { secret, codes } = await this.enrol(await this.session(userId, assignments.length > 0 ? "enrolment" : "full"));
    return { userId, secret, codes, visitor: await this.session(userId, "second-factor") };
  }

  async give(userId: string, role: Assignment["role"]): Promise<void> {
    await this.#write(this.parts.accounts.newAssignment(userId, { role, operator: null }, actor, this.now).insert);
  }

  /** Until nothing is fresh any more. */
  stale(): number {
    return this.later(6 * MINUTE);
  }

  async #write(...rows: Change<object>["rows"]): Promise<void> {
    const done = await commit(this.parts.office, { actor, rows, audit: { action: "user.made", resource: "user/1", payload: {} }, answer: {} }, { now: this.now, random });
    if (!done.ok) throw new Error(done.refusal);
  }
}
