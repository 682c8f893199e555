import type { Locale } from "../../src/i18n/locales.ts";
import { APPLICATION_FIELDS } from "../../src/domains/operators/applications/rpc.ts";
import { visitor } from "../pages/browser.ts";
import { APPLICATION, OA } from "../pages/operators.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

/** The pages of operators, applications and invitations in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, operatorApplications, staffOperators } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["apply", (await get("/operators/apply")).html]];
  operatorApplications.refusal = { refusal: "fields-unfit", fields: [...APPLICATION_FIELDS] };
  shown.push(["apply-wrong", (await post("/operators/apply", { name: "x".repeat(150) })).html], ["received", (await post("/operators/apply", {})).html]);
  shown.push(["invitations", (await get("/account/invitations")).html], ["waiting", (await get("/staff/operators")).html]);
  staffOperators.application = { ...APPLICATION, name: "x".repeat(150), decidedAt: 1, decidedBy: "user:second", decisionReason: "y".repeat(200), state: "approved", operator: "acme01" };
  shown.push(["application", (await get(`/staff/operators/applications/${OA}`)).html]);
  staffOperators.refusal = { refusal: "conditions-unfit" };
  shown.push(["step-wrong", (await post(`/staff/operators/applications/${OA}/steps`, { step: "recommend-approval" })).html]);
  shown.push(["contact", (await post(`/staff/operators/applications/${OA}/contact`, {})).html], ["licence", (await get("/staff/operators/licences/acme01")).html]);
  return shown;
}

fitAndAreAccessible("operators-", pages);
