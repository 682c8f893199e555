import type { Words } from "../catalogue.ts";

export const number: Words<"number"> = {
  "tab.number": "Nambari yako",

  "number.heading": "Nambari hii ilikuwa ya mtu mwingine",
  "number.lead":
    "Kampuni za simu huwapa wateja wapya nambari zisizotumika. Ikiwa aliyekuwa na yako alijizuia, kampuni zinakukataa nawe pia. Sema wewe ni nani: tunahakiki katika rejista ya watu ya serikali na kuiachilia nambari.",
  "number.only": "Nambari pekee ndiyo inayoachiliwa. Aliyekuwa nayo anabaki na kizuizi kwa mengine yote.",
  "number.document": "Kitambulisho chako",
  "number.confirm": "Achilia nambari",
  "number.released": "Nambari imeachiliwa",
  "number.released-text": "Ndani ya sekunde chache hakuna kampuni itakayokukataa kwa sababu ya aliyekuwa nayo.",
  "number.officer": "Afisa ataamua",
  "number.officer-text": "Hili halikuweza kuamuliwa lenyewe. Afisa wa mdhibiti ataliangalia, nawe utapata SMS. Kumbukumbu yako:",
  "number.nothing-to-release": "Hakuna kinachoshikilia nambari hii",
  "number.nothing-to-release-text": "Rejista haimjui mtu yeyote kwa nambari hii. Kampuni ikikukataa, sababu ni nyingine.",
  "number.mismatch":
    "Rejista ya watu ya serikali haitambui kitambulisho hiki pamoja na jina na tarehe hii ya kuzaliwa. Angalia kila kimoja ujaribu tena. Ikiwa vyote ni sahihi, omba rekodi irekebishwe kilipotolewa kitambulisho.",
  "number.kept": "Nambari inabaki kama ilivyo",
  "number.kept-text":
    "Kwa ulichotupa, nambari haijabadilisha mwenyewe. Kizuizi hakiwezi kuondolewa kwa njia hii. Ukiona si sahihi, mwambie mdhibiti.",

  "sms.claim-released": "NSER: ombi lako {reference} limekubaliwa. Nambari imeachiliwa.",
  "sms.claim-refused": "NSER: ombi lako {reference} halikukubaliwa. Nambari inabaki kama ilivyo.",
};
