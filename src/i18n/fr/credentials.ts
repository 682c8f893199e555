import type { Words } from "../catalogue.ts";

export const credentials: Words<"credentials"> = {
  "tab.reset": "Nouveau mot de passe",
  "tab.activate": "Activer",
  "tab.own-phone": "Votre numéro",

  "reset.heading": "Choisir un nouveau mot de passe",
  "reset.lead": "Saisissez le numéro de téléphone de votre compte. Nous y envoyons un code.",
  "reset.sent": "Si ce numéro a un compte, un SMS avec un code de 6 chiffres est en route vers :",
  "reset.nothing-came": "Si aucun SMS n’arrive, il n’y a peut-être pas de compte avec ce numéro.",
  "reset.new-lead": "Votre téléphone est confirmé. Avec le nouveau mot de passe, vous êtes déconnecté partout et vous vous reconnectez.",
  "reset.password": "Nouveau mot de passe",
  "reset.password-hint": "Au moins 8 caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.",
  "reset.submit": "Enregistrer le mot de passe",
  "reset.done": "Votre nouveau mot de passe est enregistré",
  "reset.done-text": "Il compte dès maintenant. Vous êtes déconnecté partout ; les jetons d’accès des programmes ne marchent plus.",
  "reset.to-sign-in": "Se connecter",

  "activate.due": "Il vous faut une activation",
  "activate.due-text":
    "Votre rôle demande une deuxième étape pour se connecter, et votre compte n’en a pas. Demandez une clé d’activation à qui gère les comptes de votre organisation.",
  "activate.heading": "Activer votre compte",
  "activate.lead": "Pour qui a reçu une clé d’activation : un premier mot de passe, ou un retour sans la deuxième étape perdue.",
  "activate.key": "Clé d’activation",
  "activate.key-hint": "Le long texte que vous avez reçu. Il marche une fois, pendant trois jours.",
  "activate.have": "J’ai une clé d’activation",
  "activate.submit": "Activer mon compte",
  "activate.done": "Votre compte est actif",
  "activate.done-text": "Vous vous connectez avec ce numéro de téléphone et votre mot de passe.",

  "own-password.heading": "Changer votre mot de passe",
  "own-password.current": "Votre mot de passe actuel",
  "own-password.submit": "Changer le mot de passe",
  "own-password.done": "Votre mot de passe est changé",
  "own-password.done-text": "Vous êtes déconnecté partout ailleurs ; les jetons d’accès des programmes ne marchent plus.",
  "own-password.forgotten": "Je ne connais pas mon mot de passe",

  "own-phone.heading": "Changer votre numéro de téléphone",
  "own-phone.lead": "Vous vous connectez avec votre numéro. Nous envoyons un code au nouveau, pour être sûrs qu’il est à vous.",
  "own-phone.now": "Votre numéro actuel",
  "own-phone.new": "Nouveau numéro",
  "own-phone.exclusion": "Si vous vous êtes exclu, cela ne change rien : votre ancien numéro reste exclu lui aussi.",
  "own-phone.submit": "Confirmer le nouveau numéro",
  "own-phone.done": "Votre numéro est changé",
  "own-phone.done-text": "Désormais, vous vous connectez avec le nouveau numéro.",

  "own.back": "Votre compte",

  "error.link-over": "Cette clé n’est pas la bonne, a déjà servi ou est trop ancienne. Vérifiez-la, ou demandez-en une nouvelle.",
  "error.reset-over": "Votre confirmation a déjà servi ou est trop ancienne. Rien n’a été changé. Recommencez.",
  "error.phone-taken": "Ce numéro a un autre compte. Rien n’a été changé, ni là-bas ni ici.",
  "error.password-wrong": "Ce n’est pas votre mot de passe actuel.",
  "error.password-locked": "Trop de mots de passe erronés. Réessayez dans {minutes, plural, one {une minute} other {# minutes}}.",
  "error.password-missing": "Saisissez un mot de passe.",
  "error.password-short": "Ce mot de passe est trop court : au moins 8 caractères.",
  "error.password-long": "Ce mot de passe est trop long : 128 caractères au plus.",
  "error.password-guessable": "Ce mot de passe est facile à deviner. N’utilisez ni votre nom, ni votre numéro, ni un seul caractère répété.",
  "error.password-breached": "Ce mot de passe a été volé ailleurs et d’autres le connaissent. Choisissez-en un autre.",

  "sms.password-changed": "NSER : le mot de passe de votre compte a changé. Si ce n’était pas vous, choisissez-en vite un nouveau.",
  "sms.phone-changed": "NSER : votre compte a maintenant un autre numéro. Si ce n’était pas vous, prévenez-nous vite.",
};
