import type { Words } from "../catalogue.ts";

export const notices: Words<"notices"> = {
  "sms.exclusion-reminder": "NSER : votre demande {reference} court jusqu’au {until}. Vous pouvez la voir ou l’allonger sur votre page.",
  "sms.exclusion-renewed": "NSER : votre demande {reference} continue, comme vous l’avez choisi. Un réexamen se demande sur votre page.",
  "sms.ending-asked": "NSER : vous avez demandé la fin de {reference}. Rien ne change avant le {next}. Pour la garder, choisissez-le sur votre page.",
  "sms.ending-cancelled": "NSER : vous gardez {reference}. Elle continue comme avant.",
  "sms.ending-lapsed": "NSER : {reference} continue, faute de seconde demande.",
  "sms.ending-confirmed": "NSER : {reference} a pris fin, demandée deux fois. Vous pouvez recommencer à tout moment.",
  "sms.review-granted": "NSER : le réexamen de {reference} a été accordé. La suite est sur votre page.",
  "sms.review-refused": "NSER : le réexamen de {reference} n’a pas été accordé. Les raisons sont sur votre page.",
  "sms.measure-taken": "NSER : une mesure vous concerne jusqu’au {next}. Référence {reference}. Vous pouvez être entendu : voyez votre page.",
  "sms.measure-upheld": "NSER : une décision vous concerne. Référence {reference}. Fin : {until}. Recours possible : voyez votre page.",
  "sms.exclusion-imposed":
    "NSER : une décision vous concernant est en vigueur. Référence {reference}. Fin : {until}. Recours possible : voyez votre page.",
  "sms.exclusion-dismissed": "NSER : la mesure {reference} vous concernant est terminée.",
  "sms.annulment-begun": "NSER : {reference} sera retirée le {next}, car elle ne serait pas la vôtre. Pour vous y opposer, voyez votre page.",
  "sms.annulment-stopped": "NSER : {reference} reste en vigueur. Elle n’est pas retirée.",
  "sms.exclusion-annulled": "NSER : {reference} a été retirée.",

  "inbox.exclusion-reminder": "Votre exclusion a été promise jusqu’au : {until}. Vous pouvez l’allonger. Référence :",
  "inbox.exclusion-renewed": "Votre exclusion permanente continue pour une nouvelle période. Vous pouvez demander un réexamen. Référence :",
  "inbox.ending-asked":
    "Vous avez demandé la fin de votre exclusion. Elle reste en vigueur. Dès le {next} vous pourrez confirmer ; vous pouvez la garder à tout moment. Référence :",
  "inbox.ending-cancelled": "Vous avez gardé votre exclusion. Elle continue. Référence :",
  "inbox.ending-lapsed": "Vous aviez demandé la fin de votre exclusion sans confirmer à temps. Elle continue. Référence :",
  "inbox.ending-confirmed": "Votre exclusion a pris fin, car vous l’avez demandé et confirmé. Référence :",
  "inbox.review-granted": "Le réexamen a été accordé : vous pouvez maintenant demander la fin de votre exclusion. Référence :",
  "inbox.review-refused": "Le réexamen n’a pas été accordé : votre exclusion continue. Référence :",
  "inbox.measure-taken":
    "Vous êtes exclu jusqu’au {next} au plus, le temps de décider d’une demande à votre sujet. Vous pouvez donner votre avis. Référence :",
  "inbox.measure-upheld": "Il a été décidé que vous êtes exclu. Jusqu’au : {until}. Recours possible sous 30 jours. Référence :",
  "inbox.exclusion-imposed": "Vous êtes exclu par une décision. Jusqu’au : {until}. Recours possible sous 30 jours. Référence :",
  "inbox.exclusion-dismissed": "L’exclusion demandée par d’autres est terminée. Référence :",
  "inbox.annulment-begun":
    "Cette exclusion sera annulée le {next}, car il a été établi qu’elle n’a jamais été la vôtre. Si elle l’est, opposez-vous avant. Référence :",
  "inbox.annulment-stopped": "L’annulation a été arrêtée : votre exclusion reste en vigueur. Référence :",
  "inbox.exclusion-annulled": "Cette exclusion a été annulée : il a été établi qu’elle n’a jamais été la vôtre. Référence :",

  "period.custom": "Jusqu’à une date propre",
};
