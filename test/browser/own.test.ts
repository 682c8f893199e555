import type { Receipt } from "../../src/domains/exclusions/model.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { FORM_ID, visitor } from "../pages/browser.ts";
import { NOW, RIGHT_CODE } from "../pages/citizens.ts";
import { PLAIN } from "../support/exclusions.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const PHONE = "0712345678";
const REFERENCE = "NSER-111111111J";
const END = `/my/end/${REFERENCE}`;

const IMPOSED: Receipt = {
  ...PLAIN, reference: "NSER-2222222224", state: "provisional", origin: "family", caseReference: "CR-0000000000", policy: "custom", endMode: "automatic",
  startedAt: NOW, endsAt: null, measureUntil: NOW + 30 * DAY, identifiers: [{ kind: "msisdn", provisionalUntil: null }, { kind: "refugee_id", provisionalUntil: NOW + DAY }],
};

/** The pages of 24 hours. */
async function stopping(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post } = visitor();
  const phone = await get(`/my/stop?lang=${locale}`);
  await post("/my/enter", { formId: FORM_ID, phone: PHONE, code: RIGHT_CODE });
  const tap = await get("/my/stop");
  await post("/my/stop/now", tap.fields);
  const receipt = await get(`/my/receipts/${REFERENCE}`);
  await post("/my/extend", { ...receipt.fields, policy: "1y" });
  return [
    ["stop-phone", phone.html], ["stop-tap", tap.html], ["stop-receipt", receipt.html], ["stop-already", (await get("/my/stop")).html],
  ];
}

/** The pages on the way to an end, and what is left of it. */
async function ending(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, citizens } = visitor();
  await get(`/?lang=${locale}`);
  await post("/exclude/confirm", { formId: FORM_ID, policy: "1y", phone: PHONE, code: RIGHT_CODE });
  const [own] = citizens.receipts;
  Object.assign(own!, { startedAt: NOW - 400 * DAY, endsAt: NOW - DAY, askableFrom: NOW - DAY });
  citizens.receipts.push(IMPOSED);
  const shown: [string, string][] = [["several", (await get("/my")).html], ["ask", (await get(END)).html]];
  await post(END, { formId: FORM_ID });
  shown.push(["waiting", (await get(END)).html]);
  own!.endableFrom = NOW;
  shown.push(["confirm-wrong", (await post(`${END}/confirm`, { formId: FORM_ID })).html]);
  citizens.refusal = { refusal: "code-too-old", field: null };
  shown.push(["fresh-code", (await post(`${END}/confirm`, { formId: FORM_ID, tick: "yes" })).html]);
  await post(`${END}/confirm`, { formId: FORM_ID, tick: "yes" });
  shown.push(["receipt-ended", (await get(`/my/receipts/${REFERENCE}`)).html], ["receipt-imposed", (await get(`/my/receipts/${IMPOSED.reference}`)).html]);
  return shown;
}

fitAndAreAccessible("own-", async (locale) => [...(await stopping(locale)), ...(await ending(locale))]);
