import type { Locale } from "../../src/i18n/locales.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { visitor } from "../pages/browser.ts";
import { NOW } from "../pages/citizens.ts";
import { CASE, LOOKED_AT, MAY_ALL, PROPOSED } from "../pages/staff-cases.ts";
import { EXCLUSION, LINE, LOOKED_AT as EXCLUSION_LOOKED_AT } from "../pages/staff-exclusions.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const ONE = `/staff/cases/${CASE}`;

/** Every page that officers have on exclusions and cases in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, staffExclusions, staffCases } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["home", (await get("/staff")).html]];
  staffExclusions.lines = (["active", "ending", "provisional", "annulling", "ended", "annulled", "dismissed"] as const).map((state) => ({ ...LINE, state, origin: "court", policy: "custom" }));
  staffExclusions.next = "1.a";
  shown.push(["list", (await get("/staff/exclusions?state=active")).html]);
  staffExclusions.refusal = { refusal: "reason-unfit" };
  shown.push(["search-wrong", (await post("/staff/exclusions/search", { kind: "passport", identifier: "A1234567" })).html], ["found", (await post("/staff/exclusions/search", {})).html]);
  shown.push(["exclusion", (await get(`/staff/exclusions/${EXCLUSION}`)).html]);
  staffExclusions.exclusion = { ...EXCLUSION_LOOKED_AT, state: "annulling", annulsAt: NOW + DAY, reviewAt: NOW, measureUntil: NOW, endsAt: null, renewals: 2, caseReference: CASE, cases: [], changes: [] };
  shown.push(["exclusion-annulling", (await get(`/staff/exclusions/${EXCLUSION}`)).html]);
  shown.push(["cases-wrong", (await post("/staff/cases", { reference: "x" })).html]);
  staffCases.known = { ...LOOKED_AT, case: PROPOSED, may: { ...MAY_ALL, acts: [] } };
  shown.push(["case-to-second", (await get(ONE)).html]);
  staffCases.known = { ...LOOKED_AT, case: { ...PROPOSED, kind: "longer", proposal: null, askedUntil: NOW + 400 * DAY, exclusionReference: EXCLUSION } };
  shown.push(["case-wrong", (await post(`${ONE}/evidence`, {})).html], ["opened", (await post(`${ONE}/open`, { openReason: "a good reason" })).html]);
  staffCases.refusal = { refusal: "choice-missing", field: "grounds" };
  return [...shown, ["filing-wrong", (await post("/staff/cases/new", { statement: "x" })).html]];
}

fitAndAreAccessible("officers-", pages);
