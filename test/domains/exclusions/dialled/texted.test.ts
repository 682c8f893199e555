import { describe, expect, it } from "vitest";
import { reply } from "../../../../src/domains/exclusions/texted/index.ts";
import { readWish } from "../../../../src/domains/exclusions/texted/rules.ts";
import { openIdentity } from "../../../../src/domains/users/identity.ts";
import { DAY, HOUR, MINUTE } from "../../../../src/kernel/clock.ts";
import { fitsScreen } from "../../../../src/kernel/gsm7.ts";
import { ENVELOPE } from "../../../support/api.ts";
import { PHONE, phoneWorld } from "../../../support/dialled.ts";

/** A phone that sends messages, and reads what comes back to each. */
function aPhone(world = phoneWorld(), phone = PHONE) {
  let sent = 0;
  const send = async (text: string, id = `m${++sent}`): Promise<string[]> => {
    const before = world.state.sent.length;
    await reply(world.parts, { id, from: phone, text });
    const messages = world.state.sent.slice(before).map(({ message }) => message);
    for (const message of messages) expect(message).toSatisfy(fitsScreen);
    return messages;
  };
  return { ...world, send };
}

describe("what a message wants", () => {
  it.each([
    ["STOP", "en", "24h"], ["acha", "sw", "24h"], [" Stop. ", "en", "24h"], ["STOP 24", "en", "24h"], ["acha saa 24", "sw", "24h"],
    ["STOP 7", "en", "7d"], ["stop7", "en", "7d"], ["Acha siku 7", "sw", "7d"], ["ACHA 30", "sw", "30d"], ["stop 30 days", "en", "30d"],
    ["STOP 6M", "en", "6m"], ["acha miezi 6", "sw", "6m"], ["STOP 1y", "en", "1y"], ["acha mwaka 1", "sw", "1y"], ["STOP 5Y!", "en", "5y"],
    ["ACHA DAIMA", "sw", "permanent"], ["acha kabisa", "sw", "permanent"], ["STOP PERMANENT", "en", "permanent"], ["stop for ever", "en", "permanent"], ["stop for long", "en", undefined],
  ])("%j in %s: %s", (text, locale, policy) => {
    expect(readWish(text)).toEqual(policy ? { locale, wish: { wants: "stop", policy } } : { locale, wish: { wants: "help" } });
  });

  it.each([["STATUS", "status", "en"], ["hali", "status", "sw"], ["help", "help", "en"], ["MSAADA", "help", "sw"]])("%j is %s in %s", (text, wants, locale) => {
    expect(readWish(text)).toEqual({ locale, wish: { wants } });
  });

  it.each(["", " ", "hello", "STOP 2Y", "STOP STOP", "ACH", "12345", "1234567", "😀", "<b>", "'; --", "constructor", "x".repeat(10_000)])("%j is help", (text) => {
    expect(readWish(text).wish).toEqual({ wants: "help" });
  });

  it.each(["123456", " 123 456", "123456."])("%j is a code", (text) => expect(readWish(text).wish).toEqual({ wants: "proof", code: "123456" }));
});

describe("a message", () => {
  it("stops at once, and is confirmed by the notice alone", async () => {
    const { send, receipts, rows, state } = aPhone();
    expect(await send("STOP")).toEqual([]);
    expect(await receipts()).toMatchObject([{ policy: "24h", state: "active" }]);
    expect([rows("deliveries"), state.filled]).toEqual([2, 1]);
  });

  it("that changes nothing is told what is in force", async () => {
    const { send, receipts } = aPhone();
    await send("ACHA 30");
    const { reference } = (await receipts())[0]!;
    expect(await send("ACHA 7")).toEqual([expect.stringMatching(new RegExp(`^NSER: inatumika hadi .* Kumbukumbu ${reference}\\.$`))]);
  });

  it("for longer than 30 days gets a code, and the code in reply stops, in the language it was asked in", async () => {
    const world = phoneWorld();
    const boxes: [string, Uint8Array][] = [];
    const { register } = world.parts.register;
    world.parts.register.register = (command) => (boxes.push([command.commandId, command.box!]), register(command));
    const { send, receipts, code } = aPhone(world);
    expect(await send("STOP 5Y")).toEqual([expect.stringMatching(/^NSER: your code is \d{6}\. To confirm \(5 years\) reply/)]);
    expect(await receipts()).toEqual([]);
    expect(await send(code())).toEqual([]);
    expect(await receipts()).toMatchObject([{ policy: "5y", state: "active" }]);
    expect(openIdentity(ENVELOPE, ...boxes[0]!)).toMatchObject({ phone: PHONE, locale: "en" });
  });

  it("with a code that is wrong, old or none is told so", async () => {
    const { send, code, state, receipts } = aPhone();
    expect(await send("123456")).toEqual([expect.stringMatching(/umeisha/)]);
    await send("STOP 1Y");
    const wrong = code() === "111111" ? "222222" : "111111";
    expect(await send(wrong)).toEqual(["NSER: this code is not right. Tries left: 2."]);
    state.now += 10 * MINUTE;
    expect(await send(code())).toEqual([expect.stringMatching(/umeisha/)]);
    expect(await receipts()).toEqual([]);
  });

  it("asks how it stands, and is told", async () => {
    const { send } = aPhone();
    expect(await send("HALI")).toEqual(["NSER: hakuna kinachotumika kwa nambari hii."]);
    await send("STOP 7");
    expect(await send("STATUS")).toEqual([expect.stringMatching(/^NSER: in force until .*NSER-/)]);
  });

  it("that cannot be read gets the words that can", async () => {
    const { send } = aPhone();
    expect(await send("habari")).toEqual([expect.stringMatching(/^NSER: tuma ACHA/)]);
    expect(await send("HELP")).toEqual([expect.stringMatching(/^NSER: send STOP/)]);
  });

  it.each(["MPESA", "22384", "+254201234567", "+255712345678", ""])("from %j is not answered", async (from) => {
    const { send, rows } = aPhone(phoneWorld(), from);
    expect(await send("STOP")).toEqual([]);
    expect(rows("commands")).toBe(0);
  });
});

describe("a message that comes again", () => {
  it("is replied to once, and done once, also days later", async () => {
    const { send, rows, wait, covers } = aPhone();
    expect(await Promise.all([send("habari", "a"), send("habari", "a")]).then((all) => all[1])).toHaveLength(1);
    await send("STOP", "b");
    wait(3 * DAY);
    expect(await send("STOP", "b")).toEqual([]);
    expect([rows("exclusions"), await covers()]).toEqual([1, false]);
  });

  it("gets one code, and spends one try", async () => {
    const { send, state } = aPhone();
    await send("STOP 6M", "a");
    expect(await send("STOP 6M", "a")).toEqual([]);
    expect(state.sent).toHaveLength(1);
    await send("000000", "b");
    await send("000000", "b");
    expect(await send("000001", "c")).toEqual([expect.stringContaining("Tries left: 1")]);
  });
});

describe("two machines", () => {
  it("do not talk for ever; what somebody asks for is done all the same", async () => {
    const { send, covers, wait } = aPhone();
    let replies = 0;
    for (let minute = 0; minute < 23 * 60; minute++) {
      replies += (await send("We are closed now")).length;
      wait(MINUTE);
    }
    expect(replies).toBe(15);
    await send("STOP");
    expect(await covers()).toBe(true);
    wait(25 * HOUR);
    expect(await send("HALI")).toHaveLength(1);
  });
});

describe("when something fails", () => {
  it.each(["register", "tokenizer", "challenge", "sms"] as const)("with %s down nothing is thrown, and what can be said is", async (part) => {
    const { send, state, covers } = aPhone();
    state.down.add(part);
    const said = await send("STOP 7");
    expect(said).toEqual(part === "register" ? [expect.stringMatching(/^NSER: this does not work just now/)] : []);
    expect(await covers()).toBe(part === "challenge" || part === "sms");
    for (const text of ["STATUS", "123456", "STOP 6M", "HELP"]) await send(text);
  });

  it("the code that could not be sent does not count", async () => {
    const { send, state } = aPhone();
    state.down.add("sms");
    for (let nth = 0; nth < 10; nth++) await send("STOP 6M");
    state.down.clear();
    expect(await send("STOP 6M")).toEqual([expect.stringMatching(/your code is/)]);
    for (let nth = 0; nth < 2; nth++) await send("STOP 6M");
    expect(await send("STOP 6M")).toEqual(["NSER: too many codes were sent. Try again in 15 minutes."]);
  });
});
