import { VIOLATION_STATES } from "../../src/domains/compliance/violations/model.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { ACME } from "../pages/operator-desk.ts";
import { HEARD, LOOK, RESPONDED } from "../pages/supervision.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const said = { at: 1_790_000_000_000, words: "w".repeat(200) };

/** The pages on compliance in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, supervision } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["overview", (await get("/staff/compliance")).html], ["own", (await get("/operator/compliance")).html]];
  const violations = VIOLATION_STATES.map((state, at) => ({ ...RESPONDED, id: `${HEARD}${at}`, state, decision: said, remedy: said, closing: said, accuser: `user:${HEARD}` }));
  supervision.seen = { ...LOOK, operator: { id: ACME, name: "x".repeat(80) }, violations, live: { ...LOOK.live, score: null, band: null } };
  shown.push(["look", (await get(`/staff/compliance/${ACME}`)).html.replaceAll("<details", "<details open")]);
  supervision.seen = LOOK;
  supervision.refusal = { refusal: "statement-unfit" };
  const fields = { operator: ACME, version: "3", [`step-${HEARD}`]: "uphold", [`statement-${HEARD}`]: "x" };
  return [...shown, ["step-wrong", (await post(`/staff/compliance/violations/${HEARD}`, fields)).html]];
}

fitAndAreAccessible("compliance-", pages);
