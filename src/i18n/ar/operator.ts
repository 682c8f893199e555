import type { Words } from "../catalogue.ts";

export const operator: Words<"operator"> = {
  "tab.operator": "الشركة",
  "operator.heading": "الشركة",
  "operator.lead": "ما يمكنك فعله هنا لهذه الشركة. كل خطوة تُسجَّل باسمك.",
  "operator.rooms": "صفحات الشركة",
  "operator.keys": "المفاتيح",
  "operator.keys-text": "المفاتيح التي تسأل بها خوادمكم، الحقيقية والتجريبية: أنشئها واستبدلها وألغها، وانظر كم استُعمل كل منها.",
  "operator.conformance": "اختبار التكامل",
  "operator.conformance-text": "دع نظامكم يُسأل عن أشخاص الاختبار واحصلوا على الشهادة.",
  "operator.standing": "وضعها",
  "operator.state": "الحالة",
  "operator.state-active": "نشطة",
  "operator.state-suspended": "موقوفة",
  "operator.id": "معرّف الشركة",
  "operator.required": "المعرّفات التي يجب أن يحملها كل فحص",
  "operator.since": "سُجّلت في",
  "operator.as-of": "كما في {date}.",
  "operator.never": "هذه النسخة من السجل قيد الإعداد وقد لا تكون كاملة.",
  "operator.others": "شركاتك الأخرى",
};
