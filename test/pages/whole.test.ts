import { expect, it } from "vitest";
import { Grants } from "../../src/domains/authentication/index.ts";
import type { CitizenRpc } from "../../src/domains/exclusions/citizen-rpc.ts";
import * as verbs from "../../src/domains/exclusions/citizen/index.ts";
import { DAY, MINUTE } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { ENVELOPE, fakeTokenizer } from "../support/api.ts";
import { RegisterHere } from "../support/register.ts";
import { SmallLog } from "../support/small-log.ts";
import { visitor } from "./browser.ts";

const PHONE = "0712345678";

/** Origin's own verbs over Register's own code; only codes and messages are stood in for. */
function origin(register: RegisterHere): CitizenRpc {
  const clock = () => register.now;
  const parts: verbs.CitizenParts = {
    register: register.asOriginAsks, tokenizer: fakeTokenizer, envelope: ENVELOPE, clock, admits: async () => true, outboxFilled: () => {}, report: () => {}, log: () => new SmallLog(0),
    grants: new Grants(new Uint8Array(32).fill(5), clock, random),
    sms: { send: async () => ({ ok: true, messageId: "m" }) },
    challenge: () => ({ issue: async () => ({ ok: true, code: "123456" }), withdraw: async () => {}, spend: async () => true, verify: async () => ({ ok: true }) }),
  };
  const { sendCode, enter, exclusions, receipt, extend, stop, askToEnd, confirmEnding, keep } = verbs;
  const offered = { sendCode, register: verbs.register, enter, exclusions, receipt, extend, stop, askToEnd, confirmEnding, keep };
  return Object.fromEntries(Object.entries(offered).map(([name, verb]) => [name, (request: unknown) => verb(parts, request)])) as unknown as CitizenRpc;
}

it("a person stops in two taps, makes it longer, asks for its end too early and in time, keeps it, and ends it: pages, origin and Register together", async () => {
  const register = new RegisterHere();
  const { get, post } = visitor({ citizens: origin(register), clock: () => register.now });
  const enter = async (wanted = "") => {
    const door = await get("/my");
    await post("/my/enter", { ...door.fields, phone: PHONE, code: "123456", wanted });
  };
  await enter();
  const stopped = await post("/my/stop/now", (await get("/my/stop")).fields);
  const receipt = stopped.headers.get("location")!;
  const end = receipt.replace("receipts", "end");
  expect((await get(receipt)).html).toContain("You are excluded from gambling");
  expect((await post("/my/extend", { ...(await get(receipt)).fields, policy: "6m" })).headers.get("location")).toBe(receipt);
  expect((await post(end, { formId: crypto.randomUUID() })).html).toContain("before the time you chose");

  register.wait(400 * DAY);
  await enter();
  register.wait(5 * MINUTE);
  expect((await post(end, { formId: crypto.randomUUID() })).html).toContain("must not be older than 5 minutes");
  await enter();
  await post(end, (await get(end)).fields);
  expect((await get("/my")).html).toContain("You asked to end it");
  await post(`${end}/keep`, { formId: crypto.randomUUID() });
  expect((await post(`${end}/keep`, { formId: crypto.randomUUID() })).headers.get("location")).toBe(receipt);
  await post(end, (await get(end)).fields);
  expect((await post(`${end}/confirm`, { formId: crypto.randomUUID(), tick: "yes" })).html).toContain("It is too early to confirm");
  expect(register.covered()).toHaveLength(1);

  register.wait(7 * DAY);
  await enter();
  await post(`${end}/confirm`, { formId: crypto.randomUUID(), tick: "yes" });
  expect(register.covered()).toEqual([]);
  const told = [...(await get(receipt)).html.matchAll(/<\/time> ([^<]*)</g)].map(([, what]) => what!.split(",")[0]).filter((what) => !what!.includes("reminded"));
  expect(told).toEqual(["It began", "Made longer", "You asked to end it", "You kept it", "You asked to end it", "It ended"]);
});
