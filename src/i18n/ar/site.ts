import type { Words } from "../catalogue.ts";

export const site: Words<"site"> = {
  "tab.site": "{title} – NSER",
  "tab.error": "خطأ: {title}",
  "tab.problem": "لم ينجح ذلك",

  "site.name": "السجل الوطني للاستبعاد الذاتي",
  "site.country": "كينيا",

  "nav.skip": "انتقل إلى المحتوى الرئيسي",
  "nav.exit": "خروج سريع",
  "nav.exit-hint": "«خروج سريع» يفتح موقعًا آخر، ولا يمحو سجل التصفح لديك.",
  "nav.language": "اللغة",
  "nav.draft": "لم تُراجَع هذه الترجمة بعد. إذا كان شيء غير واضح فالنص الإنجليزي هو المعتمد.",
  "nav.home": "الصفحة الرئيسية",
  "nav.step": "الخطوة {step} من {steps}",

  "date.instant": "{date}، {time}",
  "date.no-end": "بلا نهاية",

  "action.continue": "متابعة",
  "action.start-again": "ابدأ من جديد",
  "action.try-again": "حاول مرة أخرى",
  "action.change-period": "تغيير المدة",
  "action.change-phone": "تغيير الرقم",

  "problem.start-again": "لنبدأ من جديد",
  "problem.start-again-text": "هذه خطوة في منتصف النموذج وبدايته مفقودة. ما هو سارٍ يبقى ساريًا.",
  "problem.not-found": "لا يوجد شيء هنا",
  "problem.not-found-text": "ربما كُتب العنوان خطأً، أو أن ما كان يعرضه ليس لك.",
  "problem.too-large": "هذا أكثر مما يتسع له النموذج",
  "problem.unreadable": "تعذّرت قراءة هذا النموذج",
  "problem.foreign": "هذا النموذج لم يأتِ من صفحتنا",
  "problem.foreign-text": "لحمايتك لا نقبل إلا النماذج المعبّأة في هذا الموقع.",
  "problem.unavailable": "هذا لا يعمل الآن",
  "problem.unavailable-text": "لم يضع شيء. لا يُسجَّل شيء ما لم تر إيصالًا. حاول مرة أخرى: النموذج نفسه لا يُحتسب مرتين أبدًا.",
  "problem.too-many-calls": "هذا أكثر من اللازم دفعة واحدة",
  "problem.too-many-calls-text": "طلب حسابك كثيرًا خلال الدقيقة الأخيرة. انتظر دقيقة ثم حاول مرة أخرى.",
};
