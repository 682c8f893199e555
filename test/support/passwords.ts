/** What the verbs on passwords work with, over a real office: codes, messages and hashes are kept to be looked at. */
import type { Sms } from "../../src/adapters/sms/port.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import type { AccountParts } from "../../src/domains/authentication/parts.ts";
import { sealHash } from "../../src/domains/authentication/passwords/sealed.ts";
import { putPassword } from "../../src/domains/authentication/passwords/store.ts";
import type { ChallengeApi } from "../../src/domains/authentication/rpc.ts";
import { CODE_LIFE, drawCode, isCode, judge, retryAt, stands, TRIES } from "../../src/domains/authentication/rules.ts";
import { beginSession } from "../../src/domains/authentication/sessions/begin.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import type { Assignment } from "../../src/domains/authentication/capabilities.ts";
import { Accounts, type Profile } from "../../src/domains/users/index.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { ENVELOPE, fakeTokenizer, PAIR_KEY } from "./api.ts";
import { CountingHasher } from "./hasher.ts";

/** The codes of every phone, as its object judges them. */
function codesOfPhones(clock: () => number) {
  type Kept = { codes: Map<string, { code: string; expiresAt: number; triesLeft: number }>; sends: number[] };
  const phones = new Map<string, Kept>();
  const calls: string[] = [];
  const challenge = (phone: string): ChallengeApi => {
    const kept: Kept = phones.get(phone) ?? { codes: new Map(), sends: [] };
    phones.set(phone, kept);
    const { codes, sends } = kept;
    return {
      spend: async () => true,
      issue: async ({ formId, again }) => {
        calls.push("issue");
        if (!again && stands(codes.get(formId) ?? null, clock())) return { ok: true, code: null };
        const wait = retryAt(sends, clock());
        if (wait !== null) return { ok: false, refusal: "too-many-codes", retryAt: wait };
        sends.push(clock());
        const code = drawCode(random);
        codes.set(formId, { code, expiresAt: clock() + CODE_LIFE, triesLeft: TRIES });
        return { ok: true, code };
      },
      withdraw: async ({ formId }) => {
        calls.push("withdraw");
        codes.delete(formId);
        sends.pop();
      },
      verify: async ({ formId, code }) => {
        calls.push("verify");
        const held = codes.get(formId) ?? null;
        const attempt = !held || !isCode(code) ? "unreadable" : held.code === code ? "right" : "wrong";
        const verdict = judge(held, attempt, clock());
        if (held && attempt === "wrong" && stands(held, clock())) held.triesLeft--;
        return verdict;
      },
    };
  };
  return { challenge, calls, phones };
}

const actor = systemActor("test");
export const VISITOR: Visitor = { session: null, device: null, address: "192.0.2.1", origin: { network: "192.0.2.0/24", agent: "Firefox", country: "KE", county: null } };

export function passwordWorld(office: Office) {
  const time = { now: Date.UTC(2026, 10, 4, 9) };
  const clock = () => time.now;
  const codes = codesOfPhones(clock);
  const sent: Sms[] = [];
  const reports: string[] = [];
  const later: Promise<unknown>[] = [];
  const hasher = new CountingHasher();
  const accounts = new Accounts({ database: office.primary, envelope: ENVELOPE, lookupKey: PAIR_KEY, random });
  const parts: AccountParts = {
    office, accounts, hasher, clock, random, envelope: ENVELOPE, tokenizer: fakeTokenizer, challenge: codes.challenge,
    grants: new Grants(new Uint8Array(32), clock, random), admits: async () => true,
    sms: { send: async (sms) => (sent.push(sms), { ok: true, messageId: "1" }) },
    report: (reason) => reports.push(reason), afterwards: (work) => later.push(work),
  };

  /** An account, with a password if one is said, and a session of its holder's. */
  async function holder(roles: readonly Assignment[] = [{ role: "citizen", operator: null }], profile: Partial<Profile> = {}, password: string | null = null) {
    const user = accounts.newUser({ name: "Wanjiru Kamau", email: null, ...profile }, actor, time.now, undefined, time.now);
    const begin = () => beginSession(office.primary, random, { userId: user.id, device: null, stage: "full", first: "password", second: "totp", origin: VISITOR.origin, from: null }, time.now);
    const [one, other] = [begin(), begin()];
    const rows = [user.insert, ...roles.map((held) => accounts.newAssignment(user.id, held, actor, time.now).insert), ...one.rows, ...other.rows];
    await commit(office, { actor, rows, audit: { action: "user.added", resource: `user/${user.id}`, payload: {} }, answer: {} }, { now: time.now, random });
    if (password !== null) await givePassword(user.id, password);
    const visitor: Visitor = { ...VISITOR, session: one.entered.session, device: one.entered.device };
    return { userId: user.id, visitor, sessionId: one.sessionId, elsewhere: { ...VISITOR, session: other.entered.session }, otherSessionId: other.sessionId };
  }

  async function givePassword(userId: string, password: string) {
    const row = (await rowOf(userId))!;
    await putPassword(office.primary, { userId, sealedHash: sealHash(accounts.dataKeyOf(row)!, hasher.hash(password), userId, random), changedAt: time.now }).run();
  }

  const rowOf = async (userId: string) => (await office.primary.select().from(users).all()).find(({ id }) => id === userId);

  /** The code of the last message to a phone. */
  const codeTo = (phone: string): string => /\d{6}/.exec(sent.findLast(({ to }) => to === phone)!.message)![0];

  return { parts, time, codes, sent, reports, later, hasher, accounts, holder, givePassword, rowOf, codeTo };
}
