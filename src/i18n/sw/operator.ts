import type { Words } from "../catalogue.ts";

export const operator: Words<"operator"> = {
  "tab.operator": "Kampuni",
  "operator.heading": "Kampuni",
  "operator.lead": "Unachoweza kufanya hapa kwa kampuni hii. Kila hatua inarekodiwa kwa jina lako.",
  "operator.rooms": "Kurasa za kampuni",
  "operator.keys": "Funguo",
  "operator.keys-text": "Funguo ambazo seva zenu hutumia kuuliza, halisi na za majaribio: tengeneza, badilisha na ubatilishe, uone kila moja imetumika kiasi gani.",
  "operator.conformance": "Jaribio la muunganisho",
  "operator.conformance-text": "Mfumo wenu uulizwe kuhusu watu wa majaribio, mpate cheti.",
  "operator.standing": "Hali yake",
  "operator.state": "Hali",
  "operator.state-active": "Inafanya kazi",
  "operator.state-suspended": "Imesimamishwa",
  "operator.id": "Kitambulisho cha kampuni",
  "operator.required": "Vitambulisho ambavyo kila ukaguzi lazima ulete",
  "operator.since": "Iliandikishwa tarehe",
  "operator.as-of": "Kufikia {date}.",
  "operator.never": "Nakala hii ya rejista inatengenezwa na huenda haijakamilika.",
  "operator.others": "Kampuni zako nyingine",
};
