import type { Words } from "../catalogue.ts";

export const consent: Words<"consent"> = {
  "tab.consent": "السماح لبرنامج بالاطلاع",

  "consent.heading": "هل يُسمح لـ «{client}» برؤية هذا؟",
  "consent.lead": "هذا البرنامج ليس لنا. لن يرى شيئًا ما لم تسمح له.",
  "consent.sees": "سيرى باسمك",
  "consent.scope.account:read": "رقم حسابك وما تقوم به هنا (أدوارك)",
  "consent.scope.operators:read": "المشغّلون: أسماؤهم وأوضاعهم",
  "consent.scope.usage:read": "عدد مرات تحقّق المشغّلين في كل يوم",
  "consent.scope.exclusions:read": "قائمة حالات الاستبعاد، دون أسماء أو أرقام",
  "consent.scope.audit:read": "سجل ما جرى هنا، والحساب الذي قام به",
  "consent.scope.projection:read": "كيف تُحفظ نسخ السجل",
  "consent.limits": "لا يستطيع تغيير أي شيء، ولا يرى اسم أي شخص ولا رقم هويته. يمكنه رؤية ذلك مدة تصل إلى 30 يومًا، حتى في غيابك.",
  "consent.leads": "تُرسل إجابتك إلى",
  "consent.allow": "أسمح",
  "consent.deny": "لا أسمح",
  "consent.unfit": "لا يمكن استخدام هذا الرابط",
  "consent.client-unknown": "البرنامج الذي أرسلك غير مسجَّل هنا، أو أنه موقوف حاليًا. لم يُعطَ شيئًا.",
  "consent.redirect-unfit": "يؤدي الرابط إلى عنوان ليس للبرنامج. لم يُعطَ شيئًا.",
};
