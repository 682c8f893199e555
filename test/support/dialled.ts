/** The doors of phones over Register's and Challenge's own code, on SQLite in this process, under a clock set by hand. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "@noble/hashes/sha2.js";
import { drizzle } from "drizzle-orm/durable-sqlite";
import type { Sms } from "../../src/adapters/sms/port.ts";
import { networkOf } from "../../src/check/networks.ts";
import * as challenge from "../../src/domains/authentication/challenge.ts";
import type { EndingCommand } from "../../src/domains/exclusions/ending-rpc.ts";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import type { Receipt } from "../../src/domains/exclusions/model.ts";
import type { TextedParts } from "../../src/domains/exclusions/texted/index.ts";
import { toHex, utf8 } from "../../src/kernel/bytes.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";
import { ENVELOPE, testApi, unlimited } from "./api.ts";

export const PHONE = "+254712345678";
export const SECRET = "a-secret-of-callbacks-for-tests-only";
export const FORMER = "the-secret-that-came-before-this-one";
const PEPPER = new Uint8Array(32).fill(9);
const START = Date.UTC(2100, 0, 1, 6);

function openHere(schema: "register" | "challenge") {
  const storage = new ObjectStorage();
  const folder = join(import.meta.dirname, "../../migrations", schema);
  for (const file of globSync("*.sql", { cwd: folder }).toSorted()) {
    for (const statement of readFileSync(join(folder, file), "utf8").split("--> statement-breakpoint")) storage.rows(statement);
  }
  return { storage, database: drizzle(storage as DurableObjectStorage) };
}

const pseudonymOf = (phone: string) => sha256(utf8(phone)).slice(0, 16);

/** What can be made to fail. */
type Part = "register" | "sms" | "challenge" | "tokenizer";

export function phoneWorld() {
  const register = openHere("register");
  exclusions.beginLog(register.database, random);
  const challenges = new Map<string, ReturnType<typeof openHere>>();
  const state = { now: START as Instant, sent: [] as Sms[], down: new Set<Part>(), lost: new Set<Part>(), failures: [] as unknown[], filled: 0 };
  const codes = (phone: string) => {
    const known = challenges.get(phone) ?? openHere("challenge");
    challenges.set(phone, known);
    return known.database;
  };
  /** Does it, unless the part is down; of a part whose answers are lost it is done and nobody hears. */
  const at = async <T>(part: Part, work: () => T): Promise<T> => {
    if (state.down.has(part)) throw new Error(`${part} is down`);
    const answer = structuredClone(work());
    if (state.lost.has(part)) throw new Error(`the answer of ${part} was lost`);
    return answer;
  };
  const settings = { provisionalDays: 14 };
  const ending = { waitDays: 7, openDays: 30 };
  const act = (verb: typeof exclusions.keep) => (command: EndingCommand) => at("register", () => verb(register.database, command, state.now, random, ending));
  const parts: TextedParts = {
    register: {
      register: (command) => at("register", () => exclusions.register(register.database, command, state.now, random, settings)),
      exclusionsOf: (phone) => at("register", () => exclusions.exclusionsOf(register.database, phone, state.now)),
      askToEnd: act(exclusions.askToEnd), confirmEnding: act(exclusions.confirmEnding), keep: act(exclusions.keep),
    },
    challenge: (phone) => ({
      issue: (request) => at("challenge", () => challenge.issue(codes(phone), PEPPER, request, state.now, random)),
      withdraw: (request) => at("challenge", () => challenge.withdraw(codes(phone), request)),
      verify: (request) => at("challenge", () => challenge.verify(codes(phone), PEPPER, request, state.now)),
      spend: (request) => at("challenge", () => challenge.spend(codes(phone), request, state.now)),
    }),
    replies: (phone) => ({ mayReply: (request) => at("challenge", () => challenge.mayReply(codes(phone), request, state.now)) }),
    sms: { send: async (sms) => (state.down.has("sms") ? { ok: false, reason: "down" } : (state.sent.push(sms), { ok: true, messageId: "1" })) },
    tokenizer: { evaluate: (identifiers) => at("tokenizer", () => identifiers.map(({ value }) => ({ rootEpoch: 0, p: pseudonymOf(value) }))) },
    envelope: ENVELOPE, helpLines: [], clock: () => state.now, wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
    admits: async () => true, outboxFilled: () => void state.filled++, report: () => undefined, failed: (error) => void state.failures.push(error),
  };
  return {
    state, parts,
    /** The phone's exclusions as Register has them, newest first. */
    receipts: async (phone = PHONE): Promise<Receipt[]> => exclusions.exclusionsOf(register.database, pseudonymOf(phone), state.now),
    covers: async (phone = PHONE): Promise<boolean> =>
      register.storage.rows("select hex(p) from covered").flat().includes(toHex(pseudonymOf(phone)).toUpperCase()),
    rows: (table: string): number => Number(register.storage.rows(`select count(*) from ${table}`)[0]![0]),
    /** The digits of the last message that has six. */
    code: (): string => state.sent.map(({ message }) => /\b\d{6}\b/.exec(message)?.[0]).filter(Boolean).at(-1) ?? "none",
    /** Lets time go by, and what is due happen. */
    wait: (ms: number): void => {
      state.now += ms;
      for (let next: Instant | null = state.now; next !== null && next <= state.now; ) next = exclusions.wakeExclusions(register.database, state.now, random);
    },
  };
}

const NETWORKS = [networkOf("192.0.2.0/24")];

/** The API with these doors, as the provider knocks on it. */
export async function callbackApi(parts: TextedParts = phoneWorld().parts, limits = unlimited) {
  const provider = { secrets: [SECRET, FORMER], networks: NETWORKS };
  const { api, lines } = await testApi({ limits, parts: { provider, dialled: parts } });
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields).toString();
    return api.request(path, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded", "cf-connecting-ip": "192.0.2.7", ...headers } });
  };
  return { api, lines, post };
}

/** What Africa's Talking sends of a session. */
export const stepOf = (text: string, sessionId = "ATUid_1", phoneNumber = PHONE) => ({ sessionId, serviceCode: "*384*1#", phoneNumber, text, networkCode: "63902" });

/** And of a message. */
export const messageOf = (text: string, id = "m1", from = PHONE) => ({ from, to: "22384", text, date: "2100-01-01 09:00:00", id, linkId: "l1" });
