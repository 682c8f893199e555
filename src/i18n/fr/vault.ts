import type { Words } from "../catalogue.ts";

export const vault: Words<"vault"> = {
  "tab.data": "Vos données",
  "tab.inbox": "Vos messages",
  "tab.access": "Qui a demandé",
  "tab.activity": "Ce qui a été fait",

  "data.heading": "Mes données et messages",
  "data.open": "Voir mes données et messages",
  "data.lead": "Voici ce que le registre conserve à votre sujet.",
  "data.code": "Confirmez votre numéro de téléphone pour voir cette page.",
  "data.fresh-code":
    "Cette liste n’est montrée que dans les 5 minutes qui suivent un code, pour que personne d’autre ne la lise sur votre téléphone. Demandez un nouveau code.",
  "data.nothing": "Pour ce numéro, le registre ne conserve rien à votre sujet.",
  "data.unread": "{unread, plural, =0 {rien de nouveau} one {# nouveau} other {# nouveaux}}",
  "data.not-said": "Non indiqué",
  "data.change": "Modifier",
  "data.standing": "Ce qui figure maintenant",
  "data.changed": "Dernière modification le {date}",
  "data.save": "Enregistrer",
  "data.identifiers": "Comment les sociétés vous reconnaissent",
  "data.never-shed":
    "On peut ajouter un numéro ou un document en remplissant de nouveau le formulaire. Rien ne peut être retiré tant qu’une exclusion est en vigueur.",
  "data.consents": "Ce que vous avez accepté",
  "data.leave": "Fermer mes pages",

  "identifier.firm": "Confirmé par un code le {date}.",
  "identifier.verified": "Confirmé par le registre d’état des personnes le {date}.",
  "identifier.provisional": "Saisi le {date}, non confirmé. Compte jusqu’au {until}.",
  "identifier.dropped": "Saisi le {date}, jamais confirmé. Ne compte plus.",
  "identifier.released": "À quelqu’un d’autre désormais. Ne compte plus pour vous.",

  "consent.terms": "Ce que signifie une exclusion (version {version}, {language}), {date}",
  "consent.privacy": "Qui peut le voir (version {version}, {language}), {date}",

  "inbox.heading": "Messages reçus",
  "inbox.none": "Il n’y a pas encore de message.",
  "inbox.new": "Nouveau",
  "inbox.mark": "Tout marquer comme lu",
  "inbox.sms-failed": "Aucun SMS à ce sujet n’est arrivé sur votre téléphone.",
  "inbox.exclusion-started": "Votre exclusion a commencé. Jusqu’au : {until}. Référence :",
  "inbox.exclusion-extended": "Votre exclusion a été prolongée. Désormais jusqu’au : {until}. Référence :",
  "inbox.exclusion-ended": "Votre exclusion a pris fin : {until}. Référence :",
  "inbox.document-mismatch":
    "Le registre d’état des personnes ne connaît pas votre pièce avec votre nom et votre date de naissance. Son numéro compte encore quelques jours ; votre téléphone reste exclu. Vérifiez vos coordonnées : nous demanderons à nouveau. Si le numéro était mal saisi, remplissez de nouveau le formulaire avec le bon.",
  "inbox.phone-released":
    "L’un de vos numéros appartient désormais à quelqu’un d’autre. Il ne fait plus partie de votre exclusion ; tout le reste demeure. Si c’est une erreur, dites-le au régulateur.",

  "access.heading": "Qui a demandé à mon sujet",
  "access.lead":
    "Ces sociétés ont demandé si elles pouvaient vous servir, et la réponse a été non. Les 90 derniers jours ; heure de Nairobi.",
  "access.none": "Ces 90 derniers jours, aucune société ne vous a trouvé en demandant.",
  "access.older": "Plus anciennes",
  "access.staff": "Agents qui ont lu votre identité",
  "access.staff-none": "Personne.",
  "access.own-page":
    "Si une société figure ici alors que vous n’y avez pas de compte, quelqu’un utilise peut-être votre numéro. Prévenez le régulateur.",

  "activity.heading": "Ce qui a été fait dans mon dossier",
  "activity.lead":
    "Chaque modification de ce que le registre conserve à votre sujet, la plus récente d’abord : ce qui a été modifié, et non ce qui est écrit. 100 au plus sont montrées ; toutes sont dans le fichier de vos données.",
  "activity.none": "Rien n’a encore été modifié.",
  "activity.details.changed": "Mes coordonnées ont été modifiées",
  "activity.contact.changed": "La personne à prévenir a été modifiée",
  "activity.contact.removed": "La personne à prévenir a été retirée",
  "activity.language.changed": "La langue de vos SMS a été modifiée",
  "activity.statement.kept": "Ce que vous avez écrit dans une demande a été conservé",
  "activity.visit.ended": "Vos pages ont été fermées",
  "activity.extras.erased": "Tout ce dont aucune exclusion n’a besoin a été effacé",
  "activity.by-you": "Avec un code envoyé à votre téléphone, {date}",
  "activity.by-register": "Par le registre, à votre demande, {date}",
  "activity.not-you": "Si quelque chose ici ne vient pas de vous, quelqu’un utilise peut-être votre téléphone. Prévenez le régulateur.",

  "purpose.registration": "Ouverture d’un compte",
  "purpose.login": "Connexion",
  "purpose.deposit": "Dépôt d’argent",
  "purpose.bet": "Mise",
  "purpose.marketing": "Envoi de publicité",
  "purpose.payout": "Retrait d’argent",

  "staff.regulator": "Agents du régulateur",
  "staff.register": "Agents du registre",

  "details.heading-mine": "Mes coordonnées",
  "details.optional": "Vous pouvez laisser chacun de ces champs vide.",
  "details.name": "Nom",
  "details.name-hint": "Comme vous l’écrivez, dans n’importe quel ordre et écriture",
  "details.preferred": "Comment vous appeler",
  "details.birth": "Date de naissance",
  "details.birth-hint": "Jour, mois et année, par exemple 27 3 1990",
  "details.county": "Comté",
  "details.language": "Langue de vos SMS",
  "details.nights": "SMS la nuit",
  "details.quiet": "Pas de SMS de 21 h à 7 h, sauf les codes",
  "details.any-time": "À toute heure",

  "contact.heading": "Personne à prévenir",
  "contact.lead": "Quelqu’un à appeler si vous pourriez être en danger. Demandez-lui d’abord.",
  "contact.name": "Son nom",
  "contact.phone": "Son numéro de téléphone",
  "contact.remove": "Retirer cette personne",

  "sms.document-mismatch": "NSER : nous n’avons pas pu confirmer votre pièce. Consultez les messages de votre page.",
  "sms.phone-released": "NSER : l’un de vos numéros est à quelqu’un d’autre désormais. Consultez les messages de votre page.",
};
