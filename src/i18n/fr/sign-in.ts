import type { Words } from "../catalogue.ts";

export const signIn: Words<"signIn"> = {
  "tab.sign-in": "Connexion",
  "tab.sign-up": "Votre compte",

  "sign-in.heading": "Se connecter à votre compte",
  "sign-in.lead": "Avec votre numéro de téléphone et votre mot de passe. Aucun compte n’est nécessaire pour arrêter de jouer.",
  "sign-in.password": "Mot de passe",
  "sign-in.submit": "Se connecter",
  "sign-in.new": "Créer un compte",
  "sign-in.forgotten": "Choisir un nouveau mot de passe",
  "sign-in.a-browser": "un navigateur inconnu",

  "sign-up.heading": "Créer un compte",
  "sign-up.lead": "Avec un compte, vous revenez sans demander un nouveau code à chaque fois. Il n’en faut pas pour arrêter de jouer.",
  "sign-up.adults": "Il faut avoir 18 ans ou plus pour avoir un compte.",
  "sign-up.password": "Choisissez un mot de passe",
  "sign-up.password-hint": "Au moins 8 caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.",
  "sign-up.submit": "Créer mon compte",
  "sign-up.change": "Modifier ma saisie",
  "sign-up.taken": "Ce numéro a déjà un compte",
  "sign-up.taken-text":
    "Rien n’a été créé ni modifié. Connectez-vous avec son mot de passe, ou choisissez-en un nouveau si vous ne le connaissez pas.",

  "error.too-young": "Il faut avoir 18 ans ou plus pour avoir un compte. Il n’en faut pas pour arrêter de jouer.",
  "error.sign-in-failed": "Ce numéro et ce mot de passe ne vont pas ensemble. Vérifiez les deux.",
  "error.sign-in-locked": "Trop de mots de passe erronés pour ce numéro. Réessayez dans {minutes, plural, one {une minute} other {# minutes}}.",
  "error.too-many-tries":
    "Trop de personnes se connectent depuis votre réseau. Réessayez dans {minutes, plural, one {une minute} other {# minutes}}.",

  "sms.signed-in": "NSER : connexion à votre compte le {at}, avec {device}. Si ce n’était pas vous, changez vite le mot de passe.",
};
