import type { Words } from "../catalogue.ts";

export const site: Words<"site"> = {
  "tab.site": "{title} – NSER",
  "tab.error": "Hitilafu: {title}",
  "tab.problem": "Haikufaulu",

  "site.name": "Rejista ya Kitaifa ya Kujizuia",
  "site.country": "Kenya",

  "nav.skip": "Ruka hadi maelezo makuu",
  "nav.exit": "Ondoka haraka",
  "nav.exit-hint": "“Ondoka haraka” hufungua tovuti nyingine. Haifuti historia ya kivinjari chako.",
  "nav.language": "Lugha",
  "nav.draft": "Tafsiri hii bado haijakaguliwa. Pasipoeleweka, maandishi ya Kiingereza ndiyo yanayotumika.",
  "nav.home": "Ukurasa wa kwanza",
  "nav.step": "Hatua ya {step} kati ya {steps}",

  "date.instant": "{date}, {time}",
  "date.no-end": "bila mwisho",

  "action.continue": "Endelea",
  "action.start-again": "Anza tena",
  "action.try-again": "Jaribu tena",
  "action.change-period": "Badilisha muda",
  "action.change-phone": "Badilisha nambari",

  "problem.start-again": "Tuanze tena",
  "problem.start-again-text":
    "Hii ni hatua ya katikati ya fomu, na mwanzo wake haupo. Kizuizi kilichopo kinaendelea kutumika.",
  "problem.not-found": "Hakuna kitu hapa",
  "problem.not-found-text": "Huenda anwani imekosewa, au ilichoonyesha si chako.",
  "problem.too-large": "Hii inazidi uwezo wa fomu",
  "problem.unreadable": "Fomu hii haikuweza kusomeka",
  "problem.foreign": "Fomu hii haikutoka kwenye ukurasa wetu",
  "problem.foreign-text": "Kwa usalama wako, tunapokea tu fomu zilizojazwa kwenye tovuti hii.",
  "problem.unavailable": "Kwa sasa haifanyi kazi",
  "problem.unavailable-text":
    "Hakuna kilichopotea. Hakuna kilichosajiliwa isipokuwa umeona risiti. Jaribu tena: fomu moja haihesabiwi mara mbili.",
  "problem.too-many-calls": "Hii ni mara nyingi mno kwa pamoja",
  "problem.too-many-calls-text": "Akaunti yako imeuliza mara nyingi sana katika dakika iliyopita. Subiri dakika moja kisha ujaribu tena.",
};
