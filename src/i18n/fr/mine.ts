import type { Words } from "../catalogue.ts";

export const mine: Words<"mine"> = {
  "tab.mine": "Votre page",
  "tab.receipt": "Votre reçu",

  "fact.period": "Durée",
  "fact.until": "Jusqu’au",
  "fact.at-least": "Au moins jusqu’au",
  "fact.since": "Depuis le",
  "fact.review": "Réexamen possible à partir du",
  "fact.ended": "Terminée le",
  "fact.reference": "Référence",
  "fact.document": "Pièce d’identité",
  "fact.covers": "Vaut pour",
  "fact.provisional": "Compte jusqu’au {until}, et au-delà seulement après confirmation.",

  "mine.heading": "Votre exclusion",
  "mine.lead": "Confirmez votre numéro pour voir ce qui est en vigueur, l’allonger ou revoir votre reçu.",
  "mine.enter": "Voir mon exclusion",
  "mine.in-force": "En vigueur",
  "mine.none": "Aucune exclusion n’est en vigueur pour ce numéro.",
  "mine.receipts": "Reçus",
  "mine.ended-on": "terminée le {until}",

  "extend.heading": "Allonger",
  "extend.warning": "Cela compte aussitôt et ne peut pas être annulé.",
  "extend.submit": "Allonger",
  "extend.longest": "Votre exclusion n’a pas de fin. Elle ne peut pas être allongée.",

  "receipt.heading": "Vous êtes exclu des jeux d’argent",
  "receipt.heading-ended": "Cette exclusion est terminée",
  "receipt.lead": "Elle est en vigueur. Vous n’avez plus rien à faire.",
  "receipt.automatic": "Elle se termine toute seule à ce moment.",
  "receipt.confirmed": "Après cette date, elle dure jusqu’à ce que vous y mettiez fin.",
  "receipt.no-end": "Elle n’a pas de fin.",
  "receipt.company": "Si une société agréée vous laisse encore jouer, montrez-lui cette référence.",
  "receipt.again": "Revoir ce reçu",
  "receipt.keep": "Imprimez cette page ou notez la référence. Un SMS avec la référence arrive aussi sur votre téléphone.",
  "receipt.how-again": "Pour le revoir, choisissez « Voir mon exclusion » sur la page d’accueil et confirmez votre numéro.",

  "sms.exclusion-started": "NSER : fait, en vigueur dès maintenant. Référence {reference}. Fin : {until}. Gardez ce message.",
  "sms.exclusion-extended": "NSER : durée allongée à votre demande. Référence {reference}. Fin : {until}. Gardez ce message.",
  "sms.exclusion-ended": "NSER : votre demande {reference} est terminée : {until}. Vous pouvez recommencer à tout moment.",
};
