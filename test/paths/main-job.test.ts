import { describe, expect, it, onTestFinished } from "vitest";
import { receiptIn } from "../../src/audit/pocket.ts";
import { verifyReceipt } from "../../src/audit/receipt.ts";
import { textOf } from "../../src/cli/browser.ts";
import { Citizen, enrolOperator, FeaturePhone, messagesTo, OperatorServer } from "../../src/cli/doors.ts";
import { blindKeyOf } from "../../src/cli/secrets.ts";
import { blindTokens, type Identifier } from "../../src/client/blind.ts";
import { parsePolicy } from "../../src/tlog/policy.ts";
import { startOperatorSite } from "../support/operator-site/start.ts";
import { wholeSystem } from "../support/system.ts";

const whole = wholeSystem({ register: { PUBLISH_SETTLE_MS: "0" } });

const wordOf = async (token: string, purpose?: string) => (await whole.server.check(token, purpose)).word;
const citizen = () => new Citizen(whole.system.url);

describe("a citizen excludes themself", () => {
  it("and a second later every operator's check says so, for each identifier, also the one only typed", async () => {
    const { system, server } = whole;
    const rival = await enrolOperator(system.url, await system.administrator(), "Rival Bets");
    const rivals = new OperatorServer(system.url, rival.apiKey);
    const [phone, id, rivalsPhone] = [
      await server.tokenize("0712345678"), await server.tokenize("12345678", "national_id"), await rivals.tokenize("+254 712 345 678"),
    ];
    expect(await wordOf(phone)).toBe("clear");
    // A key is known at the edge a moment after it was issued.
    await rivals.until(rivalsPhone, "clear");
    const reference = await citizen().exclude({ policy: "6m", phone: "0712345678", document: { kind: "national_id", value: "012345678" } });
    expect(await server.until(phone, "excluded")).toBeLessThan(1_500);
    expect([await wordOf(id), (await rivals.check(rivalsPhone)).word]).toEqual(["excluded", "excluded"]);
    expect(reference).toMatch(/^NSER-[0-9A-Z]{10}$/);
  });

  it("for 24 hours with nothing but a phone and a code", async () => {
    const token = await whole.server.tokenize("0722000001");
    const one = citizen();
    await one.exclude({ policy: "24h", phone: "0722000001" });
    expect(textOf(one.browser.page.html)).toContain("NSER-");
    expect(await whole.server.until(token, "excluded")).toBeLessThan(1_500);
  });

  it("and hears it by SMS, discreetly, from the outbox", async () => {
    const reference = await citizen().exclude({ policy: "7d", phone: "0722000002" });
    await expect.poll(() => messagesTo(whole.system.url, "+254722000002"), { timeout: 10_000 }).toEqual(
      [expect.stringContaining(reference), expect.stringMatching(/\d{6}/)],
    );
    const [notice] = await messagesTo(whole.system.url, "+254722000002");
    expect(notice).not.toMatch(/gambl|bet|casino|kamari/i);
  });

  it("and a moment later has a proof of it, which anybody verifies by the keys that the page shows", async () => {
    const one = citizen();
    const reference = await one.exclude({ policy: "7d", phone: "0722000014" });
    const keys = /<textarea id="keys"[^>]*>([^<]*)</.exec((await one.browser.open("/verify")).html)![1]!;
    const policy = parsePolicy(keys);
    const proven = async () => {
      const file = await receiptIn((await one.browser.open(`/my/receipts/${reference}/proof/file`)).html);
      return file && policy.ok ? verifyReceipt(file, policy.policy) : null;
    };
    // A witness that is late is asked again.
    await expect.poll(proven, { timeout: 20_000, interval: 500 }).toMatchObject({
      ok: true, opening: { action: "exclusion.registered", record: { resource: reference } }, checkpoint: { origin: "nser.localhost/log" },
    });
  });

  it("sees it with a fresh code, lengthens it, and never shortens it", async () => {
    const phone = "0722000003";
    const reference = await citizen().exclude({ policy: "6m", phone });
    const again = citizen();
    expect(await again.enter(phone)).toContain("In force");
    expect(await again.extend("permanent")).toContain("It has no end");
    const other = citizen();
    expect(await other.exclude({ policy: "24h", phone })).toBe(reference);
    expect(await other.browser.open("/my").then(({ html }) => textOf(html))).toContain("It has no end");
  });
});

describe("an operator that shows nobody's phone", () => {
  const ask = (path: string, body?: object) =>
    fetch(whole.system.url + path, {
      method: body ? "POST" : "GET", headers: { "authorization": `Bearer ${whole.access.apiKey}`, "content-type": "application/json" }, ...(body && { body: JSON.stringify(body) }),
    });

  it("gets the same tokens, and the same answers", async () => {
    const identifiers: Identifier[] = [{ type: "msisdn", value: "0722 000 031" }, { type: "national_id", value: "23456781" }];
    const blind = await blindTokens({ url: whole.system.url, key: whole.access.apiKey, publicKey: blindKeyOf(whole.secrets) }, identifiers);
    const direct = await Promise.all(identifiers.map(({ type, value }) => whole.server.tokenize(value, type)));
    expect(blind.map(({ token }) => token)).toEqual(direct);
    await citizen().exclude({ policy: "24h", phone: "0722000031" });
    await whole.server.until(blind[0]!.token, "excluded");
    expect(await wordOf(blind[1]!.token, "marketing")).toBe("clear");
  });

  it.each<[string, string[], string[]]>([
    ["has the Web's own means", ["no_nodejs_compat", "no_nodejs_compat_v2"], []], ["has Node's too", [], ["process", "Buffer", "setImmediate"]],
  ])("gets them, and a signed answer about them, in a Worker that %s", async (_, flags, nodes) => {
    const identifiers: Identifier[] = [{ type: "msisdn", value: "0722 000 032" }, { type: "passport", value: "ak 123 4567" }];
    const site = await startOperatorSite({ register: whole.system.url, key: whole.access.apiKey, publicKey: blindKeyOf(whole.secrets) }, flags);
    onTestFinished(site.stop);
    const response = await fetch(`${site.url}/tokens`, { method: "POST", body: JSON.stringify(identifiers) });
    const direct = await Promise.all(identifiers.map(async ({ type, value }) => ({ type, token: await whole.server.tokenize(value, type) })));
    expect(await response.json()).toEqual({ tokens: direct, decision: "clear", nodes });
  });

  it("pins the key that the document shows to everybody", async () => {
    const { publicKey } = (await (await ask("/v1/tokens/blind")).json()) as { publicKey: string };
    expect(publicKey).toBe(blindKeyOf(whole.secrets));
    expect(await (await fetch(`${whole.system.url}/openapi.json`)).text()).toContain(publicKey);
  });

  it("is told which of its elements is none", async () => {
    const response = await ask("/v1/tokens/blind", { elements: ["A".repeat(43)] });
    expect([response.status, ((await response.json()) as { errors: object[] }).errors]).toEqual([422, [{ pointer: "/elements/0", detail: expect.stringContaining("identity") }]]);
  });
});

describe("a phone without a browser", () => {
  it("stops by one digit, and for good by a code, in force at the edge and confirmed by SMS", async () => {
    const phone = new FeaturePhone(whole.system.url, "0722000020");
    const token = await whole.server.tokenize("0722000020");
    expect(await phone.dial()).toMatch(/^CON NSER: acha kamari/);
    expect(await phone.press("1")).toMatch(/^CON Tayari/);
    expect(await whole.server.until(token, "excluded")).toBeLessThan(1_500);
    await phone.press("6");
    expect(await phone.press("1")).toMatch(/^CON Msimbo unakuja/);
    expect(await phone.press(await phone.code())).toMatch(/^END Tayari: umezuiwa bila mwisho/);
    await expect.poll(() => phone.messages(), { timeout: 10_000 }).toEqual(
      [expect.stringMatching(/NSER-.*bila mwisho/), expect.stringMatching(/\d{6}/), expect.stringMatching(/inatumika kuanzia sasa/)],
    );
    await phone.send("HALI");
    await expect.poll(async () => (await phone.messages())[0], { timeout: 5_000 }).toMatch(/^NSER: inatumika bila mwisho/);
  });
});

describe("a form sent more than once", () => {
  it("sent twice at the same moment gives one receipt", async () => {
    const one = citizen();
    await one.ask({ policy: "1y", phone: "0722000004" });
    const code = await one.code("0722000004");
    const [first, second] = await Promise.all([one.confirm(code), one.confirm(code)].map((sent) => sent.catch(String)));
    expect(first).toMatch(/^NSER-/);
    expect(second).toBe(first);
    await expect.poll(async () => (await messagesTo(whole.system.url, "+254722000004")).length, { timeout: 5_000 }).toBe(2);
  });

  it("in two tabs gives one exclusion, with the longer end", async () => {
    const [left, right] = [citizen(), citizen()];
    await left.ask({ policy: "24h", phone: "0722000005" });
    const leftCode = await left.code("0722000005");
    await right.ask({ policy: "5y", phone: "0722000005" });
    const rightCode = await right.code("0722000005");
    const receipts = await Promise.all([left.confirm(leftCode), right.confirm(rightCode)]);
    expect(receipts[0]).toBe(receipts[1]);
    expect(textOf((await right.browser.open("/my")).html)).toMatch(/At least until .* 2031/);
  });
});

describe("somebody else's ID", () => {
  it("is covered, tells nobody whether it was known, and merges nobody", async () => {
    await citizen().exclude({ policy: "6m", phone: "0722000006", document: { kind: "national_id", value: "55555555" } });
    const other = citizen();
    await other.exclude({ policy: "30d", phone: "0722000007", document: { kind: "national_id", value: "55555555" } });
    const third = citizen();
    await third.exclude({ policy: "30d", phone: "0722000008", document: { kind: "national_id", value: "66666666" } });
    const seen = (page: string) => textOf(page).replaceAll(/NSER-\w+|\d\d:\d\d|•• ••• \d+/g, "");
    const [knownId, freshId] = [await other.browser.open("/my"), await third.browser.open("/my")];
    expect(seen(knownId.html)).toBe(seen(freshId.html));
  });
});

describe("a published snapshot", () => {
  it("is announced through the log and answered from", async () => {
    const { server, system } = whole;
    const phones = ["0722000010", "0722000011"];
    for (const phone of phones) await citizen().exclude({ policy: "24h", phone });
    const tokens = await Promise.all(phones.map((phone) => server.tokenize(phone)));
    const before = (await server.check(tokens[0]!)).body.sequence!;
    await expect.poll(async () => {
      await server.check(tokens[0]!);
      return (await server.check(tokens[1]!)).body.sequence! > before;
    }, { timeout: 10_000, interval: 200 }).toBe(true);
    for (const token of tokens) expect(await wordOf(token)).toBe("excluded");
    expect(await wordOf(await server.tokenize("0799999999"))).toBe("clear");
    expect(system.url).toMatch(/^http:/);
  });
});
