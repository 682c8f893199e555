/** What the verbs of accounts work with, over a real office and doubles of everything else. */
import type { Sms } from "../../src/adapters/sms/port.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import type { AccountParts } from "../../src/domains/authentication/parts.ts";
import type { ChallengeApi } from "../../src/domains/authentication/rpc.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { random } from "../../src/objects/shell.ts";
import type { Office } from "../../src/office/database.ts";
import { ENVELOPE, fakeTokenizer, PAIR_KEY } from "./api.ts";
import { CountingHasher } from "./hasher.ts";

export const RIGHT_CODE = "123456";

/** One code is right for every form, as often as it comes. */
const challenge = (): ChallengeApi => ({
  issue: async ({ again }) => ({ ok: true, code: again ? RIGHT_CODE : RIGHT_CODE }),
  withdraw: async () => undefined,
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

/** Somebody before a browser, as the portal says it. */
export const before = (cookies: Partial<Pick<Visitor, "session" | "device">> = {}, origin: Partial<Visitor["origin"]> = {}): Visitor => ({
  session: null, device: null, address: "192.0.2.1", ...cookies,
  origin: { network: "192.0.2.0/24", agent: "Firefox on Android", country: "KE", county: "047", ...origin },
});
