import type { Locale } from "../../src/i18n/locales.ts";
import { RULES } from "../../src/domains/compliance/suspicion/model.ts";
import { visitor } from "../pages/browser.ts";
import { ENTRY, FLAG, READ } from "../pages/staff-audit.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const FIGURES = { count: 30, most: 30, time: "23:40", from: 7, until: 20, first: "KE", second: "UG", minutes: 3 };

/** The page of the audit log in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, staffAudit } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["found", (await get("/staff/audit")).html]];
  staffAudit.entries = [{ ...READ, resource: "x".repeat(200), payload: JSON.stringify({ long: "y".repeat(500) }), flags: RULES.map((rule, at) => ({ ...READ.flags[0]!, id: `${at}`, rule, figures: FIGURES })) }];
  staffAudit.next = "1.1";
  shown.push(["rules", (await get("/staff/audit?flag=any")).html]);
  staffAudit.refusal = { refusal: "note-unfit" };
  staffAudit.entries = [READ];
  return [...shown, ["note-wrong", (await post(`/staff/audit/flags/${FLAG}`, { entry: ENTRY })).html]];
}

fitAndAreAccessible("audit-", pages);
