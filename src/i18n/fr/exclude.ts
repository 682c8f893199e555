import type { Words } from "../catalogue.ts";

export const exclude: Words<"exclude"> = {
  "tab.home": "Bienvenue",
  "tab.period": "Choisir la durée",
  "tab.details": "Votre téléphone",
  "tab.code": "Saisir le code",

  "home.heading": "Arrêter de jouer, pour un temps ou pour toujours",
  "home.lead":
    "Dès que vous confirmez, aucune société de jeux d’argent agréée au Kenya n’a le droit de prendre vos paris. Pas de compte à créer, et personne ne vous demande pourquoi.",
  "home.start": "Arrêter de jouer",
  "home.see": "Voir mon exclusion",
  "home.how": "Comment cela marche",
  "home.how-period": "Choisissez la durée : de 24 heures à toujours.",
  "home.how-phone": "Donnez votre numéro de téléphone. Nous vous envoyons un code par SMS.",
  "home.how-code": "Saisissez le code. Vous êtes exclu aussitôt et recevez un reçu.",
  "home.privacy": "Qui peut le voir",
  "home.privacy-text":
    "Aucune société ne reçoit la liste des personnes inscrites. Une société peut seulement demander si elle a le droit de servir l’un de ses clients.",

  "meaning.heading": "Ce que cela signifie",
  "meaning.no-bets":
    "Les sociétés de jeux d’argent agréées au Kenya n’ont pas le droit de prendre vos paris, de vous ouvrir un compte ni de vous envoyer de la publicité.",
  "meaning.at-once": "Cela compte aussitôt, dès que vous confirmez.",
  "meaning.no-undo": "On ne peut ni raccourcir ni annuler l’exclusion avant sa fin. Vous pouvez l’allonger à tout moment.",
  "meaning.money": "Vous pouvez toujours retirer l’argent de vos comptes.",
  "meaning.unlicensed": "L’exclusion n’atteint pas les sociétés sans agrément.",

  "period.heading": "Arrêter de jouer",
  "period.legend": "Pour combien de temps ?",
  "period.longer": "Pauses longues",
  "period.evidence":
    "Selon la recherche, les pauses de quelques semaines se terminent le plus souvent par un retour au jeu ; celles de plus de trois mois, le plus souvent non.",
  "period.shorter": "Pauses courtes",
  "period.24h": "24 heures",
  "period.7d": "7 jours",
  "period.30d": "30 jours",
  "period.6m": "6 mois",
  "period.1y": "1 an",
  "period.5y": "5 ans",
  "period.permanent": "Pour toujours",
  "period.automatic": "Se termine tout seul : {until}.",
  "period.confirmed": "Au moins jusqu’au {until}. Ensuite, cela dure jusqu’à ce que vous y mettiez fin.",
  "period.no-end": "Pas de fin. Vous pouvez demander un réexamen à partir du {review}.",

  "details.heading": "Votre numéro de téléphone",
  "details.lead": "Nous envoyons un code à ce numéro, pour être sûrs qu’il est à vous.",
  "details.phone": "Numéro de mobile kényan",
  "details.phone-hint": "Par exemple 0712 345 678",
  "details.document": "Pièce d’identité, si vous l’avez sous la main",
  "details.document-hint": "Les sociétés vous reconnaissent alors même avec un autre numéro. Vous pouvez laisser vide.",
  "details.kind": "Type de pièce",
  "details.number": "Numéro de la pièce",
  "details.check":
    "Avec le nom et la date de naissance, nous vérifions la pièce auprès du registre d’état des personnes. Sans eux, son numéro ne compte que quelques jours.",
  "details.county-hint": "Pour les statistiques seulement, jamais pour une vérification. Vous pouvez ne rien choisir.",
  "details.send": "Envoyez-moi le code",

  "kind.msisdn": "Numéro de mobile",
  "kind.national_id": "Carte d’identité nationale",
  "kind.passport": "Passeport",
  "kind.alien_id": "Carte d’étranger (alien card)",
  "kind.refugee_id": "Carte de réfugié",
  "kind.military_id": "Carte militaire",

  "code.heading": "Saisissez le code",
  "code.sent": "Nous avons envoyé un SMS avec un code à 6 chiffres à ce numéro :",
  "code.sent-again": "Nous vous avons envoyé un autre code. Seul le dernier est valable.",
  "code.summary": "Vous allez confirmer",
  "code.label": "Code reçu par SMS",
  "code.hint": "6 chiffres",
  "code.warning": "Dès que vous confirmez, cela compte et ne peut pas être annulé avant la fin.",
  "code.confirm": "Confirmer et arrêter maintenant",
  "code.again": "Renvoyer le code",

  "help.heading": "Vous n’êtes pas seul",
  "help.text":
    "Parlez à une personne de confiance. Si vous êtes en danger ou pensez à vous faire du mal, allez tout de suite au centre de santé le plus proche.",
  "help.lines": "Ces lignes sont là pour vous :",

  "sms.code": "NSER : votre code est {code}. Il est valable {minutes} minutes. Ne le donnez à personne.",
};
