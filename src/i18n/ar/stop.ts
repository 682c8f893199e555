import type { Words } from "../catalogue.ts";

export const stop: Words<"stop"> = {
  "tab.stop": "24 ساعة",

  "stop.now": "توقّف الآن 24 ساعة",
  "stop.hint": "فورًا ودون أسئلة. ويمكنك تمديده بعد ذلك.",
  "stop.heading": "توقّف 24 ساعة",
  "stop.lead": "يسري فورًا وينتهي تلقائيًا: {until}.",
  "stop.for": "لهذا الرقم:",
  "stop.press": "أوقف الآن",
  "stop.already": "أنت مستبعد بالفعل",
  "stop.already-text": "استبعادك يستمر أطول من الساعات الأربع والعشرين القادمة. لا حاجة إلى شيء آخر.",
};
