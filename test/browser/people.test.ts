import type { Locale } from "../../src/i18n/locales.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { visitor } from "../pages/browser.ts";
import { NOW } from "../pages/citizens.ts";
import { ACCOUNT_ID, LOOKED_AT } from "../pages/staff-users.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const PERSON = `/staff/users/${ACCOUNT_ID}`;

/** Every page of the regulator's people in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, staffUsers } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["search", (await get("/staff/users")).html], ["search-none", (await post("/staff/users", { identifier: "wanjiku@example.ke" })).html]];
  shown.push(["person", (await get(PERSON)).html]);
  const verification = { id: "v", method: "national_id", verdict: "verified", reason: "seen-in-person", at: NOW, by: "user:1" } as const;
  staffUsers.account = { ...LOOKED_AT, state: "suspended", lock: { at: NOW, reason: "operator-asked" }, lockedUntil: NOW + 30 * MINUTE, verification };
  shown.push(["person-locked", (await get(PERSON)).html]);
  staffUsers.refusal = { refusal: "choice-missing" };
  shown.push(["person-wrong", (await post(`${PERSON}/verify`, {})).html]);
  staffUsers.account = { ...LOOKED_AT, deletedAt: NOW, isErased: true, name: null, email: null, phone: null, roles: [], signIns: [], factors: { password: false, totp: false, passkey: false } };
  shown.push(["person-deleted", (await get(PERSON)).html], ["profile", (await post(`${PERSON}/show`, { readReason: "a good reason" })).html]);
  return shown;
}

fitAndAreAccessible("people-", pages);
