/** What the verbs of accounts work with, over a real office and doubles of everything else. */
import type { Sms } from "../../src/adapters/sms/port.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import type { AccountParts } from "../../src/domains/authentication/parts.ts";
import type { ChallengeApi } from "../../src/domains/authentication/rpc.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { random } from "../../src/objects/shell.ts";
import * as entrance from "../../src/domains/authentication/sign-in/index.ts";
import type { Entered } from "../../src/domains/authentication/sessions/model.ts";
import type { Assignment } from "../../src/domains/authentication/capabilities.ts";
import { sealHash } from "../../src/domains/authentication/passwords/sealed.ts";
import { insertPassword } from "../../src/domains/authentication/passwords/store.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import type { Office } from "../../src/office/database.ts";
import { ENVELOPE, fakeTokenizer, PAIR_KEY } from "./api.ts";
import { CountingHasher } from "./hasher.ts";

export const RIGHT_CODE = "123456";

/** One code is right for every form, as often as it comes. */
const challenge = (): ChallengeApi => ({
  issue: async () => ({ ok: true, code: RIGHT_CODE }),
  withdraw: async () => undefined,
  spend: async () => true,
  verify: async ({ code }) => (code === RIGHT_CODE ? { ok: true } : { ok: false, refusal: "code-wrong", triesLeft: 2 }),
});

export function entranceParts(office: Office, changes: Partial<AccountParts> = {}) {
  const hasher = new CountingHasher();
  const sent: Sms[] = [];
  const reports: string[] = [];
  const pending: Promise<unknown>[] = [];
  const time = { now: Date.UTC(2026, 10, 4, 11, 30) };
  const parts: AccountParts = {
    office, hasher, challenge, random,
    accounts: new Accounts({ database: office.primary, envelope: ENVELOPE, lookupKey: PAIR_KEY, random }),
    envelope: ENVELOPE,
    tokenizer: fakeTokenizer,
    grants: new Grants(new Uint8Array(32).fill(5), () => time.now, random),
    sms: { send: async (sms) => (sent.push(sms), { ok: true, messageId: "m" }) },
    clock: () => time.now,
    admits: async () => true,
    report: (reason) => reports.push(reason),
    afterwards: (work) => void pending.push(work),
    ...changes,
  };
  /** Waits for what outlives the answers. */
  const settled = async (): Promise<void> => void (await Promise.all(pending.splice(0)));
  return { parts, hasher, sent, reports, time, settled };
}

export const PASSWORD = "three brown cows";

let phones = 0;
/** A number nobody has an account with yet. */
export const freshPhone = (): string => `07120${String(++phones).padStart(5, "0")}`;
export const international = (phone: string): string => phone.replace(/^0/, "+254");

/** An adult's form for a phone, under an id of its own. */
export const signUpForm = (phone: string) => ({
  visitor: before(), formId: crypto.randomUUID(), phone, name: "Wanjirũ wa Ng'ang'a", dateOfBirth: "27 3 1990", locale: "en" as const,
  again: false, code: RIGHT_CODE, password: PASSWORD,
});

/** A citizen with an account of their own making. */
export async function citizen(parts: AccountParts): Promise<{ phone: string; entered: Entered }> {
  const phone = freshPhone();
  const done = await entrance.signUp(parts, signUpForm(phone));
  if (!done.ok) throw new Error(`no account: ${done.refusal}`);
  return { phone, entered: done.entered };
}

/** An account that somebody else made, with these roles. */
export async function staff({ office: { primary }, accounts, hasher, clock }: AccountParts, assignments: readonly Assignment[], password: string | null = PASSWORD) {
  const phone = freshPhone();
  const [actor, now] = [systemActor("test"), clock()];
  const user = accounts.newUser({ name: "Somebody", email: null, phone: international(phone) }, actor, now);
  await user.insert;
  for (const held of assignments) await accounts.newAssignment(user.id, held, actor, now).insert;
  const sealedHash = password === null ? null : sealHash(user.dataKey, hasher.hash(password), user.id, random);
  if (sealedHash) await insertPassword(primary, { userId: user.id, sealedHash, changedAt: now });
  return { phone, userId: user.id };
}

/** Somebody before a browser, as the portal says it. */
export const before = (cookies: Partial<Pick<Visitor, "session" | "device">> = {}, origin: Partial<Visitor["origin"]> = {}): Visitor => ({
  session: null, device: null, address: "192.0.2.1", ...cookies,
  origin: { network: "192.0.2.0/24", agent: "Firefox on Android", country: "KE", county: "047", ...origin },
});
