import type { Words } from "../catalogue.ts";

export const signIn: Words<"signIn"> = {
  "tab.sign-in": "تسجيل الدخول",
  "tab.sign-up": "حسابك",

  "sign-in.heading": "تسجيل الدخول إلى حسابك",
  "sign-in.lead": "برقم هاتفك وكلمة المرور. لا تحتاج إلى حساب لتتوقّف عن القمار.",
  "sign-in.password": "كلمة المرور",
  "sign-in.submit": "سجّل الدخول",
  "sign-in.new": "أنشئ حسابًا",
  "sign-in.forgotten": "عيّن كلمة مرور جديدة",
  "sign-in.a-browser": "متصفح غير معروف",

  "sign-up.heading": "إنشاء حساب",
  "sign-up.lead": "بالحساب تعود دون طلب رمز جديد في كل مرة. لا تحتاج إليه لتتوقّف عن القمار.",
  "sign-up.adults": "يجب أن يكون عمرك 18 سنة أو أكثر ليكون لك حساب.",
  "sign-up.password": "اختر كلمة مرور",
  "sign-up.password-hint": "8 أحرف على الأقل. بضع كلمات معًا سهلة التذكر وصعبة التخمين.",
  "sign-up.submit": "أنشئ حسابي",
  "sign-up.change": "غيّر ما كتبته",
  "sign-up.taken": "لهذا الرقم حساب بالفعل",
  "sign-up.taken-text": "لم يُنشأ شيء ولم يتغيّر شيء. سجّل الدخول بكلمة مروره، أو عيّن كلمة جديدة إن كنت لا تعرفها.",

  "error.too-young": "يجب أن يكون عمرك 18 سنة أو أكثر ليكون لك حساب. لا تحتاج إليه لتتوقّف عن القمار.",
  "error.sign-in-failed": "هذا الرقم وكلمة المرور هذه لا يتوافقان. تحقّق منهما.",
  "error.sign-in-locked":
    "أُدخلت كلمات مرور خاطئة كثيرة لهذا الرقم. حاول مرة أخرى بعد {minutes, plural, one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}.",
  "error.too-many-tries":
    "يحاول كثيرون تسجيل الدخول من شبكتك. حاول مرة أخرى بعد {minutes, plural, one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}.",

  "sms.signed-in": "NSER: سُجّل الدخول إلى حسابك في {at} عبر {device}. إن لم تكن أنت، فعيّن كلمة مرور جديدة فورًا.",
};
