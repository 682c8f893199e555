import type { Words } from "../catalogue.ts";

export const ending: Words<"ending"> = {
  "tab.ending": "Ombi lako",

  "ending.heading": "Kukimaliza",
  "ending.not-yet": "Unaweza kuomba kukimaliza kuanzia {from}. Kabla ya hapo hakuna anayeweza kukimaliza, hata sisi.",
  "ending.after-review": "Hakina mwisho. Kabla ya kuomba kukimaliza, maafisa wanapaswa kukiangalia upya.",
  "ending.can-ask": "Muda uliochagua umepita. Kinaendelea kutumika hadi wewe ukimalize.",
  "ending.begin": "Omba kukimaliza",

  "ending.ask-heading": "Omba kumaliza kizuizi chako",
  "ending.ask-lead": "Kukimaliza kunahitaji hatua mbili zenye siku kadhaa kati yake, ili siku moja ngumu isiamue.",
  "ending.law": "Sheria hairuhusu mtu yeyote kukimaliza kabla ya muda uliochagua kupita (L.N. 112 ya 2026, kanuni ya 72).",
  "ending.step-ask": "Unaomba sasa. Bado umezuiwa.",
  "ending.step-wait": "Unasubiri. SMS na ukurasa huu vinakuambia siku ya kuanza kuthibitisha. Unaweza kubadili nia wakati wowote.",
  "ending.step-confirm": "Kisha unarudi na kuthibitisha. Usiporudi, kizuizi chako kinaendelea.",
  "ending.think": "Kabla ya kuomba",
  "ending.warning": "Ukihisi hamu ya kucheza kamari leo, subiri. Kwanza zungumza na mtu unayemwamini.",
  "ending.keep": "Kizuizi changu kiendelee",
  "ending.lengthen": "Afadhali niongeze muda",
  "ending.ask": "Naomba kukimaliza",

  "ending.waiting": "Uliomba kukimaliza",
  "ending.asked": "Uliomba",
  "ending.waiting-text": "Bado umezuiwa. Unaweza kuthibitisha kuanzia {from} hadi {until}. Usipofanya lolote, kizuizi chako kinaendelea.",
  "ending.open-text": "Bado umezuiwa. Unaweza kuthibitisha kukimaliza hadi {until}. Usipofanya lolote, kizuizi chako kinaendelea.",
  "ending.go-on": "Thibitisha kukimaliza",

  "ending.confirm-heading": "Thibitisha kumaliza kizuizi chako",
  "ending.confirm-lead": "Ukithibitisha, kampuni zinaweza kupokea dau lako tena papo hapo. Unaweza kujizuia tena wakati wowote.",
  "ending.tick": "Ndiyo, kizuizi changu kiishe sasa",
  "ending.confirm": "Maliza kizuizi changu",

  "error.tick-missing": "Weka alama kwenye kisanduku ukitaka kukimaliza. Kama sivyo, kizuizi chako kiendelee.",
  "error.nothing-to-end": "Hakuna kizuizi chenye kumbukumbu hii kinachotumika kwa nambari yako.",
  "error.ends-by-itself": "Hiki kinaisha chenyewe siku yake. Huhitaji kuomba.",
  "error.not-theirs-to-end": "Hiki kiliamuliwa na maafisa. Hakiwezi kumalizwa hapa; unaweza kukata rufaa.",
  "error.being-annulled": "Maafisa wanakaribia kukifuta hiki. Huhitaji kukimaliza.",
  "error.nothing-asked": "Hukuomba kukimaliza, au uliomba zamani mno. Kizuizi chako kinaendelea. Unaweza kuomba tena.",
  "error.minimum-runs": "Hakiwezi kumalizwa kabla ya muda uliochagua: {from}.",
  "error.waiting": "Ni mapema mno kuthibitisha. Unaweza kuthibitisha kuanzia {from}.",
  "error.review-needed": "Hakina mwisho. Kwanza maafisa wanapaswa kukiangalia upya.",
  "error.reference-unknown": "Huna risiti kama hiyo.",
};
