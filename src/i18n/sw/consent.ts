import type { Words } from "../catalogue.ts";

export const consent: Words<"consent"> = {
  "tab.consent": "Ruhusu programu ione",

  "consent.heading": "Je, “{client}” iruhusiwe kuona haya?",
  "consent.lead": "Programu hii si yetu. Haioni chochote usipoiruhusu.",
  "consent.sees": "Kwa niaba yako ingeona",
  "consent.scope.account:read": "Namba ya akaunti yako, na kazi zako hapa (majukumu yako)",
  "consent.scope.operators:read": "Waendeshaji: majina yao, na hali yao",
  "consent.scope.usage:read": "Waendeshaji hukagua mara ngapi, kwa siku",
  "consent.scope.exclusions:read": "Orodha ya vizuizi, bila majina wala namba",
  "consent.scope.audit:read": "Kumbukumbu ya yaliyofanywa hapa, na akaunti iliyoyafanya",
  "consent.scope.projection:read": "Jinsi nakala za rejista zinavyotunzwa",
  "consent.limits": "Haiwezi kubadilisha chochote, na haioni jina wala namba ya kitambulisho ya mtu yeyote. Inaweza kuona haya kwa hadi siku 30, hata usipokuwepo.",
  "consent.leads": "Jibu lako litakwenda kwa",
  "consent.allow": "Ruhusu",
  "consent.deny": "Usiruhusu",
  "consent.unfit": "Kiungo hiki hakiwezi kutumika",
  "consent.client-unknown": "Programu iliyokutuma haijasajiliwa hapa, au imezuiwa kwa sasa. Haijapewa chochote.",
  "consent.redirect-unfit": "Kiungo kinaelekea kwenye anwani isiyo ya programu hiyo. Haijapewa chochote.",
};
