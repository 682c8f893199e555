import type { Words } from "../catalogue.ts";

export const licensing: Words<"licensing"> = {
  "sms.invited": "NSER: أنت مدعو إلى دور. ادخل بهذا الرقم أو أنشئ به حسابًا وافتح صفحة الدعوات خلال 14 يومًا.",
  "sms.licence-expires": "NSER: تنتهي رخصة شركتك {number} في {date}. جدّدها في الوقت: انظر صفحتك.",
};
