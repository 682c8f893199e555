import type { Words } from "../catalogue.ts";

export const error: Words<"error"> = {
  "error.summary": "Tafadhali angalia tena:",
  "error.policy-missing": "Chagua muda.",
  "error.policy-unknown": "Chagua mojawapo ya muda huu.",
  "error.phone-missing": "Weka nambari yako ya simu ya mkononi.",
  "error.phone-invalid": "Hatuwezi kuisoma hii kama nambari ya simu ya mkononi. Iandike hivi: 0712 345 678.",
  "error.phone-landline": "Hii ni simu ya mezani. Weka nambari ya simu ya mkononi inayoweza kupokea SMS.",
  "error.phone-foreign": "Nambari hii si ya Kenya. Kwa sasa tunaweza kutuma msimbo kwa nambari za Kenya pekee.",
  "error.document-invalid": "Nambari hii hailingani na aina ya kitambulisho. Angalia zote mbili, au acha nambari wazi.",
  "error.document-missing": "Weka nambari ya kitambulisho chako.",
  "error.code-missing": "Weka tarakimu 6 kutoka kwa SMS.",
  "error.code-wrong":
    "Msimbo huu si sahihi. {triesLeft, plural, =0 {Omba msimbo mpya.} one {Unaweza kujaribu mara moja zaidi.} other {Unaweza kujaribu mara # zaidi.}}",
  "error.code-expired": "Muda wa msimbo huu umepita. Chagua “Tuma msimbo tena”.",
  "error.code-used-up": "Msimbo huu hauwezi kutumika tena. Chagua “Tuma msimbo tena”.",
  "error.too-many-codes":
    "Misimbo mingi mno imetumwa. Jaribu tena baada ya {minutes, plural, one {dakika moja} other {dakika #}}.",
  "error.sms-failed": "SMS haikuweza kutumwa kwa sasa. Hakuna kilichosajiliwa bado. Tafadhali jaribu tena.",
  "error.grant-invalid": "Kwa usalama wako, ukurasa huu hujifunga baada ya muda. Thibitisha nambari yako ya simu tena.",
  "error.proof-too-old": "Kwa hili, tafadhali thibitisha tena nambari yako ya simu: msimbo usizidi dakika 5.",
  "error.nothing-to-extend": "Hii haiongezi muda wa kizuizi chako, au hakuna kizuizi kinachotumika.",
  "error.form-reused": "Fomu hii tayari imetumika kwa jambo lingine. Kizuizi kilichopo kinaendelea. Anza tena kwa fomu mpya.",
  "error.text-too-long": "Hii ni ndefu sana: herufi 100 tu.",
  "error.text-unreadable": "Hii ina alama tusizoweza kuhifadhi. Iandike tena kwenye mstari mmoja.",
  "error.name-missing": "Andika jina.",
  "error.phone-unreadable": "Andika nambari kwa tarakimu, kama 0712 345 678 au +254 712 345 678.",
  "error.birth-unreadable": "Andika siku, mwezi na mwaka kwa tarakimu, kama 27 3 1990.",
  "error.birth-impossible": "Siku hiyo haikuwepo, au si tarehe ya kuzaliwa.",
  "error.birth-missing": "Weka tarehe yako ya kuzaliwa.",
  "error.choice-unknown": "Chagua moja kwenye orodha.",
  "error.changed-meanwhile": "Hii ilibadilishwa kwingine kwa sasa. Angalia kilichopo sasa; hifadhi tena ukitaka chako.",
};
