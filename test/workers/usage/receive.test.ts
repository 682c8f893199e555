import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { EvidenceBatch } from "../../../src/check/evidence.ts";
import type { UsageApi } from "../../../src/domains/analytics/rpc.ts";
import type { RegisterApi } from "../../../src/domains/exclusions/rpc.ts";
import type { PersonApi } from "../../../src/domains/users/rpc.ts";
import type { TokenGuardApi } from "../../../src/domains/tokens/guard/rpc.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { type QueueParts, takeMessages } from "../../../workers/origin/evidence.ts";
import { aCommand, aRegister, phone, registered, typed } from "../register/support.ts";
import { START } from "./doubles.ts";

const ROOT = "ab".repeat(32);
const GONE = new Error("gone");

let parts: QueueParts;
let api: RegisterApi;
let operator: string;
let spent: EvidenceBatch["spent"];
let reports: unknown[];
let lost: Record<string, number>[];
/** Which call breaks, and whether before or after it did its work; none once it broke. */
let fault: { at: "record" | "noteChecked" | "holdersOf" | "found"; after: boolean } | null;

async function breakable<Answer>(at: NonNullable<typeof fault>["at"], work: () => Promise<Answer>): Promise<Answer> {
  const breaks = fault?.at === at ? fault : null;
  if (breaks) fault = null;
  if (breaks && !breaks.after) throw GONE;
  const answer = await work();
  if (breaks) throw GONE;
  return answer;
}

const usageOf = (name: string) => env.USAGE.getByName(name) as unknown as UsageApi & TokenGuardApi;
const personOf = (name: string) => env.PERSON.getByName(name) as unknown as PersonApi;

beforeEach(() => {
  const register = aRegister();
  api = register.api;
  operator = `op${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  [spent, reports, lost, fault] = [[], [], [], null];
  parts = {
    usage: (name) => ({ record: (batch, at) => breakable("record", () => usageOf(name).record(batch, at)), metByCheck: (check) => usageOf(name).metByCheck(check) }),
    register: {
      noteChecked: (checked) => breakable("noteChecked", () => api.noteChecked(checked)),
      holdersOf: (ps) => breakable("holdersOf", () => api.holdersOf(ps)),
      canariesAmong: (ps) => api.canariesAmong(ps),
    },
    person: (name) => ({ found: (checks) => breakable("found", () => personOf(name).found(checks)) }),
    spend: async (_, keys) => void spent.push(...keys),
    report: (error) => reports.push(error),
    lost: (counts) => lost.push(counts),
  };
});

const found = (answerId: string, p: Uint8Array) => ({ answerId, purpose: "bet" as const, hour: START, p: toHex(p), rootEpoch: 0 });

const aBatch = (batch: number, over: Partial<EvidenceBatch> = {}): EvidenceBatch => ({
  operator, isolate: "one", batch, dropped: 0, excluded: [], spent: [{ keyId: "k1", checks: 10 }],
  clear: [{ minute: START, purpose: "login", count: 10, root: ROOT }], ...over,
});

/** Hands messages to the consumer as the queue does; what became of each: taken, or when it comes again. */
async function deliver(bodies: unknown[], { queue = "nser-checks", attempts = 1 } = {}): Promise<(string | number)[]> {
  const became: (string | number)[] = [];
  const messages = bodies.map((body, at) => ({
    id: String(at), body: structuredClone(body), timestamp: new Date(START), attempts,
    ack: () => void (became[at] = "taken"), retry: ({ delaySeconds }: { delaySeconds: number }) => void (became[at] = delaySeconds),
  }));
  await takeMessages({ queue, messages } as unknown as MessageBatch<unknown>, parts);
  return became;
}

async function counted() {
  const [hour] = await usageOf(operator).usage({ from: START, to: START + HOUR, by: "hour" });
  return { clear: hour!.purposes.login.clear, found: hour!.purposes.bet.found, lost: hour!.batchesLost };
}

/** A person with a proven phone and an ID only typed. */
async function aPerson(n: number) {
  const [theirs, id] = [phone(n), typed(n)];
  await registered(api, aCommand("24h", theirs, [id]));
  const [[personId]] = (await api.holdersOf([theirs.p])) as [[string]];
  return { p: theirs.p, id: id.p, personId, checks: () => personOf(personId).checksThatFound() };
}

describe("evidence from the queue", () => {
  it("is counted, spent and told to whom it found; coming twice, it is so once", async () => {
    const person = await aPerson(1);
    const batch = aBatch(1, { excluded: [found("a", person.p)] });
    expect(await deliver([batch, batch])).toEqual(["taken", "taken"]);
    expect(await deliver([batch])).toEqual(["taken"]);
    expect(await counted()).toEqual({ clear: 10, found: 1, lost: 0 });
    expect(spent).toEqual([{ keyId: "k1", checks: 10 }]);
    expect(await person.checks()).toEqual([{ answerId: "a", operator, purpose: "bet", hour: START }]);
  });

  it.each([
    ["record", false], ["record", true], ["noteChecked", false], ["noteChecked", true], ["holdersOf", false], ["holdersOf", true], ["found", false], ["found", true],
  ] as const)("is complete and once when the consumer broke at %s, done %j, and it came again", async (at, after) => {
    const person = await aPerson(1);
    const batch = aBatch(1, { excluded: [found("a", person.p)] });
    fault = { at, after };
    expect(await deliver([batch])).toEqual([5]);
    expect(reports).toEqual([GONE]);
    expect(await deliver([batch], { attempts: 2 })).toEqual(["taken"]);
    expect(await counted()).toEqual({ clear: 10, found: 1, lost: 0 });
    expect(await person.checks()).toHaveLength(1);
    const day = START - ((START + 3 * HOUR) % DAY);
    expect((await api.tokenHoldings(person.personId)).holdings).toEqual([{ operator, kind: "msisdn", source: "checked", firstAt: day, lastAt: day }]);
  });

  it("raises an alarm for who is nobody, once for each answer, and for nobody else", async () => {
    const [person, nobody] = [await aPerson(3), new Uint8Array(16).fill(0xca)];
    await api.putCanary({ id: "c1", p: nobody, excluded: true });
    const batch = aBatch(1, { excluded: [found("a", person.p), found("b", nobody), found("b", nobody), found("c", nobody)] });
    for (let time = 0; time < 2; time++) expect(await deliver([batch])).toEqual(["taken"]);
    await runDurableObjectAlarm(env.USAGE.getByName(operator));
    const { meetings } = await (env.USAGE.getByName(operator) as unknown as { told(): Promise<{ meetings: string[] }> }).told();
    expect(meetings).toEqual([1, 2].map(() => `${operator} c1 checked bet`));
  });

  it("adds up to what was sent, in whatever order, however often, with whatever breaking, for what came at all", async () => {
    const message = fc.record({ batch: fc.integer({ min: 1, max: 12 }), breaks: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 30 }), async (messages) => {
      operator = `op${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
      for (const { batch, breaks } of messages) {
        if (breaks) fault = { at: "record", after: true };
        await deliver([aBatch(batch)]);
      }
      const came = new Set(messages.map(({ batch }) => batch));
      expect((await counted()).clear).toBe(10 * came.size);
    }), { numRuns: 15 });
  });

  it("that was never sent or cannot be read keeps no other waiting, and comes again later and later", async () => {
    const whole = aBatch(1);
    const bad = [
      null, "text", {}, { ...whole, operator: "../x" }, { ...whole, batch: 0 }, { ...whole, batch: 1.5 }, { ...whole, dropped: -1 },
      { ...whole, clear: [{ ...whole.clear[0]!, count: 0 }] }, { ...whole, clear: [{ ...whole.clear[0]!, root: "x" }] },
      { ...whole, clear: [{ ...whole.clear[0]!, minute: START + 1 }] }, { ...whole, clear: [{ ...whole.clear[0]!, purpose: "curiosity" }] },
      { ...whole, excluded: [{ ...found("a", phone(1).p), p: "zz" }] },
    ];
    const became = await deliver([...bad, whole]);
    expect(became).toEqual([...bad.map(() => 5), "taken"]);
    expect(await counted()).toMatchObject({ clear: 10 });
    expect(await deliver([null], { attempts: 4 })).toEqual([40]);
    expect(await deliver([null], { attempts: 10 })).toEqual([900]);
  });

  it("does not come again because a quota could not be spent", async () => {
    parts.spend = async () => Promise.reject(GONE);
    expect(await deliver([aBatch(1)])).toEqual(["taken"]);
    expect(reports).toEqual([GONE]);
  });
});

describe("a check that found somebody", () => {
  it("is told to who proved the phone, also when the exclusion is over, and to nobody who only typed an ID", async () => {
    const [one, other] = [await aPerson(1), await aPerson(2)];
    const batch = aBatch(1, { excluded: [found("a", one.p), found("b", one.id), found("c", other.p), found("c", one.p), found("d", phone(9).p)] });
    expect(await deliver([batch])).toEqual(["taken"]);
    expect((await one.checks()).map(({ answerId }) => answerId).toSorted()).toEqual(["a", "c"]);
    expect((await other.checks()).map(({ answerId }) => answerId)).toEqual(["c"]);
    expect((await counted()).found).toBe(4);
  });

  it("is asked about in bounds", async () => {
    const register = aRegister();
    await registered(register.api, aCommand("24h", phone(1)));
    await register.goTo(START + 3 * DAY);
    expect((await register.api.holdersOf([phone(1).p, phone(2).p])).map(({ length }) => length)).toEqual([1, 0]);
    expect(await register.api.holdersOf(Array(1_001).fill(phone(1).p)).then(String, String)).toContain("more than 1000");
  });
});

describe("evidence that was lost for good", () => {
  it("alarms with how much it was, and nothing about whom", async () => {
    const batch = aBatch(1, { excluded: [found("a", phone(1).p)] });
    await deliver([batch, "unreadable"], { queue: "nser-checks-lost" });
    expect(lost).toEqual([{ "evidence.batches": 2, "evidence.unreadable": 1, "evidence.clear": 10, "evidence.excluded": 1 }]);
    expect(await counted()).toMatchObject({ clear: null });
  });
});
