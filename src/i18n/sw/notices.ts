import type { Words } from "../catalogue.ts";

export const notices: Words<"notices"> = {
  "sms.exclusion-reminder": "NSER: ombi lako {reference} lipo hadi {until}. Unaweza kuliona au kuongeza muda kwenye ukurasa wako.",
  "sms.exclusion-renewed": "NSER: ombi lako {reference} linaendelea, kama ulivyochagua. Unaweza kuomba liangaliwe upya kwenye ukurasa wako.",
  "sms.ending-asked":
    "NSER: umeomba kumaliza {reference}. Hakuna kinachobadilika kabla ya {next}. Ukitaka liendelee, chagua hivyo kwenye ukurasa wako.",
  "sms.ending-cancelled": "NSER: {reference} linaendelea kama kawaida.",
  "sms.ending-lapsed": "NSER: {reference} linaendelea, kwa sababu hukuomba mara ya pili.",
  "sms.ending-confirmed": "NSER: {reference} limeisha, kwa kuwa umeomba mara mbili. Unaweza kuanza tena wakati wowote.",
  "sms.review-granted": "NSER: ombi la kuangalia upya {reference} limekubaliwa. Hatua inayofuata iko kwenye ukurasa wako.",
  "sms.review-refused": "NSER: ombi la kuangalia upya {reference} halikukubaliwa. Sababu ziko kwenye ukurasa wako.",
  "sms.measure-taken": "NSER: kuna hatua kukuhusu hadi {next}. Kumbukumbu {reference}. Unaweza kusikilizwa: tazama ukurasa wako.",
  "sms.measure-upheld": "NSER: uamuzi kukuhusu umetolewa. Kumbukumbu {reference}. Hadi: {until}. Unaweza kukata rufaa: tazama ukurasa wako.",
  "sms.exclusion-imposed": "NSER: uamuzi kukuhusu unatumika. Kumbukumbu {reference}. Hadi: {until}. Unaweza kukata rufaa: tazama ukurasa wako.",
  "sms.exclusion-dismissed": "NSER: hatua {reference} kukuhusu imeisha.",
  "sms.annulment-begun": "NSER: {reference} litaondolewa {next}, kwa kuwa imeonekana si lako. Ukipinga, tazama ukurasa wako.",
  "sms.annulment-stopped": "NSER: {reference} linaendelea kutumika. Haliondolewi.",
  "sms.exclusion-annulled": "NSER: {reference} limeondolewa.",

  "inbox.exclusion-reminder": "Kizuizi chako kiliahidiwa hadi: {until}. Unaweza kuongeza muda. Kumbukumbu:",
  "inbox.exclusion-renewed": "Kizuizi chako cha kudumu kinaendelea kwa kipindi kingine. Unaweza kuomba kiangaliwe upya. Kumbukumbu:",
  "inbox.ending-asked":
    "Umeomba kumaliza kizuizi chako. Bado kinatumika. Kuanzia {next} unaweza kuthibitisha; unaweza kukiacha kiendelee wakati wowote. Kumbukumbu:",
  "inbox.ending-cancelled": "Umeamua kizuizi chako kiendelee. Kumbukumbu:",
  "inbox.ending-lapsed": "Uliomba kumaliza kizuizi chako lakini hukuthibitisha kwa wakati. Kinaendelea. Kumbukumbu:",
  "inbox.ending-confirmed": "Kizuizi chako kimeisha, kwa sababu uliomba na ukathibitisha. Kumbukumbu:",
  "inbox.review-granted": "Ombi lako la kuangaliwa upya limekubaliwa: sasa unaweza kuomba kumaliza kizuizi chako. Kumbukumbu:",
  "inbox.review-refused": "Ombi lako la kuangaliwa upya halikukubaliwa: kizuizi chako kinaendelea. Kumbukumbu:",
  "inbox.measure-taken": "Umezuiwa hadi {next} kwa muda mrefu zaidi, wakati ombi kukuhusu linaamuliwa. Unaweza kutoa maoni yako. Kumbukumbu:",
  "inbox.measure-upheld": "Imeamuliwa kwamba umezuiwa. Hadi: {until}. Unaweza kukata rufaa ndani ya siku 30. Kumbukumbu:",
  "inbox.exclusion-imposed": "Umezuiwa kwa uamuzi. Hadi: {until}. Unaweza kukata rufaa ndani ya siku 30. Kumbukumbu:",
  "inbox.exclusion-dismissed": "Kizuizi kilichoombwa na wengine kimeisha. Kumbukumbu:",
  "inbox.annulment-begun":
    "Kizuizi hiki kitafutwa {next}, kwa sababu imeonekana hakikuwa chako kamwe. Kama ni chako, pinga kabla ya hapo. Kumbukumbu:",
  "inbox.annulment-stopped": "Ufutaji umesimamishwa: kizuizi chako kinaendelea kutumika. Kumbukumbu:",
  "inbox.exclusion-annulled": "Kizuizi hiki kimefutwa: imeonekana hakikuwa chako kamwe. Kumbukumbu:",

  "period.custom": "Hadi tarehe maalum",
};
