import type { Words } from "../catalogue.ts";

export const tidings: Words<"tidings"> = {
  "sms.case-heard": "NSER: kuna ombi kukuhusu, {reference}. Unaweza kutoa maoni yako: tazama ukurasa wako.",
  "sms.case-decided": "NSER: {reference} limeamuliwa. Uamuzi uko kwenye ukurasa wako.",
  "sms.case-appealed": "NSER: kuna rufaa katika {reference}. Tazama ukurasa wako.",
};
