import type { Words } from "../catalogue.ts";

export const tidings: Words<"tidings"> = {
  "sms.case-heard": "NSER: هناك طلب يتعلق بك، {reference}. يمكنك إبداء رأيك: انظر صفحتك.",
  "sms.case-decided": "NSER: صدر قرار في {reference}. تجده في صفحتك.",
  "sms.case-appealed": "NSER: هناك طعن في {reference}. انظر صفحتك.",
};
