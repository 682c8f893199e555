import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALLS, Limits } from "../../src/api/limits.ts";
import { fitsScreen } from "../../src/kernel/gsm7.ts";
import { callbackApi, FORMER, messageOf, phoneWorld, SECRET, stepOf } from "../support/dialled.ts";

const USSD = `/v1/callbacks/ussd/${SECRET}`;
const SMS = `/v1/callbacks/sms/${SECRET}`;

/** What of an answer anybody could tell two unknown paths apart by. */
const seen = async (response: Response) => {
  const headers = Object.fromEntries(response.headers);
  delete headers["x-request-id"];
  return { status: response.status, headers, body: await response.text() };
};

describe("a callback", () => {
  it("is answered as Africa's Talking reads it", async () => {
    const { post } = await callbackApi();
    const response = await post(USSD, stepOf(""));
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain; charset=UTF-8"]);
    expect(await response.text()).toMatch(/^CON NSER: acha kamari\n/);
    expect(await (await post(USSD, stepOf("5*4"))).text()).toMatch(/^END Talk to someone/);
    const message = await post(SMS, messageOf("HALI"));
    expect([message.status, await message.text()]).toEqual([200, ""]);
  });

  it("is taken by the secret of before and the one of now", async () => {
    const { post } = await callbackApi();
    for (const secret of [SECRET, FORMER]) expect((await post(`/v1/callbacks/ussd/${secret}`, stepOf(""))).status).toBe(200);
  });

  it.each(["ussd", "sms"])("of %s with a wrong secret, from elsewhere, or by another method is no path at all", async (door) => {
    const world = phoneWorld();
    const { api, post } = await callbackApi(world.parts);
    const fields = door === "ussd" ? stepOf("1") : messageOf("STOP");
    const known = `/v1/callbacks/${door}/${SECRET}`;
    const nowhere = await seen(await post("/v1/callbacks/nothing/here", fields));
    expect(nowhere.status).toBe(404);
    const forged = [
      ...["x", SECRET.slice(0, -1), `${SECRET}x`, SECRET.toUpperCase(), "%00", "ä"].map((secret) => post(`/v1/callbacks/${door}/${secret}`, fields)),
      ...["192.0.3.7", "2001:db8::1", "::1", "nonsense", ""].map((address) => post(known, fields, { "cf-connecting-ip": address })),
      post(known, fields, { "cf-connecting-ip": "192.0.3.7", "x-forwarded-for": "192.0.2.7" }),
    ];
    for (const response of await Promise.all(forged)) expect(await seen(response)).toEqual(nowhere);
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
      const asked = async (path: string) => seen(await api.request(path, { method, headers: { "cf-connecting-ip": "192.0.2.7" } }));
      expect(await asked(known)).toEqual(await asked("/v1/callbacks/nothing/here"));
    }
    expect(world.rows("exclusions")).toBe(0);
  });

  it("leaves no secret, number or text in the log", async () => {
    const world = phoneWorld();
    const { post, lines } = await callbackApi(world.parts);
    await post(USSD, stepOf("1"));
    await post(SMS, messageOf("STOP"));
    await post(`/v1/callbacks/ussd/${SECRET}x`, stepOf("1"));
    expect(lines.map((line) => line["url.path"]).filter((path) => path !== "/openapi.json")).toEqual(["/v1/callbacks/ussd/:secret", "/v1/callbacks/sms/:secret", "/v1/callbacks/ussd/:secret"]);
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`${SECRET}|712345678|ATUid`));
  });

  it.each([
    ["nothing", {}], ["no session", { phoneNumber: "+254712345678", text: "1" }], ["no phone", { sessionId: "s", text: "1" }],
    ["a long session", { ...stepOf("1"), sessionId: "s".repeat(201) }], ["another form", { from: "x" }],
  ])("with %s in its form ends the session and does nothing", async (_, fields) => {
    const world = phoneWorld();
    const { post } = await callbackApi(world.parts);
    const response = await post(USSD, fields);
    expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^END /)]);
    expect((await post(SMS, fields)).status).toBe(200);
    expect([world.rows("exclusions"), world.state.sent]).toEqual([0, []]);
  });

  it("that is no form is never an error of ours", async () => {
    const { api } = await callbackApi();
    const types = ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded; charset=utf-16"];
    for (const path of [USSD, SMS]) {
      for (const type of types) {
        for (const body of ["", "{", "--x\r\n", "%", "text=%ff%fe", "\0".repeat(100)]) {
          const response = await api.request(path, { method: "POST", body, headers: { "content-type": type, "cf-connecting-ip": "192.0.2.7" } });
          expect(response.status).toBe(200);
        }
      }
      expect((await api.request(path, { method: "POST", body: "x".repeat(70_000), headers: { "cf-connecting-ip": "192.0.2.7" } })).status).toBe(413);
    }
  });

  it("with any text a phone can send shows one screen", async () => {
    const world = phoneWorld();
    const { post } = await callbackApi(world.parts);
    const typed = fc.oneof(
      fc.stringMatching(/^[0-9*#]{0,40}$/), fc.array(fc.constantFrom("0", "1", "2", "3", "4", "5", "6", "", "123456"), { maxLength: 12 }).map((inputs) => inputs.join("*")),
      fc.string({ unit: "grapheme", maxLength: 40 }), fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("1*".repeat(5_000), "😀".repeat(2_500), "*".repeat(10_000)),
    );
    let nth = 0;
    await fc.assert(fc.asyncProperty(typed, fc.string({ maxLength: 20 }), async (text, sessionId) => {
      const response = await post(USSD, stepOf(text, sessionId, `+2547${String(nth++).padStart(8, "0")}`));
      const said = await response.text();
      expect([response.status, /^(CON|END) /.test(said), fitsScreen(said.slice(4))]).toEqual([200, true, true]);
      const message = await post(SMS, messageOf(text, sessionId || "m", `+2547${String(nth).padStart(8, "0")}`));
      expect(message.status).toBe(200);
    }), { numRuns: 300 });
    expect(world.state.failures).toEqual([]);
  });

  it("counts for nobody; a forged one counts for the address it came from", async () => {
    const asked: string[] = [];
    const limits = new Limits({ count: async (by, caller) => (asked.push(`${by} ${caller}`), true), clock: () => 0, failed: () => undefined });
    const { post } = await callbackApi(phoneWorld().parts, limits);
    asked.length = 0;
    for (let call = 0; call <= CALLS.anonymous; call++) expect((await post(USSD, stepOf(""))).status).toBe(200);
    expect(asked).toEqual([]);
    for (let call = 0; call < CALLS.anonymous; call++) expect((await post(`${USSD}x`, stepOf(""))).status).toBe(404);
    expect((await post(`${USSD}x`, stepOf(""))).status).toBe(429);
    expect((await post(USSD, stepOf(""))).status).toBe(200);
    expect(new Set(asked)).toEqual(new Set(["anonymous c0000207"]));
  });
});
