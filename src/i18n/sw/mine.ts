import type { Words } from "../catalogue.ts";

export const mine: Words<"mine"> = {
  "tab.mine": "Ukurasa wako",
  "tab.receipt": "Risiti yako",

  "fact.period": "Muda",
  "fact.until": "Hadi",
  "fact.at-least": "Angalau hadi",
  "fact.since": "Tangu",
  "fact.review": "Kinaweza kuangaliwa upya kuanzia",
  "fact.ended": "Kiliisha",
  "fact.reference": "Nambari ya kumbukumbu",
  "fact.document": "Kitambulisho",
  "fact.covers": "Kinahusu",
  "fact.provisional": "Inahesabika hadi {until}; baada ya hapo ikithibitishwa tu.",

  "mine.heading": "Kizuizi chako",
  "mine.lead": "Thibitisha nambari yako ya simu ili uone kizuizi kilichopo, ukiongeze muda au upate risiti yako tena.",
  "mine.enter": "Nionyeshe kizuizi changu",
  "mine.in-force": "Kinatumika sasa",
  "mine.none": "Hakuna kizuizi kinachotumika kwa nambari hii.",
  "mine.receipts": "Risiti",
  "mine.ended-on": "kiliisha {until}",

  "extend.heading": "Ongeza muda",
  "extend.warning": "Unaanza papo hapo na hauwezi kuondolewa.",
  "extend.submit": "Ongeza muda",
  "extend.longest": "Kizuizi chako hakina mwisho. Hakiwezi kuongezwa muda.",

  "receipt.heading": "Umezuiwa kucheza kamari",
  "receipt.heading-ended": "Kizuizi hiki kimeisha",
  "receipt.lead": "Kinatumika sasa. Huhitaji kufanya jambo lingine lolote.",
  "receipt.automatic": "Kinaisha chenyewe wakati huu.",
  "receipt.confirmed": "Baada ya tarehe hii kinaendelea hadi wewe ukimalize.",
  "receipt.no-end": "Hakina mwisho.",
  "receipt.company": "Kampuni yenye leseni ikikuruhusu bado kucheza, ionyeshe nambari hii ya kumbukumbu.",
  "receipt.again": "Kuona risiti hii tena",
  "receipt.keep":
    "Chapisha ukurasa huu au andika nambari ya kumbukumbu. SMS yenye nambari hiyo pia inakuja kwenye simu yako.",
  "receipt.how-again":
    "Ili kuiona tena, chagua “Tazama kizuizi changu” kwenye ukurasa wa kwanza kisha uthibitishe nambari yako ya simu.",

  "sms.exclusion-started": "NSER: tayari, inatumika kuanzia sasa. Kumbukumbu {reference}. Hadi: {until}. Hifadhi ujumbe huu.",
  "sms.exclusion-extended": "NSER: muda umeongezwa ulivyoomba. Kumbukumbu {reference}. Sasa hadi: {until}. Hifadhi ujumbe huu.",
  "sms.exclusion-ended": "NSER: ombi lako {reference} limeisha: {until}. Unaweza kuanza tena wakati wowote.",
};
