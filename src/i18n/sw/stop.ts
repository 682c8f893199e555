import type { Words } from "../catalogue.ts";

export const stop: Words<"stop"> = {
  "tab.stop": "Saa 24",

  "stop.now": "Acha kamari sasa, kwa saa 24",
  "stop.hint": "Papo hapo, bila maswali. Unaweza kuongeza muda baadaye.",
  "stop.heading": "Acha kamari kwa saa 24",
  "stop.lead": "Kinaanza papo hapo na kinaisha chenyewe: {until}.",
  "stop.for": "Kwa nambari hii:",
  "stop.press": "Acha sasa",
  "stop.already": "Tayari umezuiwa",
  "stop.already-text": "Kizuizi chako kinaendelea zaidi ya saa 24 zijazo. Huhitaji kufanya lolote.",
};
