/** The verbs of citizens over an office of doubles: codes, Register and what goes out. */
import type { Sms } from "../../src/adapters/sms/port.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import type { ChallengeApi } from "../../src/domains/authentication/rpc.ts";
import * as citizen from "../../src/domains/exclusions/citizen/index.ts";
import type { EndingApi, EndingCommand, EndingResult } from "../../src/domains/exclusions/ending-rpc.ts";
import type { Receipt, RegisterCommand } from "../../src/domains/exclusions/model.ts";
import { toHex, utf8 } from "../../src/kernel/bytes.ts";
import { random } from "../../src/objects/shell.ts";
import { ENVELOPE, fakeTokenizer } from "./api.ts";
import { PLAIN } from "./exclusions.ts";
import { SmallLog } from "./small-log.ts";

export const PERSON = "0190f5a0-0000-7000-8000-0000000000aa";
export const FORM = "0190f5a0-0000-7000-8000-000000000001";
export const OTHER_FORM = "0190f5a0-0000-7000-8000-000000000002";
export const ID = { kind: "national_id", value: "01 234 567" } as const;
export const P = utf8("isdn+254712345678".slice(-16));

export const receipt: Receipt = {
  ...PLAIN, reference: "NSER-111111111J", policy: "24h", endMode: "automatic", startedAt: 1, endsAt: 2, identifiers: [],
};

/** Codes as the object gives them, without limits: 000001, 000002, … */
export function codesOfPhones() {
  const phones = new Map<string, Map<string, string>>();
  const withdrawn: string[] = [];
  let drawn = 0;
  const challenge = (phone: string): ChallengeApi => {
    const codes = phones.get(phone) ?? new Map<string, string>();
    phones.set(phone, codes);
    return {
      issue: async ({ formId, again }) => {
        if (codes.has(formId) && !again) return { ok: true, code: null };
        codes.set(formId, String(++drawn).padStart(6, "0"));
        return { ok: true, code: codes.get(formId)! };
      },
      withdraw: async ({ formId }) => void withdrawn.push(formId),
      spend: async () => true,
      verify: async ({ formId, code }) => {
        if (!codes.has(formId)) return { ok: false, refusal: "code-expired" };
        return codes.get(formId) === code ? { ok: true } : { ok: false, refusal: "code-wrong", triesLeft: 2 };
      },
    };
  };
  return { challenge, withdrawn, phones };
}

/** Register as the verbs see it: remembers commands, refuses a command id that comes with another policy. */
function aRegister() {
  const commands: RegisterCommand[] = [];
  const asked: string[] = [];
  const acts: (EndingCommand & { verb: keyof EndingApi })[] = [];
  const act = (verb: keyof EndingApi) => async (command: EndingCommand): Promise<EndingResult> => (acts.push({ verb, ...command }), { ok: true, receipt });
  const api: citizen.CitizenParts["register"] = {
    askToEnd: act("askToEnd"),
    confirmEnding: act("confirmEnding"),
    keep: act("keep"),
    historyOf: async (_, reference) => (reference === receipt.reference ? [{ at: 1, event: "began", endsAt: null }] : null),
    loggedStepsOf: async () => null,
    holderOf: async () => (commands.length > 0 ? PERSON : null),
    register: async (command) => {
      const earlier = commands.find(({ commandId }) => commandId === command.commandId);
      if (earlier && earlier.policy !== command.policy) return { ok: false, refusal: "command-reused" };
      if (!earlier) commands.push(command);
      return { ok: true, outcome: "registered", personId: PERSON, receipt, sequence: 1 };
    },
    extend: async ({ phone }) => {
      asked.push(toHex(phone));
      if (commands.length === 0) return { ok: false, refusal: "nothing-to-extend" };
      return { ok: true, outcome: "extended", personId: PERSON, receipt: { ...receipt, policy: "1y" }, sequence: 2 };
    },
    exclusionsOf: async (phone) => (asked.push(toHex(phone)), [receipt]),
  };
  return { api, commands, asked, acts };
}

export function anOffice(changes: Partial<citizen.CitizenParts> = {}) {
  const codes = codesOfPhones();
  const register = aRegister();
  const sent: Sms[] = [];
  const reports: string[] = [];
  const addresses: string[] = [];
  let filled = 0;
  const parts: citizen.CitizenParts = {
    register: register.api,
    log: () => new SmallLog(0),
    tokenizer: fakeTokenizer,
    challenge: codes.challenge,
    sms: { send: async (sms) => (sent.push(sms), { ok: true, messageId: "m" }) },
    envelope: ENVELOPE,
    grants: new Grants(new Uint8Array(32).fill(5), Date.now, random),
    clock: () => 0,
    admits: async (address) => (addresses.push(address), true),
    outboxFilled: () => void filled++,
    report: (reason) => reports.push(reason),
    ...changes,
  };
  return { parts, codes, register, sent, reports, addresses, filled: () => filled };
}

export const codeForm = { formId: FORM, phone: "0712345678", document: null, locale: "en", address: "192.0.2.1", again: false };
export const form = { formId: FORM, policy: "24h", phone: "0712345678", document: null, code: "000001", locale: "sw" };
