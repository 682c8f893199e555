import { describe, expect, it } from "vitest";
import { CODED_POLICIES } from "../../../../src/domains/exclusions/dialled/rules.ts";
import { POLICY_CODES } from "../../../../src/domains/exclusions/policies.ts";
import { answer } from "../../../../src/domains/exclusions/ussd/index.ts";
import { walk } from "../../../../src/domains/exclusions/ussd/rules.ts";
import { openIdentity } from "../../../../src/domains/users/identity.ts";
import { DAY, HOUR, MINUTE } from "../../../../src/kernel/clock.ts";
import { fitsScreen } from "../../../../src/kernel/gsm7.ts";
import { ENVELOPE } from "../../../support/api.ts";
import { PHONE, phoneWorld } from "../../../support/dialled.ts";

/** A world, and a phone in it whose sessions have names. */
function aPhone(world = phoneWorld(), phone = PHONE) {
  const dial = async (text: string, sessionId = "s1") => {
    const screen = await answer(world.parts, { sessionId, phone, text });
    expect(screen.say).toSatisfy(fitsScreen);
    return screen;
  };
  const say = async (text: string, sessionId?: string) => (await dial(text, sessionId)).say;
  return { ...world, dial, say };
}

const PERIODS = { "7d": "1", "30d": "2", "6m": "3", "1y": "4", "5y": "5", "permanent": "6" } as const;

describe("dialling", () => {
  it("begins in Swahili, and English is one digit away, and back", async () => {
    const { say } = aPhone();
    expect(await say("")).toMatch(/^NSER: acha kamari\n1\. Saa 24/);
    expect(await say("5")).toMatch(/^NSER: stop gambling\n1\. 24 hours/);
    expect(await say("5*5")).toBe(await say(""));
    expect(await say("5*2*0")).toBe(await say("5"));
  });

  it("one digit stops for 24 hours at once, by the network's word, and offers more in the same flow", async () => {
    const { dial, receipts, covers, state } = aPhone();
    const screen = await dial("1");
    expect(screen).toMatchObject({ more: true, say: expect.stringContaining("1. Siku 7") });
    expect(await covers()).toBe(true);
    expect(await receipts()).toMatchObject([{ policy: "24h", state: "active", endsAt: state.now + DAY }]);
    expect(await dial("1*1")).toMatchObject({ more: true, say: expect.stringContaining("Siku 7") });
    expect(await dial("1*1*1")).toMatchObject({ more: false, say: expect.stringContaining("NSER-") });
    expect(await receipts()).toMatchObject([{ policy: "7d", endsAt: state.now + 7 * DAY }]);
  });

  it.each([["7d", 7 * DAY], ["30d", 30 * DAY]] as const)("confirms %s on a screen, and not before", async (policy, least) => {
    const { dial, receipts, state } = aPhone();
    const way = `5*2*${PERIODS[policy]}`;
    expect(await dial(way)).toMatchObject({ more: true, say: expect.stringContaining("1. Yes") });
    expect(await receipts()).toEqual([]);
    expect(await dial(`${way}*1`)).toMatchObject({ more: false, say: expect.stringMatching(/^Done: stopped until/) });
    const [receipt] = await receipts();
    expect(receipt!.endsAt! - state.now).toBeGreaterThanOrEqual(least);
  });

  it.each(CODED_POLICIES)("takes a code by SMS for %s, which can be read after hanging up", async (policy) => {
    const { dial, receipts, code, state } = aPhone();
    const way = `5*2*${PERIODS[policy as keyof typeof PERIODS]}`;
    expect(await dial(way)).toMatchObject({ more: true, say: expect.stringContaining("1. Send me the code") });
    expect(state.sent).toEqual([]);
    expect((await dial(`${way}*1`)).say).toMatch(/^The code comes by SMS/);
    expect(await receipts()).toEqual([]);
    state.now += 9 * MINUTE;
    expect(await dial(`${way}*${code()}`, "another session")).toMatchObject({ more: false, say: expect.stringContaining("Done") });
    expect(await receipts()).toMatchObject([{ policy, state: "active" }]);
  });

  it("takes no code that is wrong, old, used up, or another period's", async () => {
    const { say, receipts, code, state } = aPhone();
    await say("5*2*3*1");
    const wrong = code() === "111111" ? "222222" : "111111";
    expect(await say(`5*2*4*${code()}`)).toMatch(/^This code is over/);
    expect(await say(`5*2*3*1*${wrong}`)).toContain("Tries left: 2");
    expect(await say(`5*2*3*1*${wrong}*333333`)).toContain("Tries left: 1");
    expect(await say(`5*2*3*1*${wrong}*333333*444444`)).toMatch(/^This code is over/);
    expect(await say(`5*2*3*${code()}`)).toMatch(/^This code is over/);
    await say("5*2*3*1", "s2");
    state.now += 10 * MINUTE;
    expect(await say(`5*2*3*${code()}`, "s3")).toMatch(/^This code is over/);
    expect(await receipts()).toEqual([]);
  });

  it("seals who dialled for their vault: the phone and the language, and nothing else", async () => {
    const world = phoneWorld();
    const commands: Parameters<typeof world.parts.register.register>[0][] = [];
    const { register } = world.parts.register;
    world.parts.register.register = (command) => (commands.push(command), register(command));
    const { say } = aPhone(world);
    await say("5*1");
    const [{ box, commandId, channel, identifiers }] = commands as [typeof commands[number]];
    expect(openIdentity(ENVELOPE, commandId, box!)).toEqual({ phone: PHONE, document: null, name: null, dateOfBirth: null, locale: "en", accepted: [] });
    expect({ channel, identifiers }).toMatchObject({ channel: "ussd", identifiers: [{ kind: "msisdn", evidence: "network" }] });
    await say("5*2*3*1");
    await say(`5*2*3*${world.code()}`);
    expect(commands[1]!.identifiers).toMatchObject([{ evidence: "code" }]);
    expect(world.state.filled).toBe(2);
  });

  it("shows the holder's own exclusion, and nobody else's", async () => {
    const world = phoneWorld();
    const { say, receipts } = aPhone(world);
    const other = aPhone(world, "+254722000001");
    await say("5*2*2*1");
    const { reference } = (await receipts())[0]!;
    expect(await say("5*3")).toMatch(new RegExp(`^In force until .*\\n${reference}\\n1\\. Make it longer\\n0\\. Back$`));
    expect(await other.say("5*3")).toMatch(/^Nothing is in force for this number/);
    expect(await say("5*3*1")).toMatch(/^For how long/);
  });

  it.each(["+254201234567", "+255712345678", "MPESA", "", "+2547123456789012"])("is not for %j", async (phone) => {
    const { dial, rows } = aPhone(phoneWorld(), phone);
    expect(await dial("1")).toEqual({ more: false, say: expect.stringMatching(/Kenya/) });
    expect(rows("exclusions")).toBe(0);
  });
});

describe("what was typed wrong", () => {
  it.each(["9", "", "*", "#", "x", "123456", "constructor", "__proto__", "😀", " "])("%j says so, does nothing, and goes on where one was", async (input) => {
    const { say, rows } = aPhone();
    expect(await say(`5*${input}`)).toMatch(/^Not understood\.\nNSER: stop/);
    expect(await say(`5*${input}*2`)).toMatch(/^For how long/);
    expect(rows("exclusions")).toBe(0);
  });

  it("after 24 hours began does not begin them again, and goes on offering more", async () => {
    const { say, rows, wait } = aPhone();
    await say("5*1");
    wait(2 * DAY);
    expect(await say("5*1*9")).toMatch(/^Not understood\.\nFor how long/);
    expect(rows("exclusions")).toBe(1);
  });
});

describe("callbacks that come again, late, or out of order", () => {
  it("change nothing more and answer the same", async () => {
    const { dial, rows, receipts } = aPhone();
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => dial("5*2*1*1")));
    expect(others.map(({ say }) => say)).toEqual(Array(4).fill(first!.say));
    expect([rows("exclusions"), rows("audit"), (await receipts()).length]).toEqual([1, 1, 1]);
  });

  it("replayed when it is over exclude nobody anew; a new session does", async () => {
    const { say, receipts, covers, wait } = aPhone();
    const said = await say("5*1");
    wait(3 * DAY);
    expect(await covers()).toBe(false);
    expect(await say("5*1")).toBe(said);
    expect(await covers()).toBe(false);
    await say("5*1", "s2");
    expect(await covers()).toBe(true);
    expect(await receipts()).toHaveLength(2);
  });

  it("in any order leave the longest in force", async () => {
    const { dial, receipts, rows } = aPhone();
    for (const text of ["1*2*1", "1*2", "1", "", "1*2*1", "1"]) await dial(text);
    expect(await receipts()).toMatchObject([{ policy: "30d", state: "active" }]);
    expect(rows("exclusions")).toBe(1);
  });

  it("send one code, and spend one try", async () => {
    const { say, state } = aPhone();
    await Promise.all(["5*2*3*1", "5*2*3*1", "5*2*3*1"].map((text) => say(text)));
    expect(state.sent).toHaveLength(1);
    state.now += HOUR;
    await say("5*2*3*1");
    expect(state.sent).toHaveLength(1);
    await say("5*2*3*1", "s2");
    expect(state.sent).toHaveLength(2);
    const tries = await Promise.all(["5*2*3*000000", "5*2*3*000000"].map((text) => say(text, "s3")));
    expect(tries.map((said) => /left: (\d)/.exec(said)?.[1])).toEqual(["2", "2"]);
  });

  it("of two phones in one session are two commands", async () => {
    const world = phoneWorld();
    const [one, other] = [aPhone(world), aPhone(world, "+254722000001")];
    await one.say("1");
    await other.say("1");
    expect(await Promise.all([world.covers(), world.covers("+254722000001")])).toEqual([true, true]);
  });
});

describe("ending", () => {
  async function ended(phone = aPhone()) {
    await phone.say("5*2*3*1");
    await phone.say(`5*2*3*${phone.code()}`);
    phone.wait(190 * DAY);
    return phone;
  }
  const asked = async (phone: ReturnType<typeof aPhone>) => {
    await phone.say("5*3*2*1", "ask");
    return phone.say(`5*3*2*${phone.code()}`, "ask");
  };

  it("takes two acts seven days apart, each with a code; the network's word alone is not enough", async () => {
    const phone = await ended();
    const { say, code, covers, wait } = phone;
    expect(await say("5*3")).toContain("2. Ask to end it");
    expect(await say("5*3*2")).toMatch(/takes a code/);
    expect(await say("5*3*2*000000", "guess")).toMatch(/^This code is over/);
    expect(await asked(phone)).toMatch(/^You asked to end it/);
    expect(await say("5*3*2*" + code(), "ask")).toMatch(/^You asked to end it/);
    expect(await say("5*3")).not.toContain("3. Confirm");
    wait(8 * DAY);
    expect(await say("5*3")).toContain("3. Confirm the end");
    await say("5*3*3*1", "confirm");
    const done = await say(`5*3*3*${code()}`, "confirm");
    expect(done).toMatch(/^It has ended/);
    expect(await covers()).toBe(false);
    expect(await say(`5*3*3*${code()}`, "confirm")).toBe(done);
  });

  it("too early, twice, or with the code of the first act goes on", async () => {
    const phone = await ended();
    const { say, code, covers } = phone;
    await asked(phone);
    expect(await say(`5*3*3*${code()}`)).toMatch(/^This code is over/);
    await say("5*3*3*1");
    expect(await say(`5*3*3*${code()}`)).toMatch(/^This is not possible before/);
    expect(await covers()).toBe(true);
  });

  it("is thought better of by one digit, without a code", async () => {
    const phone = await ended();
    await asked(phone);
    expect(await phone.say("5*3*4")).toMatch(/^You keep it/);
    expect(await phone.say("5*3")).toContain("2. Ask to end it");
    expect(await phone.say("5*3*4", "s2")).toMatch(/^First ask/);
  });

  it("cannot be asked before the promised end, of one that ends by itself, or where there is none", async () => {
    const phone = aPhone();
    const tryToEnd = async (session: string) => {
      await phone.say("5*3*2*1", session);
      return phone.say(`5*3*2*${phone.code()}`, session);
    };
    expect(await tryToEnd("a")).toMatch(/^There is nothing/);
    await phone.say("5*1");
    expect(await tryToEnd("b")).toMatch(/^It ends by itself/);
    phone.wait(20 * MINUTE);
    await phone.say("5*2*4*1");
    await phone.say(`5*2*4*${phone.code()}`);
    expect(await tryToEnd("c")).toMatch(/^This is not possible before/);
    expect(await phone.covers()).toBe(true);
  });
});

describe("when something fails", () => {
  it.each(["register", "tokenizer"] as const)("with %s down says so in the person's language, and nothing is half done", async (part) => {
    const { dial, state, rows, covers } = aPhone();
    state.down.add(part);
    expect(await dial("1")).toEqual({ more: false, say: expect.stringMatching(/^Kwa sasa haifanyi kazi/) });
    expect(await dial("5*1")).toEqual({ more: false, say: expect.stringMatching(/^This does not work just now/) });
    expect(await dial("5*3")).toMatchObject({ more: false });
    expect((await dial("5")).more).toBe(true);
    expect([rows("exclusions"), rows("commands"), state.filled]).toEqual([0, 0, 0]);
    state.down.clear();
    await dial("1");
    expect(await covers()).toBe(true);
  });

  it("a session lost after the confirming input is in force, and the same callback again says so", async () => {
    const { dial, state, covers, rows } = aPhone();
    state.lost.add("register");
    expect((await dial("5*1")).say).toMatch(/If it was done after all, an SMS tells you/);
    expect(await covers()).toBe(true);
    expect(rows("deliveries")).toBe(2);
    state.lost.clear();
    expect((await dial("5*1")).say).toMatch(/^Done: stopped/);
    expect(rows("exclusions")).toBe(1);
  });

  it("with Register hanging answers within eight seconds", async () => {
    const world = phoneWorld();
    world.parts.register.register = () => new Promise(() => undefined);
    const waits: number[] = [];
    world.parts.wait = async (ms) => void waits.push(ms);
    expect((await aPhone(world).dial("5*1")).say).toMatch(/^This does not work just now/);
    expect(waits).toEqual([8_000]);
  });

  it("without SMS, or with too many codes, says so; what needs no code goes on", async () => {
    const { say, state, covers } = aPhone();
    state.down.add("sms");
    expect(await say("5*2*3*1")).toMatch(/^The SMS could not be sent/);
    state.down.clear();
    for (const session of ["a", "b", "c"]) expect(await say("5*2*3*1", session)).toMatch(/^The code comes/);
    expect(await say("5*2*3*1", "d")).toMatch(/^Too many codes were sent. Try again in 15 minutes/);
    state.down.add("sms").add("challenge");
    expect(await say("5*2*3*1", "e")).toMatch(/^This does not work just now/);
    await say("5*1");
    expect(await covers()).toBe(true);
  });
});

describe("every way through the menu", () => {
  const INPUTS = ["0", "1", "2", "3", "4", "5", "6", "111111"];

  it("shows a screen, and each result within four of them", async () => {
    const world = phoneWorld();
    const nearest = new Map<string, number>();
    let ways: string[] = [""];
    let seen = 0;
    for (let depth = 1; depth <= 5; depth++) {
      const next: string[] = [];
      for (const [nth, text] of ways.entries()) {
        const { place, locale } = walk(text);
        const key = `${locale} ${JSON.stringify(place)}`;
        if (nearest.has(key)) continue;
        nearest.set(key, depth - 1);
        const { more } = await aPhone(world, `+2547${depth}0${String(nth).padStart(6, "0")}`).dial(text);
        seen++;
        if (more) next.push(...INPUTS.map((input) => (text === "" ? input : `${text}*${input}`)));
      }
      ways = next;
    }
    const results = [...nearest].filter(([key]) => /"(stopped|excluded|typed|kept|help)"/.test(key));
    expect(seen).toBeGreaterThan(40);
    expect(new Set(results.map(([key]) => key.slice(0, 2)))).toEqual(new Set(["sw", "en"]));
    expect(results.filter(([, screens]) => screens > 4)).toEqual([]);
    for (const locale of ["sw", "en"]) expect(nearest.get(`${locale} {"at":"stopped"}`)).toBeLessThanOrEqual(2);
    const reached = POLICY_CODES.filter((policy) => [...nearest.keys()].some((key) => key.includes(`"${policy}"`) && /excluded|typed/.test(key)));
    expect([...reached, "24h"].toSorted()).toEqual([...POLICY_CODES].toSorted());
  });
});
