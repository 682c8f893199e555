import type { Words } from "../catalogue.ts";

export const mine: Words<"mine"> = {
  "tab.mine": "صفحتك",
  "tab.receipt": "إيصالك",

  "fact.period": "المدة",
  "fact.until": "حتى",
  "fact.at-least": "على الأقل حتى",
  "fact.since": "منذ",
  "fact.review": "يمكن إعادة النظر ابتداءً من",
  "fact.ended": "انتهى في",
  "fact.reference": "الرقم المرجعي",
  "fact.document": "الوثيقة",
  "fact.covers": "يشمل",
  "fact.provisional": "يسري حتى {until}، وبعد ذلك فقط إذا جرى تأكيده.",

  "mine.heading": "استبعادك",
  "mine.lead": "أكّد رقم هاتفك لترى ما هو سارٍ أو لتمديده أو للحصول على إيصالك مرة أخرى.",
  "mine.enter": "اعرض استبعادي",
  "mine.in-force": "سارٍ الآن",
  "mine.none": "لا يوجد استبعاد سارٍ لهذا الرقم.",
  "mine.receipts": "الإيصالات",
  "mine.ended-on": "انتهى {until}",

  "extend.heading": "تمديد المدة",
  "extend.warning": "يسري فورًا ولا يمكن إلغاؤه.",
  "extend.submit": "مدّد",
  "extend.longest": "استبعادك بلا نهاية، فلا يمكن تمديده.",

  "receipt.heading": "أنت مستبعَد من القمار",
  "receipt.heading-ended": "انتهى هذا الاستبعاد",
  "receipt.lead": "هو سارٍ الآن، وليس عليك فعل أي شيء آخر.",
  "receipt.automatic": "ينتهي تلقائيًا في هذا الوقت.",
  "receipt.confirmed": "بعد هذا التاريخ يبقى ساريًا إلى أن تنهيه بنفسك.",
  "receipt.no-end": "لا نهاية له.",
  "receipt.company": "إذا سمحت لك شركة مرخّصة باللعب رغم ذلك فأرها هذا الرقم المرجعي.",
  "receipt.again": "لرؤية هذا الإيصال مرة أخرى",
  "receipt.keep": "اطبع هذه الصفحة أو اكتب الرقم المرجعي. وستصلك أيضًا رسالة قصيرة بالرقم المرجعي.",
  "receipt.how-again": "لرؤيته مرة أخرى اختر «عرض استبعادي» في الصفحة الرئيسية وأكّد رقم هاتفك.",

  "sms.exclusion-started": "NSER: تم، ويسري من الآن. المرجع {reference}. حتى: {until}. احتفظ بهذه الرسالة.",
  "sms.exclusion-extended": "NSER: تم التمديد كما طلبت. المرجع {reference}. حتى: {until}. احتفظ بهذه الرسالة.",
  "sms.exclusion-ended": "NSER: انتهى طلبك {reference}: {until}. يمكنك البدء من جديد في أي وقت.",
};
