import type { Words } from "../catalogue.ts";

export const tidings: Words<"tidings"> = {
  "sms.case-heard": "NSER : une demande vous concerne, {reference}. Vous pouvez donner votre avis : voir votre page.",
  "sms.case-decided": "NSER : {reference} a reçu une décision. Elle est sur votre page.",
  "sms.case-appealed": "NSER : un recours est ouvert dans {reference}. Voir votre page.",
};
