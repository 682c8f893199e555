import { expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { Citizen } from "../../src/cli/doors.ts";
import { fromBase64Url } from "../../src/kernel/bytes.ts";
import { random } from "../../src/objects/shell.ts";
import { openOffice } from "../../src/office/database.ts";
import { Envelope, parseBoxKeys } from "../../src/sealing/envelope.ts";
import { signedInAs } from "../support/desk.ts";
import { holders } from "../support/holders.ts";
import { wholeSystem } from "../support/system.ts";

const whole = wholeSystem();

const PHONE = "0712345678";

it("who excluded themself, and was asked about, sees by whom and when, and keeps what they write of themself", async () => {
  const { system, server } = whole;
  const token = await server.tokenize(PHONE);
  const amina = new Citizen(system.url);
  await amina.exclude({ policy: "6m", phone: PHONE, document: { kind: "national_id", value: "12345678" } });
  await server.until(token, "excluded");
  await server.check(token, "bet");

  const shown = async (path: string, citizen = amina) => textOf((await citizen.browser.open(path)).html);
  await expect.poll(() => shown("/my/access"), { timeout: 20_000, interval: 500 }).toMatch(/Test Bets.*Placing a bet: \d\d:00–\d\d:00/s);
  await expect.poll(() => shown("/my/inbox"), { timeout: 10_000 }).toContain("Your exclusion began");
  expect(await shown("/my/data")).toMatch(/\+254 7•• ••• 678.*Confirmed by a code.*•+678.*not confirmed.*Who can see it \(version 1, English\)/s);

  await amina.browser.open("/my/details");
  await amina.browser.submit("/my/details", { name: "أمينة Ng'ang'a 👩", county: "047", dateOfBirth: "27 3 1990", language: "en" });
  expect(textOf(amina.browser.page.html)).toMatch(/أمينة Ng'ang'a 👩.*27 March 1990.*Nairobi City/s);

  expect(await shown("/my/activity")).toMatch(/My details were changed Name Date of birth County With a code sent to your phone/);

  const other = new Citizen(system.url, { address: "192.0.2.2" });
  await other.exclude({ policy: "24h", phone: "0722222222" });
  const others = await shown("/my/data", other);
  expect(others).toContain("••• 222");
  expect(others).not.toMatch(/أمينة|678/);
  expect(await shown("/my/activity", other)).toContain("Nothing was changed yet.");
  expect(await shown("/my/access", other)).not.toContain("Test Bets");

  await amina.browser.open("/my/data");
  await amina.browser.submit("/my/leave", {});
  expect(await shown("/my/data")).toContain("Confirm your phone number to see this page");
}, 60_000);

it("who is signed in sees the same without a code, until their session ends", async () => {
  const { system, secrets: { origin } } = whole;
  const phone = "+254733000111";
  await new Citizen(system.url, { address: "192.0.2.3" }).exclude({ policy: "24h", phone });
  const office = openOffice({ url: system.office.primary.url, token: system.office.writeToken });
  const keys = { envelope: new Envelope(parseBoxKeys(origin.BOX_KEYS!), random), lookupKey: fromBase64Url(origin.LOOKUP_KEY!) };
  const { account, signIn } = holders(() => office, Date.now(), keys);
  const { userId } = await account({ name: "Baraka", phone });
  const [{ visitor }, other] = [await signIn(userId), await signIn(userId)];
  const headers = { cookie: `session=${visitor.session}; device=${visitor.device}` };
  const shown = async (path: string) => textOf(await (await fetch(system.url + path, { headers })).text());

  expect(await shown("/account")).toMatch(/Baraka.*\+254 7•• ••• 111 Confirmed by a code/);
  for (const path of ["/my/data", "/my/access"]) expect(await shown(path)).not.toContain("Confirm your phone number");
  expect(await shown("/my/data")).toContain("+254 7•• ••• 111");
  const ended = await fetch(`${system.url}/account/sessions/end`, {
    method: "POST", redirect: "manual", headers: { ...headers, "origin": system.url, "sec-fetch-site": "same-origin" }, body: new URLSearchParams({ id: other.sessionId }),
  });
  expect(ended.headers.get("location")).toBe("/account/sessions");
  expect(await shown("/account/activity")).toContain("Signed one browser out");
  await fetch(`${system.url}/account/sessions/end-all`, { method: "POST", redirect: "manual", headers: { ...headers, "origin": system.url, "sec-fetch-site": "same-origin" }, body: new URLSearchParams() });
  expect(await shown("/my/data")).toContain("Confirm your phone number to see this page");
}, 60_000);

it("the regulator's people find an account with a session, lock none of their own, and nobody is let in without one", async () => {
  const { url, office: { primary, writeToken }, administrator } = whole.system;
  const account = await fetch(`${url}/v1/account`, { headers: { authorization: `Bearer ${await administrator()}` } });
  const { userId } = (await account.json()) as { userId: string };
  const { session } = await signedInAs(openOffice({ url: primary.url, token: writeToken }), userId, Date.now());
  const ask = async (path: string, cookie: string, form?: Record<string, string>) => {
    const headers = { cookie, "sec-fetch-site": "same-origin" };
    const response = await fetch(`${url}${path}`, { redirect: "manual", headers, ...(form && { method: "POST", body: new URLSearchParams(form) }) });
    return [response.status, response.headers.get("location") ?? textOf(await response.text())];
  };
  const person = `/staff/users/${userId}`;
  expect(await ask(person, "session=none")).toEqual([303, `/sign-in?next=${encodeURIComponent(person)}`]);
  expect(await ask("/staff/users", `session=${session}`, { identifier: `user/${userId}` })).toEqual([303, person]);
  expect(await ask(person, `session=${session}`)).toEqual([200, expect.stringMatching(/A•••.*Administrator of the register/)]);
  expect(await ask(`${person}/lock`, `session=${session}`, { lockReason: "misused" })).toEqual([403, expect.stringContaining("Nobody does this to their own account.")]);
}, 30_000);
