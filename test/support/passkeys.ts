/** People with sessions in a real office, and the verbs on their passkeys, at a time of the test's own. */
import type { Assignment } from "../../src/domains/authentication/capabilities.ts";
import * as verbs from "../../src/domains/authentication/passkeys/index.ts";
import { relyingPartyAt } from "../../src/domains/authentication/passkeys/rules.ts";
import { beginSession } from "../../src/domains/authentication/sessions/begin.ts";
import type { FirstFactor, Stage } from "../../src/domains/authentication/sessions/model.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { type Change, commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { ENVELOPE, PAIR_KEY } from "./api.ts";
import { Authenticator, type Forgery } from "./authenticator.ts";
import { newPhone } from "./phones.ts";

export const PAGES = "https://register.test";
const ORIGIN = { network: "41.90.1.0/24", agent: "Firefox on Android", country: "KE", county: null };
const actor = systemActor("test");

export const visitorWith = (held: { session?: string; device?: string } = {}): Visitor =>
  ({ session: held.session ?? null, device: held.device ?? null, address: "41.90.1.2", origin: ORIGIN });

/** An answer that must be a good one. */
export function good<T extends { ok: boolean }>(answer: T): Extract<T, { ok: true }> {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer as Extract<T, { ok: true }>;
}

export type Signed = ReturnType<Authenticator["get"]>;

export class Passkeys {
  readonly parts: verbs.PasskeyParts;
  now = 1_900_000_000_000;
  admitted = true;
  /** What outlives the answers. */
  #afterwards: Promise<unknown>[] = [];

  constructor(office: Office) {
    const accounts = new Accounts({ database: office.primary, envelope: ENVELOPE, lookupKey: PAIR_KEY, random });
    this.parts = {
      office, accounts, random, clock: () => this.now, admits: async () => this.admitted, report: () => undefined,
      afterwards: (work) => void this.#afterwards.push(work), relyingParty: relyingPartyAt(PAGES),
    };
  }

  async account(assignments: readonly Assignment[] = []): Promise<string> {
    const { accounts } = this.parts;
    const user = accounts.newUser({ name: "Amina", email: null, phone: newPhone() }, actor, this.now);
    await this.#write([user.insert, ...assignments.map((held) => accounts.newAssignment(user.id, held, actor, this.now).insert)]);
    return user.id;
  }

  /** Somebody who came as far as `stage`, as the browser they did it with. */
  async session(userId: string, stage: Stage = "full", first: FirstFactor = "password"): Promise<Visitor> {
    const second = stage === "full" && first === "password" ? "totp" as const : null;
    const beginning = { userId, device: null, stage, first, second, origin: ORIGIN, from: null };
    const { rows, entered } = beginSession(this.parts.office.primary, random, beginning, this.now);
    await this.#write(rows);
    return visitorWith(entered);
  }

  /** Adds a passkey to the visitor's account. */
  async enrol(visitor: Visitor, authenticator = new Authenticator(PAGES)): Promise<Authenticator> {
    const { ceremony } = good(await verbs.startRegistration(this.parts, visitor));
    good(await verbs.finishRegistration(this.parts, { visitor, attestation: authenticator.create(ceremony) }));
    return authenticator;
  }

  /** Somebody signed in, with a passkey. */
  async holder(assignments: readonly Assignment[] = []) {
    const userId = await this.account(assignments);
    const visitor = await this.session(userId);
    return { userId, visitor, authenticator: await this.enrol(visitor) };
  }

  async settled(): Promise<void> {
    await Promise.all(this.#afterwards.splice(0));
  }

  async rows(statement: string, ...args: (string | number)[]): Promise<Record<string, unknown>[]> {
    const { rows } = await this.parts.office.primary.$client.execute({ sql: statement, args });
    return rows.map((row) => ({ ...row }));
  }

  async #write(rows: Change<object>["rows"]): Promise<void> {
    const done = await commit(this.parts.office, { actor, rows, audit: { action: "test.written", resource: "test", payload: {} }, answer: {} }, { now: this.now, random });
    good(done);
  }

  /** A sign-in whose answer is as the authenticator gives it, but for what a test changes. */
  async signIn(authenticator: Authenticator, forged: Forgery = {}, change: (answer: Signed) => Partial<Signed> = () => ({}), visitor = visitorWith()) {
    const { ceremony } = good(await verbs.startSignIn(this.parts, visitor));
    const answer = authenticator.get(ceremony, forged);
    const done = await verbs.finishSignIn(this.parts, { visitor, assertion: { ...answer, ...change(answer) } });
    await this.settled();
    return done;
  }

  /** How somebody's sign-ins went. */
  history(userId: string) {
    return this.rows("select method, outcome, reasons from signIns where userId = ? order by rowid", userId);
  }

  sessions(userId: string) {
    return this.rows("select * from sessions where userId = ?", userId);
  }

  kept(userId: string) {
    return this.rows("select id, credentialId, counter, label from passkeys where userId = ?", userId);
  }

  /** What the audit says somebody did. */
  audited(userId: string) {
    return this.rows("select action, payload from auditEntries where actorId = ? order by rowid", userId);
  }
}

/** What none of our keys answers. */
export const FORGERIES: [string, Forgery][] = [
  ["another origin", { origin: "https://register.test.elsewhere.test" }], ["plain HTTP", { origin: "http://register.test" }], ["another port", { origin: "https://register.test:8443" }],
  ["another host's key", { rpId: "elsewhere.test" }], ["another challenge", { challenge: Buffer.alloc(32).toString("base64url") }], ["no challenge", { challenge: "" }],
  ["a holder not verified", { flags: 0x01 }], ["nobody present", { flags: 0x04 }], ["neither", { flags: 0 }], ["a backup that cannot be", { flags: 0x15 }],
];
